import { Type } from 'typebox'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Order } from '#contracts/order-api/order.ts'
import { issuesOf } from '#contracts/parse.ts'
import { callerOf, fresh } from './client.ts'
import { openAccount, outsideOf, type TestAccount, unbalanced } from './ledger-world.ts'
import { type ApiUnderTest, startApi } from './platform.ts'
import { checkoutId, checkoutOf, placerOf, quoteOf, soldOrder } from './sale-world.ts'

let api: ApiUnderTest
let call: ReturnType<typeof callerOf>
let act: ReturnType<typeof checkoutOf>
let place: ReturnType<typeof placerOf>
let outside: ReturnType<typeof outsideOf>
let publisher: TestAccount
let other: TestAccount

beforeAll(async () => {
  api = await startApi()
  call = callerOf(api)
  act = checkoutOf(api)
  place = placerOf(api)
  outside = outsideOf(api)
  // It may spend nothing: what visitors pay is not its money.
  publisher = await openAccount(api, { billing: 'prepaid', creditLimitMinor: 0, graceMinutes: 60 })
  other = await openAccount(api, { billing: 'invoice', creditLimitMinor: null })
})
afterAll(() => api?.close())

const Sum = Type.Object({ ledger: Type.String(), amount: Type.Integer() })
/** What stands in each ledger for an order; nothing where it adds up to nothing. */
async function booksOf(orderId: string): Promise<Readonly<Record<string, number>>> {
  const sql = `select jsonb_build_object('ledger', ledger, 'amount', sum(amount_minor)) as row from ledger_entries
    where order_id = :id::text group by ledger having sum(amount_minor) <> 0`
  const rows = await api.database.rows(Sum, sql, { id: orderId })
  return Object.fromEntries(rows.map(({ ledger, amount }) => [ledger, amount]))
}

const refusalOf = ({ status, json }: { status: number; json: { code?: string; errors?: { pointer: string }[] } }) =>
  [status, json.code, ...(json.errors ?? []).map(({ pointer }) => pointer)].join(' ')

