import { PutObjectCommand } from '@aws-sdk/client-s3'
import { Type } from 'typebox'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ProductionTicket } from '#contracts/messages/production-ticket.ts'
import { Order } from '#contracts/order-api/order.ts'
import { issuesOf } from '#contracts/parse.ts'
import { type Answer, callerOf, fresh, posterByUrl } from './client.ts'
import { openAccount, outsideOf, type TestAccount, unbalanced, wrongBalances } from './ledger-world.ts'
import { type ApiUnderTest, startApi } from './platform.ts'

let api: ApiUnderTest
let call: ReturnType<typeof callerOf>
let outside: ReturnType<typeof outsideOf>
let customer: TestAccount

const paidIn = 10_000_000
const files = { image: 'https://example.com/a.jpg' }
const poster = { sku: 'poster-a3', quantity: 4, files }
const canvas = { sku: 'canvas-20x20', quantity: 1, files }

beforeAll(async () => {
  api = await startApi()
  call = callerOf(api)
  outside = outsideOf(api)
  customer = await customerWith(paidIn)
})
afterAll(() => api?.close())

async function customerWith(amount: number): Promise<TestAccount> {
  const account = await openAccount(api, { billing: 'prepaid', creditLimitMinor: null })
  const body = { amount, currency: 'EUR' }
  await call('POST', '/v1/ledger/deposits', { key: account.key, headers: fresh(), body })
  return account
}

const read = async (id: string, { key } = customer) => (await call('GET', `/v1/orders/${id}`, { key })).json
const balanceOf = async ({ key } = customer): Promise<number> =>
  (await call('GET', '/v1/ledger/balances', { key })).json.data[0].balance
const ticketsOf = (id: string, kind: string) =>
  api.database.rows(
    ProductionTicket,
    'select body as row from tickets where order_id = :id::text and kind = :kind::text',
    { id, kind },
  )
const eventsOf = async (id: string, { key } = customer): Promise<string[]> =>
  (await call('GET', `/v1/orders/${id}/events`, { key })).json.data.map(({ type }: { type: string }) => type)

/** An order that is being printed. Its print files are stored, unless they have expired. */
async function printed(items: readonly object[] = [poster], account = customer, areStored = true) {
  const placed = await call('POST', '/v1/orders', {
    key: account.key,
    headers: fresh(),
    body: posterByUrl({ items, reference: `R-${crypto.randomUUID()}`, metadata: { shop: 'a' } }),
  })
  expect(placed.status).toBe(201)
  for (const place of items.keys()) await outside.ready(placed.json.id, place)
  for (const place of items.keys()) await outside.says(placed.json.id, 'printing', place)
  const own = await outside.find(placed.json.id)
  const keys = own.items.flatMap(({ printFiles }) => printFiles.map(({ key }) => key))
  for (const Key of areStored ? keys : []) {
    await api.s3.send(new PutObjectCommand({ Bucket: 'print-files', Key, Body: 'print' }))
  }
  return read(own.id, account)
}

type Wish = { readonly items?: unknown; readonly reason?: unknown; readonly fault?: unknown }
const reprint = (
  order: { readonly id: string; readonly items: readonly { readonly id: string }[] },
  wish: Wish & Readonly<Record<string, unknown>> = {},
  headers: Readonly<Record<string, string>> = fresh(),
  { key } = customer,
): Promise<Answer> => {
  const items = order.items.map(({ id }) => ({ item_id: id }))
  const body = { items, reason: 'torn cover', fault: 'facility', ...wish }
  return call('POST', `/v1/orders/${order.id}/reprints`, { key, headers, body })
}

const booked = async (orderId: string, { key } = customer): Promise<Readonly<Record<string, number>>> => {
  const { data } = (await call('GET', `/v1/ledger/entries?order_id=${orderId}&limit=100`, { key })).json
  const sums: Record<string, number> = {}
  for (const { ledger, amount } of data) sums[ledger] = (sums[ledger] ?? 0) + amount
  return sums
}

