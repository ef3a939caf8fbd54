import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Refused } from '#chassis/errors.ts'
import { decimalText, largestAmountMinor } from '#contracts/money.ts'
import { Charges } from '#contracts/order-api/charges.ts'
import { issuesOf } from '#contracts/parse.ts'
import type { PriceBook } from '#contracts/prices/price-book.ts'
import type { PricedItem } from '#pricing/price-order.ts'
import { type Quoted, quote } from '#pricing/quote.ts'
import { localFacilities } from '../../../local/facilities.ts'
import { entriesOf, saleOf } from '../../../services/order-api/ledger/book.ts'
import { randomBook, randomDestination, randomItem } from './random-books.ts'
import { data, part } from './world.ts'

const runs = { numRuns: 300 }
const atUtrecht = localFacilities.filter(({ id }) => id === 'fac_utrecht')

/** Undefined when the order is dearer than any may be. */
function quoted(book: PriceBook, items: readonly PricedItem[], destination: { country: string }): Quoted | undefined {
  try {
    return quote(part(items, { destination, currency: book.currency }), {
      ...data,
      books: [book],
      facilities: atUtrecht,
    })
  } catch (error) {
    if (error instanceof Refused && /may cost/.test(error.issues[0]?.detail ?? '')) return undefined
    throw error
  }
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, each) => total + each, 0)
const anyOrder = [randomBook, fc.array(randomItem, { minLength: 1, maxLength: 6 }), randomDestination] as const

test('whatever the book and the order: the totals are the sum of the parts, and net and tax make gross in each of them', () => {
  fc.assert(
    fc.property(...anyOrder, (book, items, destination) => {
      for (const { charges } of quoted(book, items, destination)?.options ?? []) expectSums(charges)
    }),
    runs,
  )
})

function expectSums(charges: Charges): void {
  const parts = [...charges.lines, ...charges.shipping]
  for (const { net, tax_amount, gross } of [...parts, charges]) expect(net + tax_amount).toBe(gross)
  for (const of of ['net', 'tax_amount', 'gross'] as const) expect(charges[of]).toBe(sum(parts.map((each) => each[of])))
  for (const { quantity, unit, discount, ...line } of charges.lines) {
    const listed = quantity * sum([unit.base, unit.pages, ...Object.values(unit.options)]) - discount
    expect(line.tax.is_inclusive ? line.gross : line.net).toBe(listed)
  }
  const booked = entriesOf(saleOf(charges, { mode: 'invoice', limitMinor: null }), charges.currency, () => 'x')
  expect(sum(booked.map(({ amountMinor }) => amountMinor))).toBe(0)
}

test('nothing is free that has a price, nothing is negative, nothing is above the largest amount, and all amounts are whole', () => {
  fc.assert(
    fc.property(...anyOrder, (book, items, destination) => {
      for (const { charges } of quoted(book, items, destination)?.options ?? []) expectPriced(charges)
    }),
    runs,
  )
})

function expectPriced(charges: Charges): void {
  expect(issuesOf(Charges, charges)).toEqual([])
  for (const { net, tax_amount, gross } of [...charges.lines, ...charges.shipping]) {
    expect(Math.min(net, gross)).toBeGreaterThan(0)
    expect(tax_amount).toBeGreaterThanOrEqual(0)
  }
  for (const { unit, discount, printed_pages } of charges.lines) {
    expect(Math.min(unit.base, ...Object.values(unit.options))).toBeGreaterThan(0)
    expect(discount).toBeGreaterThanOrEqual(0)
    expect(unit.pages > 0).toBe(printed_pages !== undefined)
  }
  expect(charges.gross).toBeLessThanOrEqual(largestAmountMinor)
  expect(decimalText(charges.gross, charges.currency)).toMatch(written[charges.currency] ?? /never/)
}

const written: Partial<Record<Charges['currency'], RegExp>> = {
  EUR: /^\d+\.\d{2}$/,
  JPY: /^\d+$/,
  BHD: /^\d+\.\d{3}$/,
}

test('more copies, and more pages, never cost less: neither the line nor the parcels', () => {
  fc.assert(
    fc.property(
      ...anyOrder,
      fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 500 })),
      fc.boolean(),
      (book, items, destination, more, isPages) => {
        const larger = items.map((item, index) => (index === 0 ? grown(item, more, isPages) : item))
        const [before, after] = [quoted(book, items, destination), quoted(book, larger, destination)]
        if (!before || !after) return
        for (const { method, charges } of before.options) {
          const then = after.options.find((option) => option.method === method)?.charges
          if (!then) throw new Error(`${method} is gone for more copies`)
          expect(then.lines[0]?.gross).toBeGreaterThanOrEqual(charges.lines[0]?.gross ?? 0)
          const withoutDuty = ({ shipping }: Charges) => sum(shipping.map(({ parcels }) => parcels))
          expect(withoutDuty(then)).toBeGreaterThanOrEqual(withoutDuty(charges))
          expect(sum(then.shipping.map(({ gross }) => gross))).toBeGreaterThanOrEqual(
            sum(charges.shipping.map(({ gross }) => gross)),
          )
          expect(then.gross).toBeGreaterThanOrEqual(charges.gross)
        }
      },
    ),
    runs,
  )
})

function grown(item: PricedItem, more: number, isPages: boolean): PricedItem {
  const most = item.sku === 'softcover-a5' ? 800 : 64
  if (isPages && item.pages !== undefined) return { ...item, pages: Math.min(most, item.pages + more) }
  return { ...item, quantity: Math.min(10_000, item.quantity + more) }
}

test('the same order at the same moment costs the same, whatever was quoted between', () => {
  fc.assert(
    fc.property(...anyOrder, (book, items, destination) => {
      expect(quoted(book, items, destination)).toEqual(quoted(book, items, destination))
    }),
    { numRuns: 50 },
  )
})
