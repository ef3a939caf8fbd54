import postgres from 'postgres'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type SaleStanding, SalesPage } from '#contracts/order-api/sales.ts'
import { issuesOf } from '#contracts/parse.ts'
import { readSales } from '../../../services/order-api/sales/read-sales.ts'
import { type SalesCursor, startOfSales } from '../../../services/order-api/sales/sales-cursor.ts'
import { createClient } from '../../../services/order-client/index.ts'
import { callerOf, fresh, posterByUrl } from './client.ts'
import { openAccount, outsideOf, type TestAccount } from './ledger-world.ts'
import { type ApiUnderTest, startApi } from './platform.ts'
import { checkoutId, checkoutOf, placerOf, quoteOf } from './sale-world.ts'

let api: ApiUnderTest
let call: ReturnType<typeof callerOf>
let act: ReturnType<typeof checkoutOf>
let place: ReturnType<typeof placerOf>
let outside: ReturnType<typeof outsideOf>
let publishers: readonly TestAccount[]

beforeAll(async () => {
  api = await startApi()
  call = callerOf(api)
  act = checkoutOf(api)
  place = placerOf(api)
  outside = outsideOf(api)
  const terms = { billing: 'invoice', creditLimitMinor: null, graceMinutes: 60 } as const
  publishers = [await openAccount(api, terms), await openAccount(api, terms)]
})
afterAll(() => api?.close())
beforeEach(() => {
  api.clock.now = undefined
})

async function sold(account: TestAccount, options: Parameters<typeof place>[2] = {}) {
  const isTest = options?.key !== api.checkoutLiveKey
  const { status, json, text } = await place(account, await quoteOf(api, { account, isTest }), options)
  if (status !== 201) throw new Error(text)
  return json
}

/** Pages until nothing new comes, asked so long after everything that all of it is settled. */
async function allNews(after?: string): Promise<{ readonly data: SaleStanding[]; readonly next: string }> {
  api.clock.now = new Date(Date.now() + 600_000)
  const data: SaleStanding[] = []
  for (let next = after ?? ''; ; ) {
    const { status, json, text } = await call('GET', `/v1/sales?limit=3${next && `&after=${next}`}`, {
      key: api.checkoutTestKey,
    })
    if (status !== 200 || issuesOf(SalesPage, json).length > 0) throw new Error(text)
    data.push(...json.data)
    if (json.data.length === 0) return { data, next: json.next }
    next = json.next
  }
}

describe('the checkout asks for news', () => {
  test('and hears of every order that it placed in that world, whoever’s it is, and of no other', async () => {
    const [first, second] = publishers
    if (!first || !second) throw new Error('There are two publishers')
    await call('POST', '/v1/orders', { key: first.key, headers: fresh(), body: posterByUrl() })
    const live = await sold(first, { key: api.checkoutLiveKey })
    const orders = [await sold(first), await sold(second), await sold(first), await sold(second)]
    const { data, next } = await allNews()
    expect(data.map(({ order_id }) => order_id)).toEqual(orders.map(({ id }) => id))
    expect(data.map(({ account_id }) => account_id)).toEqual([first.id, second.id, first.id, second.id])
    expect(data.map(({ checkout_id }) => checkout_id)).toEqual(orders.map(({ sale }) => sale.checkout_id))
    expect((await allNews(next)).data).toEqual([])
    const seen = await call('GET', '/v1/sales', { key: api.checkoutLiveKey })
    expect(seen.json.data.map(({ order_id }: SaleStanding) => order_id)).toEqual([live.id])
  })

  test('and hears what became of them: cancelled and paid back, sent elsewhere, refused', async () => {
    const [account] = publishers
    if (!account) throw new Error('There is a publisher')
    const { next } = await allNews()
    api.clock.now = undefined
    const [cancelled, moved, refused] = [await sold(account), await sold(account), await sold(account)]
    await act(account, 'POST', `/v1/orders/${cancelled.id}/cancel`)
    const address = { ...moved.recipient.address, line1: 'Oudegracht 2' }
    await act(account, 'PATCH', `/v1/orders/${moved.id}`, { body: { recipient: { ...moved.recipient, address } } })
    await outside.rejected(refused.id)
    const { data } = await allNews(next)
    const of = ({ id }: { id: string }) => data.filter(({ order_id }) => order_id === id).at(-1)
    expect(of(cancelled)).toMatchObject({ stage: 'cancelled', payment: 'refunded', refunded: cancelled.charges.gross })
    expect(of(moved)?.recipient_changed_at).toMatch(/^2\d{3}-/)
    expect(of(refused)).toMatchObject({
      stage: 'rejected',
      items: [{ status: 'failed' }],
      refunded: refused.charges.gross,
    })
    expect(JSON.stringify(data)).not.toMatch(/Oudegracht|Ada|pi_1/)
  })

  test('with a key that acts for no account just then, and with a cursor of ours', async () => {
    const [account] = publishers
    if (!account) throw new Error('There is a publisher')
    expect((await act(account, 'GET', '/v1/sales')).status).toBe(403)
    for (const key of [account.key, account.liveKey, api.secretKey]) {
      expect((await call('GET', '/v1/sales', { key })).json.code).toBe('insufficient_scope')
    }
    for (const query of [
      'after=',
      'after=x',
      'after=e30',
      'limit=0',
      'limit=101',
      `after=${'a'.repeat(401)}`,
      'account=1',
    ]) {
      expect([query, (await call('GET', `/v1/sales?${query}`, { key: api.checkoutTestKey })).status]).toEqual([
        query,
        422,
      ])
    }
  })

  test('by the SDK', async () => {
    const [account] = publishers
    if (!account) throw new Error('There is a publisher')
    const options = { baseUrl: api.url, apiKey: api.checkoutTestKey }
    const { next } = await allNews()
    api.clock.now = undefined
    const quote = await quoteOf(api, { account })
    const id = checkoutId()
    const order = await createClient({ ...options, account: account.id }).orders.create(
      {
        recipient: {
          name: 'Ada',
          address: { line1: 'Oudegracht 1', city: 'Utrecht', postal_code: '3511 AA', country: 'NL' },
        },
        shipping_method: 'standard',
        quote_id: quote.id,
        items: [{ sku: 'poster-a3', quantity: 1, files: { image: 'https://example.com/a.jpg' } }],
        sale: {
          ...{ checkout_id: id, provider: 'stripe', payment_reference: 'pi_2', paid_at: new Date().toISOString() },
          ...{ amount: quote.charges.gross, currency: quote.charges.currency },
        },
      },
      { idempotencyKey: id },
    )
    api.clock.now = new Date(Date.now() + 600_000)
    const page = await createClient(options).sales.page({ after: next })
    expect(page.data.map(({ order_id }) => order_id)).toEqual([order.id])
  })
})

