import { Type } from 'typebox'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FacilityStatus } from '#contracts/messages/facility-status.ts'
import { createHandleStatus } from '../../../services/order-api/status/handle-status.ts'
import { type Answer, callerOf, fresh, posterByUrl } from './client.ts'
import {
  openAccount,
  outsideOf,
  statusOf,
  type Terms,
  type TestAccount,
  unbalanced,
  wrongBalances,
} from './ledger-world.ts'
import { type ApiUnderTest, startApi } from './platform.ts'

let api: ApiUnderTest
let call: ReturnType<typeof callerOf>
let outside: ReturnType<typeof outsideOf>

const files = { image: 'https://example.com/a.jpg' }
const posters = (quantity: number) => ({ sku: 'poster-a3', quantity, files })
const canvas = { sku: 'canvas-20x20', quantity: 1, files }
const many = <T>(count: number, make: (place: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n))

beforeAll(async () => {
  api = await startApi()
  call = callerOf(api)
  outside = outsideOf(api)
})
afterAll(() => api?.close())

/** A customer with money, and with time to change their mind. */
async function customer(terms: Partial<Terms> = {}, amount = 100_000_000): Promise<TestAccount> {
  const account = await openAccount(api, { billing: 'prepaid', creditLimitMinor: null, ...terms })
  const body = { amount, currency: 'EUR' }
  if (amount > 0) await call('POST', '/v1/ledger/deposits', { key: account.key, headers: fresh(), body })
  return account
}
const order = ({ key }: TestAccount, changes: object = {}): Promise<Answer> =>
  call('POST', '/v1/orders', { key, headers: fresh(), body: posterByUrl(changes) })
const act = ({ key }: TestAccount, id: string, name: string, body?: unknown): Promise<Answer> =>
  call('POST', `/v1/orders/${id}/${name}`, { key, headers: fresh(), ...(body === undefined ? {} : { body }) })
const read = ({ key }: { readonly key: string }, id: string) => call('GET', `/v1/orders/${id}`, { key })
const patch = ({ key }: TestAccount, id: string, body: unknown): Promise<Answer> =>
  call('PATCH', `/v1/orders/${id}`, { key, body })
const reprint = (account: TestAccount, { id, items }: Answer['json'], fault: string): Promise<Answer> =>
  act(account, id, 'reprints', { items: [{ item_id: items[0].id }], reason: 'torn', fault })
const balancesOf = async ({ key }: TestAccount) => (await call('GET', '/v1/ledger/balances', { key })).json.data
const statusesOf = (answers: readonly Answer[]) => [...new Set(answers.map(({ status }) => status))].sort()

async function printing(account: TestAccount, items: readonly object[]) {
  const { json } = await order(account, { items })
  for (const place of items.keys()) await outside.ready(json.id, place)
  for (const place of items.keys()) await outside.says(json.id, 'printing', place)
  return json
}

/** Said of an item by whoever. */
async function told(id: string, status: FacilityStatus['status'], more: Partial<FacilityStatus> = {}) {
  const [item] = (await outside.find(id)).items
  if (!item) throw new Error(`Order ${id} has no item`)
  await createHandleStatus(api.context.changer, api.context.keyring)({ ...statusOf(id, item, status), ...more })
}
const parcelOf = (quantity: number) => ({ tracking: { carrier: 'PostNL', number: `3S${quantity}`, quantity } })

/** What an order has one row of, four thousand times. */
const multiply = (id: string, table: string, columns: string, values: string) =>
  api.database.rows(
    Type.Integer(),
    `insert into ${table} (${columns}) select account_id, order_id, ${values} from ${table}, generate_series(1, 4000) as n
     where order_id = :id::text returning to_jsonb(1) as row`,
    { id },
  )

/** What the customer has paid for an order by the ledger; the order and its events say the same, and no event is missing. */
async function paid({ key }: TestAccount, id: string): Promise<number> {
  const sql = `select to_jsonb(coalesce(sum(amount_minor), 0)::bigint) as row from ledger_entries
    where order_id = :id::text and ledger in ('prepaid', 'receivable')`
  const [booked = 0] = await api.database.rows(Type.Integer(), sql, { id })
  const { json } = await read({ key }, id)
  const events: Answer['json'][] = (await call('GET', `/v1/orders/${id}/events`, { key })).json.data
  const refunds = events.filter(({ type }) => type === 'order.refunded').map(({ data }) => data.amount)
  const isCharged = !['unpaid', 'waived'].includes(json.payment)
  expect(booked).toBe(isCharged ? json.charges.gross - refunds.reduce((sum, each) => sum + each, 0) : 0)
  expect(events.map(({ sequence }) => sequence)).toEqual(many(events.length, (n) => n + 1))
  return booked
}