describe('what a visitor paid', () => {
  test.each([true, false])(
    'is an order of the publisher, paid, and none of their money (test world: %s)',
    async (isTest) => {
      const quote = await quoteOf(api, { account: publisher, isTest, quantities: [2], margin: { amount: 300 } })
      const id = checkoutId()
      const key = isTest ? api.checkoutTestKey : api.checkoutLiveKey
      const placed = await place(publisher, quote, { id, key })
      expect([placed.status, issuesOf(Order, placed.json)]).toEqual([201, []])
      expect(placed.json).toMatchObject({
        payment: 'paid',
        stage: 'preflight',
        is_test: isTest,
        charges: quote.charges,
      })
      const { gross: amount, currency } = quote.charges
      expect(placed.json.sale).toMatchObject({ checkout_id: id, amount, currency, refunded: 0 })
      expect(placed.text).not.toContain('pi_1')
      const own = await call('GET', `/v1/orders/${placed.json.id}`, { key: isTest ? publisher.key : publisher.liveKey })
      expect(own.json.sale).toEqual(placed.json.sale)
      const [line] = quote.charges.lines
      const shipping = quote.charges.shipping.reduce((sum, { net }) => sum + net, 0)
      expect(await booksOf(placed.json.id)).toEqual({
        payments: amount,
        sales: -((line?.net ?? 0) - 600),
        earnings: -600,
        shipping: -shipping,
        tax_payable: -quote.charges.tax_amount,
      })
      const balances = (await call('GET', '/v1/ledger/balances', { key: publisher.key })).json.data
      expect(balances).toMatchObject([{ balance: 0, owed: 0 }])
    },
  )

  test('is one order, however often the checkout sends it', async () => {
    const quote = await quoteOf(api, { account: publisher })
    const id = checkoutId()
    const body = soldOrder(quote, { checkout_id: id })
    const send = () => act(publisher, 'POST', '/v1/orders', { headers: { 'idempotency-key': id }, body })
    const answers = await Promise.all([send(), send(), send(), send()])
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201])
    expect(new Set([...answers, await send()].map(({ json }) => json.id)).size).toBe(1)
    const changed = { ...body, reference: 'another' }
    const again = await act(publisher, 'POST', '/v1/orders', { headers: { 'idempotency-key': id }, body: changed })
    expect(refusalOf(again)).toBe('422 idempotency_key_reused')
  })

  test('is ordered although its quote is over since, or its facility closed: it is charged as it was paid', async () => {
    const quotedAt = new Date(Date.now() - 30 * 3600 * 1000)
    const quote = await quoteOf(api, { account: publisher, quotedAt })
    const inTime = new Date(quotedAt.getTime() + 3600 * 1000).toISOString()
    const placed = await place(publisher, quote, { sale: { paid_at: inTime } })
    expect([placed.status, placed.json.charges]).toEqual([201, quote.charges])
    expect(refusalOf(await place(publisher, quote))).toBe('409 quote_expired')

    const status = (value: string) =>
      api.database.rows(
        Type.Unknown(),
        `update facilities set doc = jsonb_set(doc, '{status}', to_jsonb(:value::text)) where id = 'fac_utrecht' returning doc as row`,
        { value },
      )
    const paid = await quoteOf(api, { account: publisher })
    expect(paid.charges.shipping[0]?.facility_id).toBe('fac_utrecht')
    await status('paused')
    const real = Date.now()
    try {
      api.clock.now = new Date(real + 60_000)
      await expect
        .poll(async () => (await api.context.facilities.all()).find(({ id }) => id === 'fac_utrecht')?.status)
        .toBe('paused')
      const elsewhere = await place(publisher, paid)
      expect([elsewhere.status, elsewhere.json.charges]).toEqual([201, paid.charges])
      expect(elsewhere.json.items[0].facility_id).not.toBe('fac_utrecht')
      const unpaid = await call('POST', '/v1/orders', {
        ...{ key: publisher.key, headers: fresh() },
        body: { ...soldOrder(paid, { checkout_id: checkoutId() }), sale: undefined },
      })
      expect(refusalOf(unpaid)).toBe('409 quote_expired')
    } finally {
      await status('open')
      api.clock.now = new Date(real + 120_000)
      await expect
        .poll(async () => (await api.context.facilities.all()).find(({ id }) => id === 'fac_utrecht')?.status)
        .toBe('open')
      api.clock.now = undefined
    }
  })

  test('may have the same reference as others: it is that of the page', async () => {
    const quote = await quoteOf(api, { account: publisher })
    const changes = { reference: 'issue-7' }
    const orders = [await place(publisher, quote, { changes }), await place(publisher, quote, { changes })]
    expect(orders.map(({ status, json }) => [status, json.reference])).toEqual([
      [201, 'issue-7'],
      [201, 'issue-7'],
    ])
  })
})

describe('is refused', () => {
  test('from anyone but the checkout', async () => {
    const quote = await quoteOf(api, { account: publisher })
    const id = checkoutId()
    const body = soldOrder(quote, { checkout_id: id })
    for (const key of [publisher.key, api.secretKey]) {
      const answer = await call('POST', '/v1/orders', { key, headers: { 'idempotency-key': id }, body })
      expect(refusalOf(answer)).toBe('403 insufficient_scope /sale')
    }
  })

  test('unless exactly the quote was paid, with a quote, for this account and this world', async () => {
    const quote = await quoteOf(api, { account: publisher })
    const { gross } = quote.charges
    const express = { changes: { shipping_method: 'express' } }
    const tries = [
      [{ sale: { amount: gross - 1 } }, '422 invalid_request /sale/amount'],
      [{ sale: { amount: gross + 1 } }, '422 invalid_request /sale/amount'],
      [{ sale: { currency: 'USD' } }, '422 invalid_request /sale/currency'],
      [{ sale: { checkout_id: checkoutId() } }, '422 invalid_request /sale/checkout_id'],
      [{ sale: { paid_at: new Date(Date.now() + 3600_000).toISOString() } }, '422 invalid_request /sale/paid_at'],
      [{ sale: { paid_at: 'yesterday' } }, '422 invalid_request /sale/paid_at'],
      [{ changes: { quote_id: undefined } }, '422 invalid_request /quote_id'],
      [{ changes: { draft: true } }, '422 invalid_request /draft'],
      [express, '422 invalid_request /sale/amount'],
      [{ key: api.checkoutLiveKey }, '422 quote_invalid /quote_id'],
    ] as const
    for (const [changes, refusal] of tries) expect(refusalOf(await place(publisher, quote, changes))).toBe(refusal)
    expect(refusalOf(await place(other, quote))).toBe('422 quote_invalid /quote_id')
    const twice = { items: [{ sku: 'poster-a3', quantity: 2, files: { image: 'https://example.com/a.jpg' } }] }
    expect(refusalOf(await place(publisher, quote, { changes: twice }))).toBe('422 quote_mismatch /items/0/quantity')
  })
})

