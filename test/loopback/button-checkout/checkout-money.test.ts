import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CheckoutStore } from '../../../services/button-checkout/store/checkout-store.ts'
import { balanceOf, imbalanceOf } from './money/balance.ts'
import { createCrash } from './money/crash.ts'
import { type MoneyWorld, startMoneyWorld } from './money/money-world.ts'
import { pass } from './money/settle-down.ts'
import { sessionOf, tell, visitorOf } from './money/visitor.ts'
import { startTable } from './table-world.ts'

let world: MoneyWorld
let visitor: ReturnType<typeof visitorOf>
const crash = createCrash()
beforeAll(async () => {
  world = await startMoneyWorld(startTable, {
    store: (store): CheckoutStore => ({
      find: crash.around(store.find),
      insert: crash.around(store.insert),
      save: crash.around(store.save),
      due: crash.around(store.due),
      putOff: crash.around(store.putOff),
    }),
    payments: (payments) => ({
      ...payments,
      begin: crash.around(payments.begin),
      look: crash.around(payments.look),
      end: crash.around(payments.end),
      refund: crash.around(payments.refund),
    }),
  })
  visitor = visitorOf(world)
})
afterAll(() => world?.close())

/** A checkout that is paid at the provider; nobody told us of it yet. */
async function paidOne() {
  const checkout = await visitor.arrive(2)
  const answer = await visitor.pay(checkout.path, await visitor.look(checkout.path))
  const session = sessionOf(answer.body)
  world.standIn.control.act(session, 'pay')
  return { ...checkout, session, event: world.standIn.control.events().at(-1)?.id ?? '' }
}
const found = async (id: string) => world.store.find(id)
const minutes = (count: number) => count * 60_000

test('whoever dies between any two steps from paying to the order, before or after it was done, leaves one charge and one order', async () => {
  let steps = 0
  for (const when of ['before', 'after'] as const) {
    for (let step = 1; ; step += 1) {
      const { id, event } = await paidOne()
      crash.at(step, when)
      // Its answer is of no use to anybody: the process is gone.
      await tell(world, event).catch(() => undefined)
      await world.sweep().catch(() => undefined)
      const hasDied = crash.isDead()
      crash.revive()
      await pass(world, minutes(30))
      expect((await found(id))?.state, `${when} step ${step}`).toBe('ordered')
      expect(imbalanceOf(world, id), `${when} step ${step}`).toEqual([])
      expect(balanceOf(world, id)).toMatchObject({ charges: 1, refunds: 0 })
      steps += 1
      if (!hasDied) break
    }
  }
  expect(steps).toBeGreaterThan(20)
}, 240_000)

test('order-api is away for six hours, broken, shut and deaf in turn: the order is placed once when it is back, and was told as late', async () => {
  const { id, event } = await paidOne()
  await tell(world, event)
  for (const weather of ['down', 'broken', 'shut', 'lost'] as const) {
    world.desk.state.weather = weather
    await pass(world, minutes(90))
  }
  expect((await found(id))?.state).toBe('paid')
  const told = world.ears.of('paid_not_ordered', id)
  expect(told[0]?.level).toBe('warn')
  expect(told.some(({ level }) => level === 'error')).toBe(true)
  const first = Date.parse(String((await found(id))?.paidAt)) + minutes(60)
  expect(first).toBeLessThan(world.clock.nowEpochMs)
  world.desk.state.weather = 'fine'
  await pass(world, minutes(10))
  expect((await found(id))?.state).toBe('ordered')
  expect(imbalanceOf(world, id)).toEqual([])
})

test('an order that is refused for good is paid back once, though everything is asked again', async () => {
  const { id, event } = await paidOne()
  world.desk.state.weather = 'refuses'
  await tell(world, event)
  world.standIn.control.setFault('lost_answer', 6)
  for (let round = 0; round < 3; round += 1) await Promise.all([world.sweep(), world.sweep()])
  world.standIn.control.setFault('unavailable', 0)
  await pass(world, minutes(60))
  world.desk.state.weather = 'fine'
  await pass(world, minutes(60))
  expect(await found(id)).toMatchObject({ state: 'refused', refusal: { code: 'price_unknown' } })
  expect(balanceOf(world, id)).toMatchObject({ charges: 1, refunds: 1, ordered: 0 })
  expect(imbalanceOf(world, id)).toEqual([])
  expect(world.desk.orders.has(id)).toBe(false)
})

describe('money follows what becomes of the order', () => {
  test('a part of it, then all of it, each once, though the news come again and again', async () => {
    const { id, event } = await paidOne()
    await tell(world, event)
    await pass(world, minutes(5))
    const { ordered } = balanceOf(world, id)
    world.desk.change(id, 'in_production', 500)
    await pass(world, minutes(10))
    expect(balanceOf(world, id)).toMatchObject({ refunds: 1, refunded: 500 })
    world.desk.change(id, 'cancelled', ordered)
    // The money of an earlier moment, told late.
    world.desk.change(id, 'cancelled', 500)
    world.desk.change(id, 'cancelled', ordered)
    await pass(world, minutes(30))
    expect(balanceOf(world, id)).toMatchObject({ refunds: 2, refunded: ordered })
    expect(imbalanceOf(world, id)).toEqual([])
  })

  test('also where order-api took the order and its answer was lost', async () => {
    const { id, event } = await paidOne()
    world.desk.state.weather = 'lost'
    await tell(world, event)
    await world.sweep()
    expect((await found(id))?.state).toBe('paid')
    world.desk.state.weather = 'fine'
    await world.follow()
    expect((await found(id))?.state).toBe('ordered')
    expect((await found(id))?.submittingSince).toBeUndefined()
    expect(imbalanceOf(world, id)).toEqual([])
  })
})

test('a customer may cancel while order-api surely has nothing, and never while it may', async () => {
  const { id, event } = await paidOne()
  await tell(world, event)
  world.desk.state.weather = 'shut'
  await world.sweep()
  expect((await found(id))?.submittingSince).toBeUndefined()
  world.desk.state.weather = 'broken'
  await pass(world, minutes(5))
  const since = (await found(id))?.submittingSince
  expect(since).toBeDefined()
  world.desk.state.weather = 'shut'
  await pass(world, minutes(10))
  expect((await found(id))?.submittingSince).toBe(since)
  world.desk.state.weather = 'fine'
  await pass(world, minutes(10))
  expect(imbalanceOf(world, id)).toEqual([])
})

test('two tabs that pay at the same time are led to one payment, and an edit in one ends what the other could pay', async () => {
  const { id, path } = await visitor.arrive(1)
  const seen = await visitor.look(path)
  const [one, two] = await Promise.all([visitor.pay(path, seen), visitor.pay(path, seen)])
  const sessions = new Set([one, two].filter(({ status }) => status === 200).map(({ body }) => sessionOf(body)))
  expect(sessions.size).toBe(1)
  const [first = ''] = sessions
  const now = await visitor.look(path)
  expect((await visitor.edit(path, now.version, 3)).status).toBe(200)
  world.standIn.control.act(first, 'pay')
  expect(balanceOf(world, id)).toMatchObject({ charges: 0 })
  const again = await visitor.pay(path, await visitor.look(path))
  world.standIn.control.act(sessionOf(again.body), 'pay')
  await pass(world, minutes(20))
  expect(balanceOf(world, id)).toMatchObject({ charges: 1 })
  expect(world.desk.orders.get(id)?.request.items[0]?.quantity).toBe(3)
  expect(imbalanceOf(world, id)).toEqual([])
})
