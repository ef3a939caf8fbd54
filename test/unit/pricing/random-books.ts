import fc from 'fast-check'
import type { Bracket, PriceBook, ProductPrice } from '#contracts/prices/price-book.ts'

/** Products of every kind that the facility in Utrecht makes, with their page ranges. */
export const sold = [
  { sku: 'softcover-a5', pages: [32, 800], option: ['finish', 'matt', 'gloss'] },
  { sku: 'magazine-a4', pages: [8, 64] },
  { sku: 'poster-a3', option: ['finish', 'matt', 'satin'] },
  { sku: 'card-folded-a6', option: ['finish', 'uncoated', 'gloss'] },
] as const
export type Sold = (typeof sold)[number]

const amount = fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 100_000_000 }))
const ascending = (numbers: readonly number[]): number[] => [...new Set(numbers)].sort((a, b) => a - b)

const breaks = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 2, max: 600 }), fc.integer({ min: 1, max: 90 })), {
    maxLength: 4,
    selector: ([from]) => from,
  })
  .map((steps) => {
    const froms = ascending(steps.map(([from]) => from))
    const percents = ascending(steps.map(([, percent]) => percent))
    return percents.map((percentOff, index) => ({ from: froms[index] ?? 2, percentOff }))
  })

const price = (product: Sold): fc.Arbitrary<ProductPrice> =>
  fc
    .record({ base: amount, perHundred: fc.integer({ min: 1, max: 1_000_000 }), surcharge: amount, breaks })
    .map((drawn) => ({
      base: drawn.base,
      breaks: drawn.breaks,
      ...('pages' in product ? { perHundredPages: drawn.perHundred } : {}),
      ...('option' in product ? { options: { [product.option[0]]: { [product.option[2]]: drawn.surcharge } } } : {}),
    }))

/** The last one always takes a copy of the heaviest product, so that a rate exists. */
const brackets: fc.Arbitrary<Bracket[]> = fc
  .tuple(
    fc.array(fc.integer({ min: 50, max: 30_000 }), { maxLength: 4 }),
    fc.array(amount, { minLength: 6, maxLength: 6 }),
  )
  .map(([weights, prices]) => {
    const steps = ascending([...weights, 30_000])
    const rising = [...prices].sort((a, b) => a - b)
    return steps.map((upToGrams, index) => ({ upToGrams, price: rising[index] ?? 1 }))
  })

const rate = brackets.map((each) => ({ brackets: each, productionDays: 2, transitDays: { minimum: 1, maximum: 3 } }))

/** Any price book that could be written for that facility: cheap or dear, with the tax in its prices or not, with and without duty. */
export const randomBook: fc.Arbitrary<PriceBook> = fc
  .record({
    currency: fc.constantFrom('EUR' as const, 'JPY' as const, 'BHD' as const),
    isTaxInclusive: fc.boolean(),
    prices: fc.tuple(...sold.map(price)),
    standard: rate,
    express: fc.option(rate, { nil: undefined }),
    parcel: fc.record({
      mostGrams: fc.integer({ min: 8_000, max: 30_000 }),
      mostCopies: fc.integer({ min: 1, max: 300 }),
      packagingGrams: fc.integer({ min: 0, max: 500 }),
    }),
    duty: fc.option(fc.record({ percent: fc.integer({ min: 0, max: 30_000 }), clearance: amount }), { nil: undefined }),
  })
  .map(({ currency, isTaxInclusive, prices, standard, express, parcel, duty }) => ({
    ...{ facilityId: 'fac_utrecht', currency, validFrom: '2026-01-01', isTaxInclusive },
    products: Object.fromEntries(sold.map(({ sku }, index) => [sku, prices[index] ?? { base: 1 }])),
    shipping: {
      zones: [{ name: 'all', countries: ['*'], methods: { standard, ...(express ? { express } : {}) } }],
      cutOffUtc: '12:00',
      parcel,
    },
    ...(duty
      ? { duty: [{ countries: ['CH', 'NO'], percentOfGoods: duty.percent / 1000, clearance: duty.clearance }] }
      : {}),
  }))

export const randomItem = fc.constantFrom(...sold).chain((product) =>
  fc
    .record({
      quantity: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 10_000 })),
      page: fc.double({ min: 0, max: 1, noNaN: true }),
      isOptioned: fc.boolean(),
    })
    .map(({ quantity, page, isOptioned }) => ({
      sku: product.sku,
      quantity,
      ...('pages' in product
        ? { pages: Math.round(product.pages[0] + page * (product.pages[1] - product.pages[0])) }
        : {}),
      ...('option' in product && isOptioned ? { options: { [product.option[0]]: product.option[2] } } : {}),
    })),
)

export const randomDestination = fc.constantFrom(
  { country: 'NL' },
  { country: 'FI' },
  { country: 'GB' },
  { country: 'CH' },
  { country: 'NO' },
  { country: 'US', state: 'MN' },
  { country: 'US', state: 'OR' },
  { country: 'US', state: 'CA' },
)
