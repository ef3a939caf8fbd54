import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Type } from 'typebox'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Quote } from '#contracts/order-api/quote.ts'
import { issuesOf } from '#contracts/parse.ts'
import { localPriceBooks } from '../../../local/prices/local-price-books.ts'
import { runOperator } from '../../../services/order-api/operator/run-operator.ts'
import { callerOf, fresh, posterByUrl } from './client.ts'
import { type ApiUnderTest, startApi } from './platform.ts'

let api: ApiUnderTest
let call: ReturnType<typeof callerOf>

beforeAll(async () => {
  api = await startApi()
  call = callerOf(api)
})
afterAll(() => api?.close())

const book = { sku: 'softcover-a5', quantity: 3, pages: 120, options: { finish: 'gloss' } }
const poster = { sku: 'poster-a3', quantity: 2 }
const nl = { country: 'NL', postal_code: '3511 AA' }

const quote = (body: object = {}, key?: string) =>
  call('POST', '/v1/quotes', { body: { recipient: nl, items: [book, poster], ...body }, ...(key ? { key } : {}) })

/** The order of those two items. */
const order = (changes: object = {}) =>
  posterByUrl({
    items: [
      { ...book, files: { interior: 'https://example.com/a.pdf' } },
      { ...poster, files: { image: 'https://example.com/a.jpg' } },
    ],
    ...changes,
  })
const place = (body: object, key?: string) =>
  call('POST', '/v1/orders', { headers: fresh(), body, ...(key ? { key } : {}) })

const Entry = Type.Object({ ledger: Type.String(), amount: Type.Integer(), currency: Type.String() })
const entriesOf = (orderId: string) =>
  api.database.rows(
    Entry,
    `select jsonb_build_object('ledger', ledger, 'amount', amount_minor, 'currency', currency) as row
     from ledger_entries where order_id = :id::text order by ledger`,
    { id: orderId },
  )

describe('a quote', () => {
  test('says what it costs by each method, and is as the contract says', async () => {
    const { status, json } = await quote()
    expect([status, issuesOf(Quote, json)]).toEqual([201, []])
    expect(json).toMatchObject({ object: 'quote', is_test: true, currency: 'EUR', is_split: false, unavailable: [] })
    expect(json.facilities).toEqual([{ facility_id: 'fac_utrecht', country: 'NL', city: 'Utrecht', items: [0, 1] }])
    expect(json.shipping_options.map((each: { shipping_method: string }) => each.shipping_method)).toEqual([
      'standard',
      'express',
    ])
    expect(Date.parse(json.expires_at) - Date.now()).toBeGreaterThan(23.9 * 3600 * 1000)
  })

  test('is in another currency where there is a book, with as many decimals as that has', async () => {
    const items = [{ sku: 'poster-a1', quantity: 1 }]
    const [yen, dinar] = await Promise.all(['JPY', 'BHD'].map((currency) => quote({ items, currency })))
    expect(yen?.json.shipping_options[0].charges).toMatchObject({ currency: 'JPY', lines: [{ unit: { base: 2506 } }] })
    expect(dinar?.json.shipping_options[0].charges).toMatchObject({
      currency: 'BHD',
      lines: [{ unit: { base: 6228 } }],
    })
  })

  test('of fifty different items stays below 60,000 characters', async () => {
    const items = Array.from({ length: 50 }, (_, n) => ({ ...book, quantity: 1 + n * 7, pages: 32 + n * 15 }))
    const { status, json } = await quote({ items })
    expect(status).toBe(201)
    expect(json.id.length).toBeLessThan(60_000)
    const placed = await place(
      order({
        quote_id: json.id,
        items: items.map((item) => ({ ...item, files: { interior: 'https://example.com/a.pdf' } })),
      }),
    )
    expect([placed.status, placed.json.charges]).toEqual([201, json.shipping_options[0].charges])
  })

  test('is made while the database is down', async () => {
    await quote()
    const fault = (unavailable: number) =>
      fetch(`${api.dataApiUrl}/_local/faults`, { method: 'POST', body: JSON.stringify({ unavailable }) })
    expect((await fault(1_000_000)).ok).toBe(true)
    try {
      expect((await quote()).status).toBe(201)
    } finally {
      await fault(0)
    }
  })
})