describe('whoever’s fault it is pays', () => {
  test.each(['facility', 'platform'])(
    'a fault of the %s costs the customer nothing, and is booked at the price without tax',
    async (fault) => {
      const original = await printed()
      const before = await balanceOf()
      const { status, json } = await reprint(original, { fault })
      expect([status, issuesOf(Order, json)]).toEqual([201, []])
      expect(json).toMatchObject({
        payment: 'waived',
        reprint_of: { order_id: original.id, fault, reason: 'torn cover' },
      })
      expect(await balanceOf()).toBe(before)
      const { lines, shipping } = original.charges
      const [sales, parcels] = [lines[0].net, shipping[0].net]
      const cost = { [`reprint_${fault}`]: sales + parcels, sales: -sales, shipping: -parcels }
      expect(await booked(json.id)).toEqual(cost)
    },
  )

  test('the customer’s own fault is charged like any order, at today’s price', async () => {
    const original = await printed()
    const before = await balanceOf()
    const { json } = await reprint(original, {
      fault: 'publisher',
      items: [{ item_id: original.items[0].id, quantity: 2 }],
    })
    expect([json.payment, json.charges.lines[0].quantity]).toEqual(['paid', 2])
    expect(json.charges.tax_amount).toBeGreaterThan(0)
    expect(await balanceOf()).toBe(before - json.charges.gross)
  })

  test('and is refused with 402 when the balance does not cover it; the key stays free, the original unchanged', async () => {
    const poor = await customerWith(1_000_000)
    const original = await printed([poster], poor)
    const headers = fresh()
    await call('POST', '/v1/orders', { key: poor.key, headers: fresh(), body: posterByUrl() })
    await emptied(poor)
    const refused = await reprint(original, { fault: 'publisher' }, headers, poor)
    expect([refused.status, refused.json.code]).toEqual([402, 'insufficient_credit'])
    expect(await read(original.id, poor)).toEqual(original)
    expect((await reprint(original, { fault: 'facility' }, headers, poor)).status).toBe(201)
  })

  test('a free reprint that cannot be printed is taken off the books again', async () => {
    const original = await printed([poster], customer, false)
    const before = await balanceOf()
    const { json } = await reprint(original)
    await outside.rejected(json.id)
    const after = await read(json.id)
    expect([after.stage, after.payment, await balanceOf()]).toEqual(['rejected', 'waived', before])
    expect(Object.values(await booked(json.id)).every((sum) => sum === 0)).toBe(true)
    expect(await eventsOf(json.id)).not.toContain('order.refunded')
  })

  test('a test order that had no price has none again, and nothing is booked', async () => {
    const unpriced = await customerWith(1)
    const recipient = { name: 'A', address: { line1: 'a', city: 'b', postal_code: 'c', country: 'AQ' } }
    const placed = await call('POST', '/v1/orders', {
      key: unpriced.key,
      headers: fresh(),
      body: posterByUrl({ recipient }),
    })
    await outside.ready(placed.json.id)
    await outside.says(placed.json.id, 'printing')
    for (const fault of ['facility', 'publisher']) {
      const { status, json } = await reprint(placed.json, { fault }, fresh(), unpriced)
      expect([status, json.payment, json.charges]).toEqual([201, 'waived', undefined])
    }
  })
})

/** Everything is spent: a draft of it would not be paid. */
async function emptied({ id, key }: TestAccount): Promise<void> {
  const rest = await balanceOf({ id, key, liveKey: '' })
  const spendSql = `with booked as (
      insert into ledger_entries (account_id, is_test, id, transaction_id, ledger, amount_minor, currency, cause, at)
      select :id::text, true, 'led_spent_' || ledger, 'txn_spent', ledger, sign * :rest::bigint, 'EUR', 'paid out', now()
      from (values ('prepaid', 1), ('cash', -1)) as sides(ledger, sign))
    update balances set balance_minor = 0 where account_id = :id::text returning jsonb_build_object() as row`
  await api.database.rows(Type.Unknown(), spendSql, { id, rest })
}