describe('what is charged is what is made', () => {
  test('copies that left the house stay paid, and their shipping; the others are given back', async () => {
    const account = await customer()
    const { id, charges } = await printing(account, [posters(4)])
    await told(id, 'shipped', parcelOf(3))
    expect((await act(account, id, 'cancel')).status).toBe(409)
    await told(id, 'failed')
    const { gross } = charges.lines[0]
    expect(await paid(account, id)).toBe(charges.gross - Math.round(gross / 4))
    expect((await read(account, id)).json.payment).toBe('partially_refunded')
  })

  test('who has copies printed again at another’s cost has them or their price, not both', async () => {
    const account = await customer()
    const original = await printing(account, [posters(4), canvas])
    expect((await reprint(account, original, 'facility')).status).toBe(201)
    const { json } = await act(account, original.id, 'cancel')
    const events = (await call('GET', `/v1/orders/${original.id}/events`, { key: account.key })).json.data
    expect(events.at(-1)).toMatchObject({ type: 'order.cancel_requested', data: { item_ids: [json.items[1].id] } })
    const alone = await printing(account, [posters(4)])
    await reprint(account, alone, 'platform')
    expect((await act(account, alone.id, 'cancel')).json.code).toBe('action_not_allowed')
    const asking = await printing(account, [posters(4)])
    await act(account, asking.id, 'cancel')
    expect((await reprint(account, asking, 'facility')).json.code).toBe('action_not_allowed')
    await told(asking.id, 'cancelled')
    expect(await paid(account, asking.id)).toBe(0)
  })

  test('what a facility says of more copies, of another’s job or twenty times at once moves no money', async () => {
    const account = await customer()
    const [mine, other] = [await printing(account, [posters(4)]), await printing(account, [posters(1)])]
    const bothPaid = async () => [await paid(account, mine.id), await paid(account, other.id)]
    const before = await bothPaid()
    const [foreign] = (await outside.find(other.id)).items
    await told(mine.id, 'cancelled', { facilityId: 'fac_leipzig' })
    await told(mine.id, 'cancelled', foreign?.jobId === undefined ? {} : { jobId: foreign.jobId })
    const [item] = (await outside.find(mine.id)).items
    const once = item && { ...statusOf(mine.id, item, 'shipped'), ...parcelOf(1) }
    await Promise.all(many(20, () => createHandleStatus(api.context.changer, api.context.keyring)(once)))
    const { json } = await read(account, mine.id)
    expect([json.stage, json.shipments.length]).toEqual(['in_production', 1])
    await told(other.id, 'shipped', parcelOf(5))
    for (const late of ['failed', 'cancelled', 'rejected'] as const) await told(other.id, late)
    expect(await bothPaid()).toEqual(before)
  })
})

describe('money comes back to where it was', () => {
  test('nowhere is a tax guessed: a code of the Canary Islands is one in wide digits too', async () => {
    const address = { line1: 'a', city: 'b', postal_code: '３５００１', country: 'ES' }
    const { liveKey: key, id } = await customer()
    const { status, json } = await order({ id, key, liveKey: key }, { recipient: { name: 'A', address } })
    expect([status, json.code]).toEqual([422, 'tax_unknown'])
  })

  const swiss = { name: 'A', address: { line1: 'a', city: 'Zürich', postal_code: '8001', country: 'CH' } }
  test.each([
    ['beyond a border, duty paid', { recipient: swiss, items: [posters(7), { ...canvas, sku: 'canvas-60x90' }] }],
    ['of ten thousand', { items: [posters(10_000)] }],
  ])('when shipping is changed to and fro, %s', async (_where, wish) => {
    const account = await customer({ graceMinutes: 10 })
    const { id } = (await order(account, wish)).json
    const before = [await paid(account, id), await balancesOf(account)]
    for (const method of ['express', 'standard', 'express', 'standard']) {
      expect((await patch(account, id, { shipping_method: method })).status).toBe(200)
    }
    expect([await paid(account, id), await balancesOf(account)]).toEqual(before)
    await act(account, id, 'cancel')
    expect(await paid(account, id)).toBe(0)
  })

  test('when items failed between two changes of shipping, and the rest is cancelled', async () => {
    const account = await customer({ graceMinutes: 10 })
    const magazine = { sku: 'magazine-a5', quantity: 3, pages: 16, files: { interior: 'https://example.com/a.pdf' } }
    const { id } = (await order(account, { items: [posters(3), canvas, magazine] })).json
    for (const [place, method] of ['express', 'standard'].entries()) {
      await outside.rejected(id, place)
      expect((await patch(account, id, { shipping_method: method })).status).toBe(200)
      expect(await paid(account, id)).toBeGreaterThan(0)
    }
    await act(account, id, 'cancel')
    expect([await paid(account, id), (await balancesOf(account))[0].balance]).toEqual([0, 100_000_000])
  })

  test.each([
    [{}, `billing = 'invoice'`],
    [{ billing: 'invoice' }, `billing = 'prepaid'`],
    [{ billing: 'invoice', creditLimitMinor: 1_000_000 }, `credit_limit_minor = 0, billing = 'prepaid'`],
    [{}, `currency = 'USD'`],
  ] as const)('when the terms change between order and cancel: %j, then %s', async (terms, change) => {
    const account = await customer(terms, 'billing' in terms ? 0 : 50_000)
    const eurosOf = async () =>
      (await balancesOf(account)).find((each: { currency: string }) => each.currency === 'EUR')
    const before = await eurosOf()
    const { json } = await order(account, { items: [posters(1), canvas] })
    const sql = `update accounts set ${change} where id = :id::text returning to_jsonb(1) as row`
    await api.database.rows(Type.Integer(), sql, { id: account.id })
    api.context.accounts.forget(account.id)
    await outside.rejected(json.id, 1)
    await act(account, json.id, 'cancel')
    const after = await eurosOf()
    expect([await paid(account, json.id), after.balance, after.owed]).toEqual([0, before.balance, before.owed])
  })
})