describe('charged = quoted = ordered', () => {
  test.each(['standard', 'express'])('by %s: the order, what is read back, and the books', async (method) => {
    const quoted = (await quote()).json
    const option = quoted.shipping_options.find((each: { shipping_method: string }) => each.shipping_method === method)
    const placed = await place(order({ shipping_method: method, quote_id: quoted.id }))
    expect([placed.status, placed.json.payment]).toEqual([201, 'authorised'])
    const read = (await call('GET', `/v1/orders/${placed.json.id}`)).json
    expect([placed.json.charges, read.charges]).toEqual([option.charges, option.charges])
    expect(read.items.map((item: { ordered_pages?: number }) => item.ordered_pages)).toEqual([120, undefined])
    const entries = await entriesOf(read.id)
    const amountOf = (ledger: string) => entries.find((entry) => entry.ledger === ledger)?.amount
    expect(amountOf('receivable')).toBe(option.charges.gross)
    expect(amountOf('tax_payable')).toBe(-option.charges.tax_amount)
    expect(entries.reduce((sum, { amount }) => sum + amount, 0)).toBe(0)
  })

  test('without a quote the same function prices it: the same request costs the same', async () => {
    const quoted = (await quote()).json
    const placed = (await place(order())).json
    expect(placed.charges).toEqual(quoted.shipping_options[0].charges)
  })

  test('a price that was raised since does not touch what was quoted', async () => {
    const quoted = (await quote()).json
    const raised = await api.database.rows(
      Type.Unknown(),
      `insert into price_books (facility_id, currency, valid_from, doc)
       select facility_id, currency, '2026-02-01'::date, jsonb_set(jsonb_set(doc, '{products,poster-a3,base}', '7777'), '{validFrom}', '"2026-02-01"')
       from price_books where facility_id = 'fac_utrecht' and currency = 'EUR' returning doc as row`,
    )
    expect(raised).toHaveLength(1)
    try {
      api.clock.now = new Date(Date.now() + 60_000)
      await quote()
      await expect.poll(async () => (await quote()).json.shipping_options[0].charges.lines[1].unit.base).toBe(7777)
      expect((await place(order({ quote_id: quoted.id }))).json.charges).toEqual(quoted.shipping_options[0].charges)
    } finally {
      await api.database.rows(
        Type.Unknown(),
        `delete from price_books where valid_from = '2026-02-01'::date returning doc as row`,
      )
      api.clock.now = undefined
    }
  })

  test('a retry gets its first answer, also when the quote is over by then', async () => {
    const quoted = (await quote()).json
    const headers = fresh()
    const body = order({ quote_id: quoted.id })
    const first = await call('POST', '/v1/orders', { headers, body })
    try {
      api.clock.now = new Date(Date.now() + 25 * 3600 * 1000)
      const again = await call('POST', '/v1/orders', { headers, body })
      expect([first.status, again.status, again.text]).toEqual([201, 201, first.text])
      const late = await place(body)
      expect([late.status, late.json.code]).toEqual([409, 'quote_expired'])
    } finally {
      api.clock.now = undefined
    }
  })

  test('a draft is charged when it is confirmed: by its quote, or by the prices of that moment', async () => {
    const express = { shipping_method: 'express', draft: true }
    const [one, other] = await Promise.all([place(order(express)), place(order(express))])
    expect([one.json.stage, one.json.payment, await entriesOf(one.json.id)]).toEqual(['draft', 'unpaid', []])
    const quoted = (await quote()).json
    const byQuote = await call('POST', `/v1/orders/${one.json.id}/confirm`, { body: { quote_id: quoted.id } })
    const byBooks = await call('POST', `/v1/orders/${other.json.id}/confirm`)
    for (const { status, json } of [byQuote, byBooks]) {
      expect([status, json.payment, json.charges]).toEqual([200, 'authorised', quoted.shipping_options[1].charges])
      expect((await entriesOf(json.id)).find(({ ledger }) => ledger === 'receivable')?.amount).toBe(json.charges.gross)
    }
    const booked = await entriesOf(one.json.id)
    const again = await call('POST', `/v1/orders/${one.json.id}/confirm`, { body: { quote_id: quoted.id } })
    expect([again.status, again.json.charges]).toEqual([200, byQuote.json.charges])
    expect(await entriesOf(one.json.id)).toEqual(booked)
  })
})

