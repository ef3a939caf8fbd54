import { describe, expect, test } from 'vitest'
import { Refused } from '#chassis/errors.ts'
import type { ShippingMethod } from '#contracts/order-api/charges.ts'
import type { PriceData } from '#pricing/price-data.ts'
import { type Destination, type PricedItem, priceOrder } from '#pricing/price-order.ts'
import { quote } from '#pricing/quote.ts'
import { localPriceBooks } from '../../../local/prices/local-price-books.ts'
import { data, now, part } from './world.ts'

const paperback: PricedItem = { sku: 'softcover-a5', quantity: 25, pages: 119, options: { finish: 'gloss' } }
const poster: PricedItem = { sku: 'poster-a3', quantity: 1 }
const card: PricedItem = { sku: 'card-a6', quantity: 1 }

const priced = (items: readonly PricedItem[], destination: Destination, method: ShippingMethod = 'standard') =>
  priceOrder(part(items, { destination }), method, data)

function refusal(work: () => unknown) {
  try {
    work()
  } catch (error) {
    if (error instanceof Refused) return { code: error.code, issues: error.issues, words: error.message }
    throw error
  }
  throw new Error('was not refused')
}

describe('a line, reckoned by hand', () => {
  test('is base, pages with the blank ones, and options of one copy, times the copies, less the break', () => {
    const [line] = priced([paperback], { country: 'NL' }).lines
    // 119 pages are printed as 120: 120 × 1.31 €/100 = 1.57 €. (2.16 + 1.57 + 0.25) × 25 = 99.50 €, less 10 % = 89.55 €; 9 % tax 8.06 €.
    expect(line).toMatchObject({
      ...{ printed_pages: 120, unit: { base: 216, pages: 157, options: { finish: 25 } }, discount: 995 },
      ...{ tax: { kind: 'vat', jurisdiction: 'NL', rate_percent: 9, is_inclusive: false } },
      ...{ net: 8955, tax_amount: 806, gross: 9761 },
    })
  })

  test('never costs more than more copies do: 24 at the price of 25', () => {
    const lineOf = (quantity: number) => priced([{ ...paperback, quantity }], { country: 'NL' }).lines[0]
    expect([lineOf(24)?.gross, lineOf(25)?.gross]).toEqual([9761, 9761])
    expect(lineOf(24)?.discount).toBe(24 * 398 - 8955)
  })

  test('holds the tax where the book says so, and what is shown stays what is paid', () => {
    const { lines, shipping } = priceOrder(
      part([poster], { currency: 'GBP', destination: { country: 'NL' } }),
      'standard',
      data,
    )
    // 6.44 £ with 21 % in it: 5.32 £ and 1.12 £.
    expect(lines[0]).toMatchObject({ net: 532, tax_amount: 112, gross: 644, tax: { is_inclusive: true } })
    expect(shipping[0]?.tax).toMatchObject({ rate_percent: 21, is_inclusive: true })
  })
})

describe('tax', () => {
  const rates = (destination: Destination) => {
    const { lines, shipping } = priced([paperback, poster], destination)
    return [...lines, ...shipping].map(({ tax }) => [tax.kind, tax.jurisdiction, tax.rate_percent])
  }

  test('is the destination’s: books have their own rate, and shipping follows the highest of what it carries', () => {
    expect(rates({ country: 'FR' })).toEqual([
      ['vat', 'FR', 5.5],
      ['vat', 'FR', 20],
      ['vat', 'FR', 20],
    ])
    expect(rates({ country: 'GB' })).toEqual([
      ['vat', 'GB', 0],
      ['vat', 'GB', 20],
      ['vat', 'GB', 20],
    ])
    expect(priced([paperback], { country: 'GB' }).tax_amount).toBe(0)
  })

  test.each(['CA', 'ca', ' California ', 'US-CA'])('a state may be written %s', (state) => {
    expect(rates({ country: 'US', state })).toEqual([
      ['sales_tax', 'US-CA', 7.25],
      ['sales_tax', 'US-CA', 7.25],
      // California does not tax shipping that is listed by itself.
      ['none', 'US-CA', 0],
    ])
  })

  test('a state without a sales tax has none, and says which state that is', () => {
    expect(rates({ country: 'US', state: 'OR' })).toEqual(Array(3).fill(['none', 'US-OR', 0]))
  })

  test.each([
    ['a US address without its state', { country: 'US' }, 'invalid_request', '/recipient/address/state'],
    ['a state that is none', { country: 'US', state: 'Bavaria' }, 'tax_unknown', '/recipient/address/state'],
    ['a state in Cyrillic letters', { country: 'US', state: 'СА' }, 'tax_unknown', '/recipient/address/state'],
    ['a name from Object', { country: 'US', state: '__proto__' }, 'tax_unknown', '/recipient/address/state'],
    ['a country without data', { country: 'JP' }, 'tax_unknown', '/recipient/address/country'],
    ['the Canary Islands', { country: 'ES', postalCode: 'ES-35001' }, 'tax_unknown', '/recipient/address/postal_code'],
    ['Madeira', { country: 'PT', postalCode: '9000-018' }, 'tax_unknown', '/recipient/address/postal_code'],
  ])('%s is refused, not guessed', (_name, destination, code, pointer) => {
    const found = refusal(() => priced([poster], destination))
    expect([found.code, found.issues.map((issue) => issue.pointer)]).toEqual([code, [pointer]])
  })
})