describe('many at one moment', () => {
  test('each of forty changes of one order is made', async () => {
    const account = await customer({ graceMinutes: 10 })
    const { id } = (await order(account)).json
    const to = (n: number) => ({ name: `N${n}`, address: { line1: 'a', city: 'b', postal_code: '1', country: 'NL' } })
    const answers = await Promise.all(many(40, (n) => patch(account, id, { recipient: to(n) })))
    expect(statusesOf(answers)).toEqual([200])
  })

  test('an order whose files were refused a thousand times is still read, and paid back', async () => {
    const account = await customer()
    const { id } = (await order(account, { on_rejected_files: 'wait' })).json
    await outside.rejected(id)
    const old = `doc || jsonb_build_object('ticketId', 'tkt_old', 'at', repeat('x', 400))`
    await multiply(id, 'order_issues', 'account_id, order_id, item_id, sequence, doc', `item_id, -n, ${old}`)
    const { status, json } = await read(account, id)
    expect([status, json.issues.length]).toEqual([200, 1])
    await act(account, id, 'cancel')
    expect(await paid(account, id)).toBe(0)
  })

  test('an order of four thousand parcels is still read, listed and delivered', async () => {
    const account = await customer()
    const { id } = await printing(account, [posters(10_000)])
    await told(id, 'shipped', parcelOf(1))
    const long = `doc || jsonb_build_object('trackingUrl', repeat('x', 400))`
    await multiply(id, 'shipments', 'account_id, order_id, id, doc', `id || n, ${long}`)
    const listed = await call('GET', '/v1/orders', { key: account.key })
    expect([(await read(account, id)).json.shipments.length, listed.status]).toEqual([700, 200])
    await told(id, 'delivered')
    expect((await read(account, id)).json.stage).toBe('delivered')
  })

  test('confirm, cancel and hold a draft: it is charged once or not at all, and what was cancelled is paid back', async () => {
    const account = await customer()
    const { id } = (await order(account, { draft: true })).json
    const answers = await Promise.all(many(51, (n) => act(account, id, ['confirm', 'cancel', 'hold'][n % 3] ?? '')))
    expect(statusesOf(answers).filter((status) => status !== 200 && status !== 409)).toEqual([])
    expect(await paid(account, id)).toBe(0)
  })

  test('a quote is a price, not a coupon: every order that names it is charged it', async () => {
    const account = await customer()
    const body = { recipient: { country: 'NL', postal_code: '3511 AA' }, items: [{ sku: 'poster-a3', quantity: 2 }] }
    const quote_id = (await call('POST', '/v1/quotes', { key: account.key, body })).json.id
    const answers = await Promise.all(many(3, () => order(account, { items: [posters(2)], quote_id })))
    expect(statusesOf(answers)).toEqual([201])
    for (const { json } of answers) expect(await paid(account, json.id)).toBe(json.charges.gross)
  })
})

test('after everything, every transaction adds up and no balance is below its limit', async () => {
  expect(await unbalanced(api)).toEqual([])
  expect(await wrongBalances(api)).toEqual([])
})