describe('an order that nobody can price', () => {
  const toJapan = (changes: object = {}) =>
    order({
      recipient: { name: 'A', address: { line1: 'b', city: 'c', postal_code: 'd', country: 'JP' } },
      ...changes,
    })

  test('goes its way without charges as a test order, and is refused as a live one', async () => {
    const tested = await place(toJapan())
    expect([tested.status, tested.json.payment, tested.json.charges]).toEqual([201, 'waived', undefined])
    const live = await place(toJapan(), api.liveSecretKey)
    expect([live.status, live.json.code, live.json.errors[0].pointer]).toEqual([
      422,
      'tax_unknown',
      '/recipient/address/country',
    ])
  })

  test('needs its pages all the same, in both worlds', async () => {
    const items = [{ sku: 'softcover-a5', quantity: 1, files: { interior: 'https://example.com/a.pdf' } }]
    for (const key of [api.secretKey, api.liveSecretKey]) {
      const { status, json } = await place(order({ items }), key)
      expect([status, json.code, json.errors[0].pointer]).toEqual([422, 'invalid_request', '/items/0/pages'])
    }
  })
})

describe('the operator', () => {
  const operate = (...commandLine: readonly string[]) =>
    runOperator(
      commandLine,
      () => api.database,
      () => new Date(),
    )

  test('sets prices of a day to come, which hold from that day; what has begun and what is unsound is refused', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'printcloud-prices-'))
    const file = join(folder, 'prices.json')
    const set = async (changes: object) => {
      const [book] = localPriceBooks
      await writeFile(file, JSON.stringify({ ...book, ...changes }))
      return operate('prices', 'set', file).catch((error: unknown) => String(error))
    }
    try {
      expect(await set({ validFrom: '2190-01-01' })).toBe('Prices of fac_utrecht, EUR, from 2190-01-01: 21 products\n')
      expect(await set({ validFrom: '2190-01-01', isTaxInclusive: true })).toContain('21 products')
      expect(await set({})).toContain('have begun')
      expect(await set({ products: { 'poster-a3': { base: -1 } } })).toContain('/products/poster-a3/base')
      expect(await set({ validFrom: '2190-01-02', products: { mug: { base: 1 } } })).toContain(
        'is not made by fac_utrecht',
      )
      expect(await set({ currency: 'SEK', products: { 'poster-a3': { base: 7000 } } })).toMatch(
        /1 product\nWithout a price, and not sold in SEK: softcover-a5, /,
      )
      expect(await set({ facilityId: 'fac_moon' })).toContain('there is no facility fac_moon')
      await writeFile(file, '{')
      expect(String(await operate('prices', 'set', file).catch(String))).toContain('is not JSON')
      expect(await operate('prices', 'set', join(folder, 'none')).catch(String)).toContain('cannot be read')
      const listed = JSON.parse(await operate('prices', 'list', '--json')).data
      expect(listed).toContainEqual({
        ...{ facility_id: 'fac_utrecht', currency: 'EUR', valid_from: '2190-01-01', products: 21 },
      })
      api.clock.now = new Date('2190-01-01T12:00:00Z')
      await expect
        .poll(async () => (await quote()).json.shipping_options[0].charges.lines[0].tax.is_inclusive)
        .toBe(true)
    } finally {
      api.clock.now = undefined
      await rm(folder, { recursive: true })
    }
  })
})
