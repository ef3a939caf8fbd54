import { expect, test } from 'vitest'
import { catalogue } from '#contracts/catalogue/catalogue.ts'
import { proportionMinor } from '#contracts/money.ts'
import { issuesOf } from '#contracts/parse.ts'
import { bookFaults } from '#contracts/prices/book-faults.ts'
import { copyGramsOf } from '#contracts/prices/copy-weight.ts'
import { PriceBook } from '#contracts/prices/price-book.ts'
import { isWithoutBorder } from '#contracts/taxes/customs-union.ts'
import { taxTable } from '#contracts/taxes/tax-table.ts'
import { vatOfTheUnion } from '#contracts/taxes/vat-of-the-union.ts'
import { localFacilities } from '../../../local/facilities.ts'
import { localPriceBooks } from '../../../local/prices/local-price-books.ts'

const inEuros = localFacilities.flatMap((facility) =>
  localPriceBooks.filter(({ facilityId, currency }) => facilityId === facility.id && currency === 'EUR'),
)

test('every product of every test facility has a sound price in euros; other books are sound as far as they go', () => {
  expect(inEuros).toHaveLength(localFacilities.length)
  for (const book of localPriceBooks) {
    const facility = localFacilities.find(({ id }) => id === book.facilityId)
    if (!facility) throw new Error(`${book.facilityId} is not there`)
    expect(issuesOf(PriceBook, book)).toEqual([])
    expect(bookFaults(book, facility, inEuros.includes(book))).toEqual([])
  }
})

test('a book that would sell nonsense is found faulty at each place', () => {
  const [facility] = localFacilities
  const [book] = localPriceBooks
  const [zone] = book?.shipping.zones ?? []
  if (!facility || !book || !zone) throw new Error('no book')
  const brackets = [
    { upToGrams: 900, price: 5 },
    { upToGrams: 100, price: 2 },
  ]
  const bad: PriceBook = {
    ...book,
    products: {
      'poster-a3': { base: 1, perHundredPages: 2, options: { finish: { glitter: 3 } } },
      'softcover-a5': {
        base: 1,
        breaks: [
          { from: 9, percentOff: 5 },
          { from: 8, percentOff: 6 },
        ],
      },
      mug: { base: 1 },
    },
    shipping: {
      ...book.shipping,
      zones: [
        { ...zone, methods: { standard: { brackets, productionDays: 1, transitDays: { minimum: 3, maximum: 1 } } } },
      ],
    },
  }
  expect(bookFaults(bad, facility, false).map(({ pointer }) => pointer)).toEqual([
    '/products/poster-a3/options/finish/glitter',
    '/products/poster-a3/perHundredPages',
    '/products/softcover-a5/breaks',
    '/products/mug',
    '/shipping/zones/0/methods/standard/brackets',
    '/shipping/zones/0/methods/standard/brackets',
    '/shipping/zones/0/methods/standard/transitDays',
  ])
  expect(bookFaults(bad, facility, true).length).toBeGreaterThan(20)
})

test('every product of the catalogue has a weight, which grows with its pages', () => {
  for (const product of catalogue) {
    const [least, more] = [copyGramsOf(product), copyGramsOf(product, 200)]
    expect(least, product.sku).toBeGreaterThan(0)
    expect(more, product.sku).toBeGreaterThanOrEqual(least ?? Number.POSITIVE_INFINITY)
  }
  const grams = (sku: string, pages?: number) => {
    const product = catalogue.find((each) => each.sku === sku)
    return product && copyGramsOf(product, pages)
  }
  // By hand: 100 leaves A5 at 90 gsm and a cover at 250 gsm are 295.9 g, a postcard A6 is 5.4 g, a poster A3 at 200 gsm 24.9 g.
  expect([grams('softcover-a5', 200), grams('card-a6'), grams('poster-a3')]).toEqual([296, 6, 25])
})

test('there is tax data for the 27 countries of the Union, for GB, CH and NO, and for 50 states and the capital', () => {
  expect(Object.keys(vatOfTheUnion)).toHaveLength(27)
  expect(Object.keys(taxTable.vat)).toHaveLength(30)
  expect(Object.keys(taxTable.salesTax.US ?? {})).toHaveLength(51)
  for (const { standard, printedBook = standard } of Object.values(taxTable.vat)) {
    expect(standard).toBeGreaterThan(8)
    expect(standard).toBeLessThanOrEqual(27)
    expect(printedBook).toBeLessThanOrEqual(standard)
  }
  const free = Object.entries(taxTable.salesTax.US ?? {}).filter(([, { rate }]) => rate === 0)
  expect(free.map(([code]) => code).sort()).toEqual(['AK', 'DE', 'MT', 'NH', 'OR'])
})

test('rates have at most three decimals, so that they are exact in whole thousandths', () => {
  const rates = [
    ...Object.values(taxTable.vat).flatMap(({ standard, printedBook = 0 }) => [standard, printedBook]),
    ...Object.values(taxTable.salesTax.US ?? {}).map(({ rate }) => rate),
  ]
  for (const rate of rates) expect(Math.round(rate * 1000) / 1000).toBe(rate)
})

test('a border with customs is between the Union and everyone else', () => {
  expect([isWithoutBorder('NL', 'DE'), isWithoutBorder('US', 'US'), isWithoutBorder('NL', 'MC')]).toEqual([
    true,
    true,
    true,
  ])
  expect([isWithoutBorder('NL', 'GB'), isWithoutBorder('US', 'NL'), isWithoutBorder('NL', 'CH')]).toEqual([
    false,
    false,
    false,
  ])
})

test('money is rounded half away from zero, also where doubles would be off by one', () => {
  expect([proportionMinor(5, 1, 2), proportionMinor(-5, 1, 2), proportionMinor(1, 1, 3)]).toEqual([3, -3, 0])
  expect(proportionMinor(999_999_999_999, 99_999, 100_000)).toBe(999_989_999_999)
})
