import { expect, test } from 'vitest'
import type { PublicationFields } from '#contracts/order-api/publication.ts'
import { taxTable } from '#contracts/taxes/tax-table.ts'
import type { PriceData } from '#pricing/price-data.ts'
import { localFacilities } from '../../../../local/facilities.ts'
import { localPriceBooks } from '../../../../local/prices/local-price-books.ts'
import { noticesOf } from '../../../../services/order-api/publications/notices-of.ts'

const data: PriceData = {
  facilities: localFacilities,
  books: localPriceBooks,
  taxes: taxTable,
  now: new Date('2026-11-21T12:00:00Z'),
}
const fields: PublicationFields = {
  title: 'A',
  content: { kind: 'asynchronous' },
  offers: [{ sku: 'magazine-a4' }, { sku: 'poster-a3' }],
  currency: 'EUR',
}

test('what can be bought needs no words', () => {
  expect(noticesOf(fields, data)).toEqual([])
})

test('a currency that nobody sells in is told with those that somebody does', () => {
  const [first = '', second] = noticesOf({ ...fields, currency: 'SEK' }, data)
  expect(first).toMatch(
    /^\/offers\/0: magazine-a4 cannot be bought at the moment: nobody sells it in SEK; it is sold in .*EUR/,
  )
  expect(second).toContain('/offers/1: poster-a3')
})

test('a product that nobody makes, or nobody open, or only with other options, is told apart', () => {
  const lacking = localFacilities.map((each) => ({
    ...each,
    products: each.products.filter(({ sku }) => sku !== 'magazine-a4'),
  }))
  const paused = localFacilities.map((each) => ({ ...each, status: 'paused' as const }))
  const words = (changes: Partial<PriceData>, more: Partial<PublicationFields> = {}) =>
    noticesOf({ ...fields, ...more, offers: [{ sku: 'magazine-a4' }] }, { ...data, ...changes })
  expect(words({ facilities: lacking })).toEqual([expect.stringContaining('no facility makes it')])
  expect(words({ facilities: paused })).toEqual([expect.stringContaining('takes no orders now')])
  expect(words({ books: [] })).toEqual([expect.stringContaining('it has no price at all yet')])
  expect(words({}, { content: { kind: 'asynchronous', pages: 2000 } })).toEqual([
    expect.stringContaining('with these options and pages'),
  ])
})
