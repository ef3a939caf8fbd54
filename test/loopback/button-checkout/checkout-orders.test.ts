import { afterAll, beforeAll, expect, test } from 'vitest'
import { callerOf, fresh } from '../order-api/client.ts'
import { openAccount, type TestAccount } from '../order-api/ledger-world.ts'
import { type ApiUnderTest, startApi } from '../order-api/platform.ts'
import { type MoneyWorld, startMoneyWorld } from './money/money-world.ts'
import { pass } from './money/settle-down.ts'
import { sessionOf, tell, visitorOf } from './money/visitor.ts'
import { startTable } from './table-world.ts'

/** The whole way of the money with order-api itself: PostgreSQL, Data API, DynamoDB's and Stripe's stand-ins, the real packages on both sides. */
let api: ApiUnderTest
let world: MoneyWorld
let visitor: ReturnType<typeof visitorOf>
let call: ReturnType<typeof callerOf>
let publisher: TestAccount

beforeAll(async () => {
  api = await startApi()
  call = callerOf(api)
  publisher = await openAccount(api, { billing: 'prepaid', creditLimitMinor: 0, graceMinutes: 60 })
  const made = await call('POST', '/v1/publications', {
    key: publisher.liveKey,
    headers: fresh(),
    body: {
      ...{ title: 'Harbour Lights', currency: 'EUR', publish: true },
      content: { kind: 'url', url: 'https://example.com/harbour.jpg' },
      offers: [{ sku: 'poster-a3', margin: { amount: 300 } }],
    },
  })
  if (made.status !== 201) throw new Error(made.text)
  const sold = { accountId: publisher.id, publicationId: String(made.json.id) }
  world = await startMoneyWorld(startTable, undefined, { ...api, sold })
  // Both sides of one moment: what was paid now is not in the future.
  Object.defineProperty(api.clock, 'now', { get: world.now })
  visitor = visitorOf(world, sold.publicationId)
})
afterAll(async () => {
  await world?.close()
  await api?.close()
})

async function paidOne(quantity = 1) {
  const checkout = await visitor.arrive(quantity)
  const answer = await visitor.pay(checkout.path, await visitor.look(checkout.path))
  world.standIn.control.act(sessionOf(answer.body), 'pay')
  return { ...checkout, event: world.standIn.control.events().at(-1)?.id ?? '' }
}
const booksOf = (id: string) => world.standIn.control.books().filter(({ checkout }) => checkout === id)
async function orderOf(id: string) {
  const orderId = (await world.store.find(id))?.sale?.order_id
  if (orderId === undefined) throw new Error('It was not ordered')
  return (await call('GET', `/v1/orders/${orderId}`, { key: publisher.liveKey })).json
}

test('what a visitor paid is an order of the publisher, at the price that was shown, and nobody else’s money', async () => {
  const { id, event } = await paidOne(3)
  expect(await tell(world, event)).toBe(200)
  await world.sweep()
  const order = await orderOf(id)
  const [charge] = booksOf(id)
  expect(order).toMatchObject({
    ...{ payment: 'paid', is_test: false, metadata: { checkout_id: id } },
    sale: { checkout_id: id, amount: charge?.amount, currency: 'EUR', refunded: 0 },
    charges: { gross: charge?.amount },
    items: [{ sku: 'poster-a3', quantity: 3, publication_version: 1 }],
  })
  expect(charge?.amount).toBeGreaterThan(0)
})

test('forty customers, two workers and every webhook twice: forty orders, each paid once', async () => {
  const paid = []
  for (let place = 0; place < 40; place += 1) paid.push(await paidOne(1 + (place % 4)))
  await Promise.all(paid.flatMap(({ event }) => [tell(world, event), tell(world, event)]))
  await Promise.all([world.sweep(), world.sweep(), world.follow()])
  await pass(world, 10 * 60_000)
  const orders = new Set<string>()
  for (const { id } of paid) {
    const order = await orderOf(id)
    orders.add(order.id)
    expect(booksOf(id).map(({ kind, amount }) => [kind, amount])).toEqual([['charge', order.charges.gross]])
  }
  expect(orders.size).toBe(40)
})

test('a publisher who cancels gives the customer the money back, once', async () => {
  const { id, event } = await paidOne()
  await tell(world, event)
  await world.sweep()
  const order = await orderOf(id)
  const cancelled = await call('POST', `/v1/orders/${order.id}/cancel`, { key: publisher.liveKey, headers: fresh() })
  expect(cancelled.json.stage).toBe('cancelled')
  await pass(world, 10 * 60_000)
  await pass(world, 10 * 60_000)
  expect(booksOf(id).map(({ kind, amount }) => [kind, amount])).toEqual([
    ['charge', order.charges.gross],
    ['refund', order.charges.gross],
  ])
  expect((await world.store.find(id))?.sale?.stage).toBe('cancelled')
})

test('a customer cancels at the checkout: order-api is asked, and the money comes back once', async () => {
  const { id, event, path } = await paidOne()
  await tell(world, event)
  await world.sweep()
  const orderPath = (await visitor.look(path)).order_path
  const asked = await visitor.call('POST', `${orderPath}/cancel`)
  expect(asked.status).toBe(200)
  await pass(world, 10 * 60_000)
  expect(booksOf(id).map(({ kind }) => kind)).toEqual(['charge', 'refund'])
})

test('the same order of a worker that died after sending it is the same order', async () => {
  const { id, event } = await paidOne()
  await tell(world, event)
  await world.sweep()
  const before = await orderOf(id)
  const known = await world.store.find(id)
  if (!known) throw new Error('gone')
  const { sale: _lost, ...rest } = known
  await world.store.save({ ...rest, version: known.version + 1, state: 'paid', dueAt: world.now().toISOString() })
  await world.sweep()
  expect((await orderOf(id)).id).toBe(before.id)
  expect(booksOf(id)).toHaveLength(1)
})
