import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { balanceOf, imbalanceOf } from './money/balance.ts'
import { createMemoryTable } from './money/memory-store.ts'
import { type MoneyWorld, startMoneyWorld } from './money/money-world.ts'
import { pass } from './money/settle-down.ts'
import { sessionOf, tell, visitorOf } from './money/visitor.ts'

let world: MoneyWorld
let visitor: ReturnType<typeof visitorOf>
const table = { isAway: false }
beforeAll(async () => {
  world = await startMoneyWorld(async () => createMemoryTable(table))
  visitor = visitorOf(world)
})
afterAll(() => world?.close())

let checkout: { readonly id: string; readonly path: string }
let session: string
beforeEach(async () => {
  table.isAway = false
  checkout = await visitor.arrive(2)
  session = sessionOf((await visitor.pay(checkout.path, await visitor.look(checkout.path))).body)
})

const state = async () => (await world.store.find(checkout.id))?.state
const eventsOf = () =>
  world.standIn.control.events().filter(({ object }) => JSON.stringify(object).includes(checkout.id))
const lastEvent = (): string => eventsOf().at(-1)?.id ?? ''
const expectOneOrder = async () => {
  await pass(world, 60_000)
  expect(await state()).toBe('ordered')
  expect(balanceOf(world, checkout.id)).toMatchObject({ charges: 1, refunds: 0 })
  expect(imbalanceOf(world, checkout.id)).toEqual([])
}

describe('a payment makes one order', () => {
  test('told once, thrice, and again long after it was ordered', async () => {
    world.standIn.control.act(session, 'pay')
    expect(await Promise.all([1, 2, 3].map(() => tell(world, lastEvent())))).toEqual([200, 200, 200])
    expect(await state()).toBe('paid')
    await expectOneOrder()
    expect(await tell(world, lastEvent())).toBe(200)
    await expectOneOrder()
  })

  test('told by the success page before any webhook', async () => {
    world.standIn.control.act(session, 'pay')
    const done = await visitor.call('GET', `${checkout.path}/done`)
    expect([done.status, done.location]).toEqual([303, expect.stringMatching(/^\/order\/chk_/)])
    expect(await tell(world, lastEvent())).toBe(200)
    await expectOneOrder()
  })

  test('told by nobody: the tab was closed, and the webhook lost for ever', async () => {
    world.standIn.control.act(session, 'pay')
    await pass(world, 20 * 60_000)
    expect(await state()).toBe('ordered')
    await expectOneOrder()
  })

  test('told in the wrong order, of a bank transfer that arrives days later', async () => {
    world.standIn.control.act(session, 'later_paid')
    const pending = lastEvent()
    world.standIn.control.settle(session, 'succeeded')
    expect([await tell(world, lastEvent()), await tell(world, pending)]).toEqual([200, 200])
    expect(await state()).toBe('paid')
    await expectOneOrder()
  })

  test('that comes although its time was over by our clock', async () => {
    world.standIn.control.act(session, 'pay')
    world.clock.nowEpochMs += 3 * 3600_000
    expect(await tell(world, lastEvent())).toBe(200)
    await expectOneOrder()
  })

  test('told while the store is away: the provider is asked to come again', async () => {
    world.standIn.control.act(session, 'pay')
    table.isAway = true
    expect(await tell(world, lastEvent())).toBe(503)
    table.isAway = false
    expect(await tell(world, lastEvent())).toBe(200)
    await expectOneOrder()
  })
})

describe('nothing is ordered', () => {
  test.each([
    ['by another secret', { secret: 'whsec_of_somebody_else' }],
    ['six minutes ago', { at: -6 * 60_000 }],
  ])('for a webhook that was signed %s', async (_how, { secret, at }: { secret?: string; at?: number }) => {
    world.standIn.control.act(session, 'pay')
    const when = new Date(world.clock.nowEpochMs + (at ?? 0))
    expect(await tell(world, lastEvent(), { ...(secret ? { secret } : {}), at: when })).toBe(401)
    expect(await state()).toBe('paying')
  })

  test('for words that nobody signed, however they are sent', async () => {
    const forged = JSON.stringify({ type: 'checkout.session.completed', data: { object: { id: session } } })
    for (const payload of [forged, '', '{', '[]', 'null', 'a'.repeat(200_000)]) {
      for (const signature of ['', 't=1,v1=00', 't=NaN', `t=${'9'.repeat(400)},v1=${'f'.repeat(64)}`]) {
        const headers = { 'content-type': 'text/weird', 'stripe-signature': signature }
        const answer = await world.app.inject({ method: 'POST', url: '/checkout/webhooks/stripe', headers, payload })
        expect(answer.statusCode).toBe(401)
      }
    }
    const large = { method: 'POST', url: '/checkout/webhooks/stripe', payload: 'a'.repeat(300_000) } as const
    expect((await world.app.inject(large)).statusCode).toBe(413)
    expect(await state()).toBe('paying')
  })

  test('for a payment of the other world, or of a checkout that is not known: it is told to the operator', async () => {
    const other = (checkoutId: string, isTest: boolean) => ({
      ...{ checkoutId, attempt: 1, isTest, amountMinor: 2000, currency: 'EUR' as const, description: 'x' },
      ...{ email: 'ada@example.com', language: 'en', successUrl: 'http://a.test', cancelUrl: 'http://a.test' },
      expiresAt: new Date(world.clock.nowEpochMs + 3600_000),
    })
    const { createStripePayments } = await import('../../../services/button-checkout/payment/stripe-payments.ts')
    const payments = createStripePayments(world.config, world.now)
    for (const wish of [other(checkout.id, true), other('chk_01k9x0000000000000000000zz', false)]) {
      world.standIn.control.act((await payments.begin({ ...wish, attempt: wish.isTest ? 1 : 9 })).id, 'pay')
      expect(await tell(world, world.standIn.control.events().at(-1)?.id ?? '')).toBe(200)
    }
    expect(await state()).toBe('paying')
    expect(world.ears.of('payment_of_other_world', checkout.id)).toHaveLength(1)
    expect(world.ears.of('payment_of_unknown_checkout', 'chk_01k9x0000000000000000000zz')).toHaveLength(1)
  })

  test('where a card was refused, or a transfer never came; the visitor goes on where they were', async () => {
    world.standIn.control.act(session, 'refuse')
    world.standIn.control.act(session, 'later_failed')
    world.standIn.control.settle(session, 'failed')
    for (const { id } of eventsOf()) expect(await tell(world, id)).toBe(200)
    expect(await state()).toBe('open')
    const again = await visitor.pay(checkout.path, await visitor.look(checkout.path))
    world.standIn.control.act(sessionOf(again.body), 'pay')
    expect(await tell(world, lastEvent())).toBe(200)
    await expectOneOrder()
  })
})