describe('shipping', () => {
  test('is priced by weight and facility, with parcels and a window of working days', () => {
    const { shipping } = priced([paperback, poster], { country: 'NL' }, 'express')
    expect(shipping).toMatchObject([
      {
        ...{ facility_id: 'fac_utrecht', method: 'express', items: [0, 1], parcels: 1 },
        // Made on Monday, with the customer on Tuesday: it was a Friday.
        ...{ earliest: '2026-11-24', latest: '2026-11-24', net: 1495 },
      },
    ])
    const weight = shipping[0]?.weight_grams ?? 0
    // 60 leaves of A5 at 90 gsm are 168 g, the cover 17 g; a poster is 25 g, the carton 180 g.
    expect(weight).toBeGreaterThan(25 * 183)
    expect(weight).toBeLessThan(25 * 190 + 25 + 180)
  })

  test('after the cut-off, and at a weekend, the days count from the next working day', () => {
    const at = (time: string) => priceOrder(part([poster]), 'standard', { ...data, now: new Date(time) }).shipping[0]
    expect(at('2026-11-20T10:59:59Z')).toMatchObject({ earliest: '2026-11-26', latest: '2026-11-27' })
    expect(at('2026-11-20T11:00:00Z')).toMatchObject({ earliest: '2026-11-27', latest: '2026-11-30' })
    expect(at('2026-11-22T03:00:00Z')).toMatchObject({ earliest: '2026-11-27', latest: '2026-11-30' })
  })

  test('a split order says so, and which item comes from where', () => {
    const quoted = quote(
      part(
        [
          { sku: 'card-a5', quantity: 1 },
          { sku: 'canvas-40x40', quantity: 1 },
        ],
        { destination: { country: 'DE' } },
      ),
      data,
    )
    expect(quoted.facilities.map(({ facility, items }) => [facility.id, items])).toEqual([
      ['fac_utrecht', [0]],
      ['fac_leipzig', [1]],
    ])
    expect(quoted.options[0]?.charges.shipping.map(({ facility_id, net }) => [facility_id, net > 0])).toEqual([
      ['fac_utrecht', true],
      ['fac_leipzig', true],
    ])
  })

  test('a method without a rate is left out with the reason, and is never free', () => {
    const quoted = quote(part([poster], { destination: { country: 'US', state: 'NY' } }), data)
    expect(quoted.options.map(({ method }) => method)).toEqual(['standard'])
    expect(quoted.unavailable).toEqual([{ method: 'express', detail: 'fac_utrecht has no express rate to US in EUR' }])
    expect(refusal(() => priced([poster], { country: 'US', state: 'NY' }, 'express')).code).toBe('shipping_unknown')
  })

  test('what no parcel takes is refused with its weight', () => {
    const books = localPriceBooks.map((book) => ({
      ...book,
      shipping: { ...book.shipping, parcel: { mostGrams: 300, mostCopies: 9, packagingGrams: 100 } },
    }))
    const found = refusal(() => quote(part([{ ...paperback, pages: 800 }]), { ...data, books }))
    expect(found.code).toBe('shipping_unknown')
    expect(found.words).toMatch(/one copy of softcover-a5 weighs \d+ g, and a parcel takes 200 g/)
  })

  test('many copies go in as many parcels as they need', () => {
    const { shipping } = priced([{ sku: 'poster-a3', quantity: 1000 }], { country: 'NL' })
    // 250 copies a carton, 25 g each.
    expect(shipping[0]).toMatchObject({ parcels: 4, weight_grams: 1000 * 25 + 4 * 180 })
  })
})