describe('nothing is left out', () => {
  const told: string[] = []
  let cursor: SalesCursor = startOfSales
  const look = async (secondsAhead: number) => {
    const now = new Date(Date.now() + secondsAhead * 1000)
    const { orders, next } = await readSales(api.database, { isTest: true, after: cursor, limit: 5, now })
    told.push(...orders.map(({ id, version }) => `${id}/${version}`))
    cursor = next
    return orders.length
  }

  test('of a change that was committed long after later ones were told', async () => {
    const [account] = publishers
    if (!account) throw new Error('There is a publisher')
    const late = await sold(account)
    while ((await look(3)) > 0);
    const sql = postgres(api.postgresUrl, { max: 1, onnotice: () => undefined })
    const written = Promise.withResolvers<void>()
    const mayEnd = Promise.withResolvers<void>()
    const slow = sql.begin(async (transaction) => {
      await transaction`update orders set version = version + 1, updated_at = ${new Date()} where id = ${late.id}`
      written.resolve()
      await mayEnd.promise
    })
    await written.promise
    const later = await sold(account)
    while ((await look(3)) > 0);
    expect(told).toContain(`${later.id}/1`)
    expect(told).not.toContain(`${late.id}/2`)
    mayEnd.resolve()
    await slow
    await sql.end()
    while ((await look(3)) > 0);
    expect(told).not.toContain(`${late.id}/2`)
    while ((await look(100)) > 0);
    expect(told).toContain(`${late.id}/2`)
  })

  test('of many changes at once, while it is asked all the time', async () => {
    let isOver = false
    const asking = (async () => {
      while (!isOver) await look(3)
    })()
    const ids = await Promise.all(
      Array.from({ length: 24 }, async (_, index) => {
        const account = publishers[index % 2]
        if (!account) throw new Error('There is a publisher')
        const order = await sold(account)
        await Promise.all([
          act(account, 'POST', `/v1/orders/${order.id}/hold`),
          outside.ready(order.id),
          ...(index % 3 === 0 ? [act(account, 'POST', `/v1/orders/${order.id}/cancel`)] : []),
        ])
        return order.id
      }),
    )
    isOver = true
    await asking
    while ((await look(200)) > 0);
    const versions = await Promise.all(ids.map(async (id) => `${id}/${(await outside.find(id)).version}`))
    expect(versions.filter((version) => !told.includes(version))).toEqual([])
  })
})

test('a look goes through the sales of its world that changed since, and through no other order', async () => {
  const sql = postgres(api.postgresUrl, { max: 1, onnotice: () => undefined })
  // Half of them were sold, all in the test world.
  const [first] = publishers
  await sql`insert into orders (account_id, id, version, event_count, stage, payment, is_test, is_held, checkout_id, doc, created_at, updated_at)
    select ${first?.id ?? ''}, 'ord_' || lpad(n::text, 26, '0'), 1, 0, 'delivered', 'paid', true, false,
      case when n % 2 = 0 then 'chk_' || lpad(n::text, 26, '0') end, '{}', now(), now()
    from generate_series(1, 20000) n`
  await sql`analyze orders`
  const now = new Date(Date.now() + 600_000).toISOString()
  const plan =
    await sql`explain (format json) select s.id from orders s where s.checkout_id is not null and s.is_test = false
    and (s.updated_at, s.id) > ('1970-01-01'::timestamptz, '') and s.updated_at <= ${now}::timestamptz
    order by s.updated_at, s.id limit 20`
  expect(JSON.stringify(plan)).toContain('orders_sold')
  expect(JSON.stringify(plan)).not.toMatch(/Seq Scan|"Sort"/)
  await sql.end()
})