describe('a reprint is the order once more', () => {
  test('with the same recipient, reference, metadata, facility and print files, released at once without any new preparation', async () => {
    const original = await printed([poster, canvas])
    const { json } = await reprint(original)
    const { recipient, reference, metadata, shipping_method } = original
    expect(json).toMatchObject({ recipient, reference, metadata, shipping_method, stage: 'released' })
    const kept = (order: typeof original) =>
      order.items.map(({ sku, quantity, facility_id, pages, print_files }: (typeof original.items)[number]) => [
        ...[sku, quantity, facility_id, pages, print_files],
      ])
    expect(kept(json)).toEqual(kept(original))
    expect(json.items.map(({ status }: { status: string }) => status)).toEqual(['queued', 'queued'])
    expect(await ticketsOf(json.id, 'process')).toEqual([])
    const filesOf = async (id: string) => (await ticketsOf(id, 'production')).map((ticket) => ticket.files).sort()
    expect(await filesOf(json.id)).toEqual(await filesOf(original.id))
    const jobs = [...(await ticketsOf(json.id, 'production')), ...(await ticketsOf(original.id, 'production'))]
    expect(new Set(jobs.map(({ jobId }) => jobId)).size).toBe(4)
  })

  test('is linked both ways, and the original says so in its events and stays what it was', async () => {
    const original = await printed()
    const { json } = await reprint(original, { items: [{ item_id: original.items[0].id, quantity: 3 }] })
    const after = await read(original.id)
    const link = { order_id: json.id, fault: 'facility', items: [{ item_id: original.items[0].id, quantity: 3 }] }
    expect(after).toEqual({ ...original, reprints: [link], updated_at: after.updated_at })
    expect((await eventsOf(original.id)).at(-1)).toBe('order.reprinted')
    expect(await read(json.id)).toEqual(json)
    await outside.says(original.id, 'shipped')
    await outside.says(json.id, 'shipped')
    expect([(await read(original.id)).stage, (await read(json.id)).stage]).toEqual(['shipped', 'shipped'])
    expect((await read(original.id)).reprints).toEqual([link])
  })

  test('print files that have expired are made anew from the customer’s files', async () => {
    const original = await printed([poster], customer, false)
    const { json } = await reprint(original)
    expect([json.stage, json.items[0].status, json.items[0].print_files]).toEqual(['preflight', 'pending', []])
    await outside.ready(json.id)
    expect((await read(json.id)).stage).toBe('released')
  })

  test('a facility that closed gives it to the nearest that makes it, who gets print files of its own', async () => {
    const original = await printed()
    expect(original.items[0].facility_id).toBe('fac_utrecht')
    await pause('fac_utrecht', true)
    const { json } = await reprint(original)
    await pause('fac_utrecht', false)
    expect(json.items[0]).toMatchObject({ facility_id: 'fac_leipzig', status: 'pending', print_files: [] })
    const reasons = json.routing.candidates.map(({ facility_id, chosen }: { facility_id: string; chosen: boolean }) => [
      facility_id,
      chosen,
    ])
    expect(reasons).toContainEqual(['fac_leipzig', true])
  })

  test('the same key again gives the same bytes, also five times at one moment', async () => {
    const original = await printed()
    const headers = fresh()
    const answers = await Promise.all(Array.from({ length: 5 }, () => reprint(original, {}, headers)))
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
    expect(answers[0]?.status).toBe(201)
    expect((await read(original.id)).reprints).toHaveLength(1)
    const other = await reprint(original, { reason: 'another' }, headers)
    expect([other.status, other.json.code]).toEqual([422, 'idempotency_key_reused'])
  })

  test('each copy is replaced for free once, whoever asks at the same moment; one that was cancelled does not count', async () => {
    const original = await printed()
    const [{ id }] = original.items
    const two = { items: [{ item_id: id, quantity: 2 }] }
    const answers = await Promise.all(Array.from({ length: 6 }, () => reprint(original, two)))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 409, 409, 409, 409])
    expect(answers.find(({ status }) => status === 409)?.json.code).toBe('action_not_allowed')
    expect((await reprint(original, { ...two, fault: 'publisher' })).status).toBe(201)
    const expired = await printed([poster], customer, false)
    const first = await reprint(expired)
    expect((await reprint(expired)).status).toBe(409)
    await call('POST', `/v1/orders/${first.json.id}/cancel`, { key: customer.key })
    expect((await reprint(expired)).status).toBe(201)
  })

  test('while its facility speaks of the original, nothing of either is lost', async () => {
    const original = await printed([poster, poster, poster])
    const [one, two, three] = original.items
    const wish = (item: { id: string }) => ({ items: [{ item_id: item.id }] })
    const all = await Promise.all([
      outside.says(original.id, 'printed', 0).then(() => 201),
      outside.says(original.id, 'printed', 1).then(() => 201),
      ...[one, two, three].map(async (item) => (await reprint(original, wish(item))).status),
    ])
    expect(all).toEqual([201, 201, 201, 201, 201])
    const after = await read(original.id)
    expect(after.reprints).toHaveLength(3)
    expect(after.items.map(({ status }: { status: string }) => status)).toEqual(['printed', 'printed', 'printing'])
  })
})