describe('afterwards', () => {
  test('how it is sent was chosen and paid by its customer; where to can be changed', async () => {
    const { json } = await place(publisher, await quoteOf(api, { account: publisher }))
    const path = `/v1/orders/${json.id}`
    const express = await act(publisher, 'PATCH', path, { body: { shipping_method: 'express' } })
    expect([express.status, express.json.code, express.json.detail]).toEqual([
      409,
      'action_not_allowed',
      expect.stringContaining('its customer chose and paid how it is sent'),
    ])
    const address = { ...json.recipient.address, line1: 'Oudegracht 2' }
    const moved = await act(publisher, 'PATCH', path, { body: { recipient: { ...json.recipient, address } } })
    expect([moved.status, moved.json.recipient.address.line1]).toEqual([200, 'Oudegracht 2'])
  })

  test('cancelled, all goes back to the customer and nobody earns', async () => {
    const { json } = await place(publisher, await quoteOf(api, { account: publisher }))
    const cancelled = await act(publisher, 'POST', `/v1/orders/${json.id}/cancel`)
    expect(cancelled.json).toMatchObject({
      ...{ stage: 'cancelled', payment: 'refunded' },
      sale: { refunded: json.charges.gross, amount: json.charges.gross },
    })
    expect(await booksOf(json.id)).toEqual({})
    const events = (await call('GET', `/v1/orders/${json.id}/events`, { key: publisher.key })).json.data
    expect(events.find(({ type }: { type: string }) => type === 'order.refunded').data).toMatchObject({
      amount: json.charges.gross,
    })
  })

  test('one item refused, its part goes back and the rest stays paid and earned', async () => {
    const quote = await quoteOf(api, { account: publisher, quantities: [1, 2], margin: { percent: 20 } })
    const { json } = await place(publisher, quote)
    await outside.rejected(json.id, 1)
    const after = (await call('GET', `/v1/orders/${json.id}`, { key: publisher.key })).json
    const [kept, refused] = quote.charges.lines
    expect([after.stage, after.payment, after.sale.refunded]).toEqual([
      'preflight',
      'partially_refunded',
      refused?.gross,
    ])
    expect(await booksOf(json.id)).toMatchObject({
      payments: quote.charges.gross - (refused?.gross ?? 0),
      earnings: -(kept?.margin ?? 0),
    })
    await outside.rejected(json.id, 0)
    const all = (await call('GET', `/v1/orders/${json.id}`, { key: publisher.key })).json
    expect([all.stage, all.payment, all.sale.refunded]).toEqual(['rejected', 'refunded', quote.charges.gross])
    expect(await booksOf(json.id)).toEqual({})
  })

  test('its reprint costs whoever is at fault, without what the publisher added', async () => {
    const free = await openAccount(api, { billing: 'prepaid', creditLimitMinor: 0 })
    const quote = await quoteOf(api, { account: free, quantities: [2], margin: { amount: 500 } })
    const { json } = await place(free, quote)
    await outside.ready(json.id)
    await outside.says(json.id, 'printing')
    await outside.says(json.id, 'shipped')
    const [item] = json.items
    const body = { items: [{ item_id: item.id }], reason: 'torn', fault: 'facility' }
    const reprint = await call('POST', `/v1/orders/${json.id}/reprints`, { key: free.key, headers: fresh(), body })
    const { net: lineNet = 0 } = quote.charges.lines[0] ?? {}
    expect([reprint.status, reprint.json.charges.lines[0].net]).toEqual([201, lineNet - 1000])
    expect(reprint.json.charges.lines[0].margin).toBeUndefined()
    expect(reprint.json.sale).toBeUndefined()
    expect(await booksOf(json.id)).toMatchObject({ payments: quote.charges.gross, earnings: -1000 })
  })

  test('every transaction of all of them adds up', async () => {
    expect(await unbalanced(api)).toEqual([])
  })
})
