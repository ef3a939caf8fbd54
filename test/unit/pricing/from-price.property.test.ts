import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Refused } from '#chassis/errors.ts'
import { catalogue } from '#contracts/catalogue/catalogue.ts'
import type { Product } from '#contracts/catalogue/product.ts'
import { pageRangeOf } from '#contracts/geometry/geometry.ts'
import type { ChargeLine } from '#contracts/order-api/charges.ts'
import { PublicationFields } from '#contracts/order-api/publication.ts'
import { issuesOf } from '#contracts/parse.ts'
import { type FromWish, fromPrice } from '#pricing/from-price.ts'
import { quote } from '#pricing/quote.ts'
import { localPriceBooks } from '../../../local/prices/local-price-books.ts'
import { aPublication, world } from '../order-api/published/world.ts'

const currencies = [...new Set(localPriceBooks.map(({ currency }) => currency))]
/** Of the United States the state is needed: a quote has a tax there, a button has none. */
const countries = ['NL', 'DE', 'GB', 'FI', 'CH', 'NO', undefined] as const

/** What a quote says of one copy, at each facility that sells it; in its own country where no other is said. */
const quotedLines = ({ product, currency, pages, options = {}, country }: FromWish): ChargeLine[] =>
  world.facilities.flatMap(({ id, country: own }) => {
    const item = { sku: product.sku, quantity: 1, options, facilityId: id, ...(pages === undefined ? {} : { pages }) }
    const place = country ?? own
    const destination = { country: place, ...(place === 'US' ? { state: 'OR' } : {}) }
    try {
      return quote({ items: [item], destination, currency }, world).options[0]?.charges.lines ?? []
    } catch (error) {
      if (error instanceof Refused && ['price_unknown', 'invalid_request'].includes(error.code)) return []
      throw error
    }
  })

const leastOf = (lines: readonly ChargeLine[]) => [...lines].sort((a, b) => a.net - b.net || a.gross - b.gross)[0]

function expectQuoted(wish: FromWish): boolean {
  const from = fromPrice(wish, world)
  const least = leastOf(quotedLines(wish))
  expect([from?.amount, from?.printed_pages]).toEqual([least?.net, least?.printed_pages])
  if (from?.country !== undefined) {
    expect([from.gross, from.tax_rate_percent]).toEqual([least?.gross, least?.tax.rate_percent])
  }
  return from !== undefined
}

test('every product in every currency: what a button says is what the cheapest quote of one copy says', () => {
  const shown = currencies.flatMap((currency) =>
    catalogue.flatMap((product) =>
      countries.filter((country) => {
        const pages = pageRangeOf(product).minimum
        return expectQuoted({ product, currency, pages, ...(country === undefined ? {} : { country }) })
      }),
    ),
  )
  expect(shown.length).toBeGreaterThan(catalogue.length * countries.length)
})

const pagesOf = (product: Product) => {
  const { minimum, maximum } = pageRangeOf(product)
  return fc.integer({ min: minimum, max: maximum })
}
const optionsOf = ({ options }: Product) =>
  fc
    .tuple(...Object.entries(options).map(([name, { values }]) => fc.constantFrom(...values).map((it) => [name, it])))
    .map((chosen): Record<string, string> => Object.fromEntries(chosen))
const wishes = fc.constantFrom(...catalogue).chain((product) =>
  fc.record(
    {
      product: fc.constant(product),
      currency: fc.constantFrom(...currencies),
      pages: pagesOf(product),
      options: optionsOf(product),
      country: fc.constantFrom('NL', 'DE', 'GB', 'FI', 'CH', 'NO'),
    },
    { requiredKeys: ['product', 'currency', 'pages'] },
  ),
)

test('whatever its pages, options and country', () => {
  fc.assert(
    fc.property(wishes, (wish) => {
      expectQuoted(wish)
    }),
    { numRuns: 400 },
  )
})

const percents = fc.integer({ min: 0, max: 100_000 })

test('every margin of two decimals can be saved, and is added to the nearest minor unit, half away from zero', () => {
  fc.assert(
    fc.property(wishes, percents, (wish, hundredths) => {
      const margin = { percent: hundredths / 100 }
      const offers = [{ sku: wish.product.sku, margin }]
      expect(issuesOf(PublicationFields, aPublication({ offers }).fields)).toEqual([])
      const [bare, sold] = [fromPrice(wish, world), fromPrice({ ...wish, margin }, world)]
      if (!bare || !sold) return
      const error = (sold.amount - bare.amount) * 10_000 - bare.amount * hundredths
      expect(error > -5_000 && error <= 5_000).toBe(true)
      if (sold.gross === undefined) return
      const tax = (sold.gross - sold.amount) * 100_000 - sold.amount * Math.round((sold.tax_rate_percent ?? 0) * 1000)
      expect(Math.abs(tax)).toBeLessThanOrEqual(sold.amount === bare.amount ? 100_000 : 50_000)
    }),
    { numRuns: 400 },
  )
})