async function pause(id: string, isPaused: boolean): Promise<void> {
  const sql = `update facilities set doc = jsonb_set(doc, '{status}', :status::jsonb) where id = :id::text
    returning jsonb_build_object() as row`
  await api.database.rows(Type.Unknown(), sql, { id, status: isPaused ? '"paused"' : '"open"' })
  // The directory reads anew after 15 s, and serves what it knows meanwhile.
  api.clock.now = new Date((api.clock.now ?? new Date()).getTime() + 20_000)
  await call('POST', '/v1/orders', { headers: fresh(), body: posterByUrl() })
  await expect
    .poll(async () => (await api.context.facilities.all()).find((each) => each.id === id)?.status)
    .toBe(isPaused ? 'paused' : 'open')
}

describe('what is not possible is refused with what is', () => {
  test('an order that is not printed yet, and an item that failed', async () => {
    const fresher = await call('POST', '/v1/orders', { key: customer.key, headers: fresh(), body: posterByUrl() })
    const early = await reprint(fresher.json)
    expect([early.status, early.json.code]).toEqual([409, 'action_not_allowed'])
    const original = await printed([poster, poster])
    await outside.says(original.id, 'failed', 1)
    const failed = await reprint(original)
    expect([failed.status, failed.json.code]).toEqual([409, 'action_not_allowed'])
    expect(failed.json.detail).toContain('price was given back')
  })

  test('somebody else’s order and one that does not exist look the same; a live key sees no test order', async () => {
    const original = await printed()
    const stranger = await customerWith(1)
    const unknown = { ...original, id: `ord_${'0'.repeat(26)}` }
    const shown = async (order: typeof original, account: TestAccount) => {
      const { status, json } = await reprint(order, {}, fresh(), account)
      return [status, json.code, json.detail.replace(/ord_\w+/, 'ID')]
    }
    const expected = [404, 'not_found', 'There is no order ID in your account.']
    expect(await shown(original, stranger)).toEqual(expected)
    expect(await shown(unknown, customer)).toEqual(expected)
    expect(await shown(original, { ...customer, key: customer.liveKey })).toEqual(expected)
  })

  test('nobody reprints without a key, or with one that is published', async () => {
    const original = await printed()
    const missing = await reprint(original, {}, {})
    expect([missing.status, missing.json.code]).toEqual([400, 'idempotency_key_missing'])
    for (const [key, status] of [
      ['', 401],
      [api.publishableKey, 403],
    ] as const) {
      expect((await reprint(original, {}, fresh(), { ...customer, key })).status).toBe(status)
    }
  })

  test('items and wishes that cannot be, each where it stands', async () => {
    const original = await printed()
    const [{ id }] = original.items
    const otherItem = `itm_${'0'.repeat(26)}`
    const wishes: readonly (readonly [string, Wish & Readonly<Record<string, unknown>>])[] = [
      ['/items', { items: [] }],
      ['/items/0/item_id', { items: [{ item_id: otherItem }] }],
      ['/items/0/item_id', { items: [{ item_id: 'іtm_1' }] }],
      [
        '/items/1/item_id',
        {
          items: [
            { item_id: id, quantity: 1 },
            { item_id: id, quantity: 1 },
          ],
        },
      ],
      ['/items/0/quantity', { items: [{ item_id: id, quantity: 5 }] }],
      ['/items/0/quantity', { items: [{ item_id: id, quantity: -1 }] }],
      ['/items/0/quantity', { items: [{ item_id: id, quantity: 1e308 }] }],
      ['/items/0/price', { items: [{ item_id: id, price: 0 }] }],
      ['/items', { items: Array.from({ length: 51 }, () => ({ item_id: id })) }],
      ['/fault', { fault: 'nobody' }],
      ['/fault', { fault: 'fасility' }],
      ['/reason', { reason: '' }],
      ['/reason', { reason: 'x'.repeat(501) }],
      ['/reason', { reason: 'a\u0000' }],
      ['/payment', { payment: 'waived' }],
    ]
    for (const [pointer, wish] of wishes) {
      const { status, json } = await reprint(original, wish)
      expect([status, json.code, json.errors?.[0]?.pointer]).toEqual([422, 'invalid_request', pointer])
    }
    const path = `/v1/orders/${original.id}/reprints`
    const deep = `{"items":${'['.repeat(100_000)}${']'.repeat(100_000)}}`
    expect((await call('POST', path, { key: customer.key, headers: fresh(), raw: deep })).status).toBe(422)
    const large = `"${'x'.repeat(1_100_000)}"`
    expect((await call('POST', path, { key: customer.key, headers: fresh(), raw: large })).status).toBe(413)
    expect(await read(original.id)).toEqual(original)
  })

  test('after everything, every transaction adds up and every balance is what was booked', async () => {
    expect([await unbalanced(api), await wrongBalances(api)]).toEqual([[], []])
  })
})
