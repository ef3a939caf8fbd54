import type { ShippingRate, ShippingZone } from '#contracts/prices/price-book.ts'
import { vatOfTheUnion } from '#contracts/taxes/vat-of-the-union.ts'
import type { Level } from './product-prices.ts'

/** Test facilities pack into cartons of these limits. */
export const parcel = { mostGrams: 20_000, mostCopies: 250, packagingGrams: 180 }

const weights = [500, 2_000, 5_000, 10_000, 20_000] as const
type Prices = readonly [number, number, number, number, number]
type Days = readonly [production: number, least: number, most: number]

/** Prices in euros by weight, and working days. */
function rate([production, minimum, maximum]: Days, euros: Prices, { minorPerEuro }: Level): ShippingRate {
  return {
    brackets: weights.map((upToGrams, index) => ({
      upToGrams,
      price: Math.max(1, Math.round((euros[index] ?? 0) * minorPerEuro)),
    })),
    productionDays: production,
    transitDays: { minimum, maximum },
  }
}

/** A facility in the Union: its own country, the Union, three neighbours of it, and the rest of the world, where nobody is fast. */
export function unionZones(own: string, level: Level): ShippingZone[] {
  return [
    {
      name: 'at home',
      countries: [own],
      methods: {
        standard: rate([3, 1, 2], [3.95, 5.95, 7.45, 8.95, 12.95], level),
        express: rate([1, 1, 1], [8.95, 11.95, 14.95, 18.95, 27.95], level),
      },
    },
    {
      name: 'European Union',
      countries: Object.keys(vatOfTheUnion).filter((country) => country !== own),
      methods: {
        standard: rate([3, 2, 5], [6.95, 9.95, 13.95, 17.95, 26.95], level),
        express: rate([1, 1, 2], [16.95, 21.95, 27.95, 36.95, 54.95], level),
      },
    },
    {
      name: 'Great Britain, Norway, Switzerland',
      countries: ['GB', 'NO', 'CH'],
      methods: {
        standard: rate([3, 4, 8], [9.95, 14.95, 19.95, 27.95, 39.95], level),
        express: rate([1, 2, 4], [24.95, 32.95, 41.95, 54.95, 79.95], level),
      },
    },
    {
      name: 'rest of the world',
      countries: ['*'],
      methods: { standard: rate([3, 7, 21], [14.95, 24.95, 44.95, 74.95, 129.95], level) },
    },
  ]
}

export function americanZones(level: Level): ShippingZone[] {
  return [
    {
      name: 'United States',
      countries: ['US'],
      methods: {
        standard: rate([3, 2, 6], [4.5, 7.95, 11.95, 16.95, 26.95], level),
        express: rate([1, 1, 2], [14.95, 22.95, 34.95, 49.95, 79.95], level),
      },
    },
    {
      name: 'Canada, Mexico',
      countries: ['CA', 'MX'],
      methods: { standard: rate([3, 5, 12], [9.95, 16.95, 24.95, 36.95, 59.95], level) },
    },
    {
      name: 'rest of the world',
      countries: ['*'],
      methods: { standard: rate([3, 7, 21], [16.95, 29.95, 49.95, 84.95, 149.95], level) },
    },
  ]
}