describe('duty', () => {
  const dutyTo = (country: string, items = [poster]) => priced(items, { country }).duty.terms

  test('there is none inside the Union and inside a country', () => {
    expect([dutyTo('NL'), dutyTo('PL')]).toEqual(['none', 'none'])
  })

  test('is the recipient’s where the book has no rule, and the words say so', () => {
    const { duty, shipping } = priced([poster], { country: 'GB' })
    expect(duty).toMatchObject({ terms: 'DAP', detail: expect.stringContaining('the recipient pays duty') })
    expect(shipping[0]?.duty).toBeUndefined()
  })

  test('is in the shipping price where the book has a rule', () => {
    const { duty, shipping, lines } = priced([{ sku: 'canvas-30x40', quantity: 1 }], { country: 'CH' })
    expect(duty.terms).toBe('DDP')
    expect(shipping[0]?.duty).toBe(Math.round((lines[0]?.net ?? 0) * 0.025) + 450)
    expect(shipping[0]?.net).toBe(1495 + (shipping[0]?.duty ?? 0))
  })

  test('of an order that is sent otherwise is on what its goods cost, not on what they would cost today', () => {
    const canvases = part([{ sku: 'canvas-30x40', quantity: 4 }], { destination: { country: 'CH' } })
    const { lines } = priceOrder(canvases, 'standard', data)
    const products = (book: (typeof localPriceBooks)[number]) =>
      Object.entries(book.products).map(([sku, price]) => [sku, { ...price, base: price.base * 3 }] as const)
    const dearer = localPriceBooks.map((book) => ({ ...book, products: Object.fromEntries(products(book)) }))
    const express = priceOrder(canvases, 'express', data)
    expect(priceOrder(canvases, 'express', { ...data, books: dearer }, lines)).toEqual(express)
    expect(priceOrder(canvases, 'express', { ...data, books: dearer }).gross).toBeGreaterThan(express.gross)
  })
})

describe('what the books do not say', () => {
  test('a currency without a book is refused, not converted; the words name the currencies that there are', () => {
    const found = refusal(() => quote(part([poster], { currency: 'SEK' }), data))
    expect(found).toMatchObject({ code: 'price_unknown', issues: [{ pointer: '/items/0/sku' }] })
    expect(found.issues[0]?.detail).toContain('its currencies: EUR, GBP')
  })

  test('a product that its book forgot is refused, and every other item with it', () => {
    const books = localPriceBooks.map((book) => ({ ...book, products: { 'card-a6': { base: 100 } } }))
    const found = refusal(() => quote(part([card, poster]), { ...data, books }))
    expect([found.code, found.issues.map(({ pointer }) => pointer)]).toEqual(['price_unknown', ['/items/1/sku']])
  })

  test('pages that a price needs are asked for before anything else', () => {
    const found = refusal(() => priced([{ sku: 'softcover-a5', quantity: 1 }], { country: 'JP' }))
    expect([found.code, found.issues[0]?.pointer]).toEqual(['invalid_request', '/items/0/pages'])
  })

  test('an order above the largest amount is refused', () => {
    const books = localPriceBooks.map((book) => ({ ...book, products: { 'poster-a3': { base: 100_000_000 } } }))
    const found = refusal(() => quote(part([{ ...poster, quantity: 10_000 }]), { ...data, books }))
    expect(found).toMatchObject({ code: 'invalid_request', issues: [{ pointer: '/items' }] })
  })
})

test('a new book holds from its day on and not before', () => {
  const [old] = localPriceBooks
  if (!old) throw new Error('no book')
  const dearer = { ...old, validFrom: '2026-12-01', products: { 'poster-a3': { base: 999 } } }
  const at = (time: Date): PriceData => ({ ...data, books: [dearer, ...localPriceBooks], now: time })
  const base = (time: Date) => priceOrder(part([poster]), 'standard', at(time)).lines[0]?.unit.base
  expect([base(now), base(new Date('2026-12-01T00:00:00Z'))]).toEqual([619, 999])
})

test.each([
  ['JPY', 'poster-a1', { unit: { base: 2506 } }],
  ['BHD', 'poster-a1', { unit: { base: 6228 } }],
] as const)('%s has its own decimals: amounts are its smallest unit', (currency, sku, expected) => {
  const { lines, gross } = priceOrder(part([{ sku, quantity: 3 }], { currency }), 'standard', data)
  expect(lines[0]).toMatchObject(expected)
  expect(Number.isInteger(gross)).toBe(true)
})
