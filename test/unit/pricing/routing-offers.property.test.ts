import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Refused } from '#chassis/errors.ts'
import { proportionMinor } from '#contracts/money.ts'
import type { PriceData } from '#pricing/price-data.ts'
import { type PricedPart, priceOrder } from '#pricing/price-order.ts'
import { createOfferAt } from '#pricing/routing/offers.ts'
import { localFacilities } from '../../../local/facilities.ts'
import { randomBook, randomDestination, randomItem } from './random-books.ts'
import { data, now, part } from './world.ts'

const utrecht = localFacilities.filter(({ id }) => id === 'fac_utrecht')
const anOrder = {
  book: randomBook,
  items: fc.array(randomItem, { minLength: 1, maxLength: 4 }),
  destination: randomDestination,
  method: fc.constantFrom('standard' as const, 'express' as const),
  hours: fc.integer({ min: 0, max: 24 * 14 }),
  productionDays: fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined }),
  leafMicrometres: fc.option(fc.integer({ min: 60, max: 300 }), { nil: undefined }),
  isOpenByItself: fc.boolean(),
}

test('what routing weighs is what the quote charges: cost and last day, for whatever book, order and moment', () => {
  fc.assert(
    fc.property(fc.record(anOrder), (drawn) => {
      const { book, items, destination, method } = drawn
      const [first] = utrecht
      if (!first) throw new Error('There is no facility in Utrecht')
      const spine = drawn.leafMicrometres && {
        ...{ kind: 'caliper' as const, leafMicrometres: drawn.leafMicrometres, coverMicrometres: 300 },
      }
      const facility = {
        ...first,
        ...(drawn.isOpenByItself ? {} : { opening: undefined }),
        products: first.products.map((product) => ({
          ...product,
          ...(spine ? { spine } : {}),
          ...(drawn.productionDays === undefined ? {} : { productionDays: drawn.productionDays }),
        })),
      }
      const { opening, ...always } = facility
      const facilities = [opening ? { ...always, opening } : always]
      const world = { ...data, facilities, books: [book], now: new Date(now.getTime() + drawn.hours * 3_600_000) }
      const wanted = part(items, { destination, currency: book.currency })
      const offer = createOfferAt(items, wanted, method, world)(facility)
      const expected = charged(wanted, method, world)
      if (expected === 'dearer than any') return
      expect('detail' in offer ? 'none' : [offer.costMinor, offer.promisedDay]).toEqual(expected)
    }),
    { numRuns: 300 },
  )
})

/** Net cost and last day as a quote has them; none where it is refused. Routing knows no largest amount, quotes do. */
function charged(wanted: PricedPart, method: 'standard' | 'express', world: PriceData) {
  const items = wanted.items.map(({ margin: _, ...item }) => ({ ...item, facilityId: 'fac_utrecht' }))
  try {
    const { lines, shipping } = priceOrder({ ...wanted, items }, method, world)
    const net = [...lines, ...shipping].reduce((sum, each) => sum + each.net, 0)
    return [net, Date.parse(shipping[0]?.latest ?? '') / 86_400_000]
  } catch (error) {
    if (error instanceof Refused && /may cost/.test(error.issues[0]?.detail ?? '')) return 'dearer than any'
    if (error instanceof Refused) return 'none'
    throw error
  }
}

test('a proportion is exact and rounded half away from zero, of small amounts and of the largest', () => {
  const whole = fc.oneof(fc.integer({ min: -10_000, max: 10_000 }), fc.maxSafeInteger())
  const percent = fc.integer({ min: 0, max: 200_000 })
  fc.assert(
    fc.property(whole, percent, fc.integer({ min: 1, max: 200_000 }), (amount, numerator, denominator) => {
      const product = BigInt(amount) * BigInt(numerator)
      const size = product < 0n ? -product : product
      const rounded = (2n * size + BigInt(denominator)) / (2n * BigInt(denominator))
      expect(proportionMinor(amount, numerator, denominator)).toBe(Number(product < 0n ? -rounded : rounded))
    }),
    { numRuns: 2000 },
  )
})
