import { catalogue } from '#contracts/catalogue/catalogue.ts'
import { countryCentres } from '#contracts/countries.ts'
import type { Facility } from '#contracts/facility.ts'
import { taxTable } from '#contracts/taxes/tax-table.ts'
import type { PriceData } from '#pricing/price-data.ts'
import type { PricedPart } from '#pricing/price-order.ts'
import { productPrice } from '../../local/prices/product-prices.ts'
import { parcel, unionZones } from '../../local/prices/shipping-rates.ts'

export const facilityCount = 1000
export const products = catalogue.slice(0, 100)

/** The same numbers each time (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const europe = ['NL', 'DE', 'FR', 'PL', 'IT', 'ES', 'SE', 'AT', 'BE', 'CZ', 'PT', 'GR']
const skus = products.map(({ sku }) => ({ sku }))

/** Facilities all over Europe, each of which makes every product, with a price book and some work. */
export function makeWorld(): { readonly data: PriceData; readonly parts: readonly PricedPart[] } {
  const random = randomOf(7)
  const facilities = Array.from({ length: facilityCount }, (_, index) => facilityAt(index, random))
  const books = facilities.map(({ id, country }) => {
    const level = { minorPerEuro: 70 + Math.floor(random() * 80) }
    return {
      ...{ facilityId: id, currency: 'EUR' as const, validFrom: '2026-01-01', isTaxInclusive: false },
      products: Object.fromEntries(products.map((product) => [product.sku, productPrice(product, level)])),
      shipping: { zones: unionZones(country, level), cutOffUtc: '11:00', parcel },
    }
  })
  const load = new Map(facilities.map(({ id }) => [id, { pages: random() * 400_000, items: random() * 4_000 }]))
  const loadOf = (id: string) => load.get(id)
  return {
    data: { facilities, books, taxes: taxTable, now: new Date('2026-11-20T09:00:00.000Z'), loadOf },
    parts: Array.from({ length: 1000 }, () => partOf(random)),
  }
}

function facilityAt(index: number, random: () => number): Facility {
  const country = europe[index % europe.length] ?? 'NL'
  const [latitude, longitude] = countryCentres[country] ?? [0, 0]
  return {
    ...{ id: `fac_bench_${index}`, name: `Bench ${index}`, country, city: country, status: 'open', products: skus },
    latitude: latitude + (random() - 0.5) * 6,
    longitude: longitude + (random() - 0.5) * 8,
    opening: { timeZone: 'Europe/Amsterdam', weekdays: [1, 2, 3, 4, 5], cutOff: '12:00' },
    capacity: { pagesADay: 100_000, itemsADay: 1_000 },
    quality: { onTimePercent: 90 + random() * 10, reprintPercent: random() * 2 },
  }
}

function partOf(random: () => number): PricedPart {
  const count = 1 + Math.floor(random() * 3)
  const items = Array.from({ length: count }, () => ({
    sku: products[Math.floor(random() * products.length)]?.sku ?? '',
    quantity: 1 + Math.floor(random() * 20),
    pages: 24 + 2 * Math.floor(random() * 100),
  }))
  return { items, destination: { country: europe[Math.floor(random() * europe.length)] ?? 'NL' }, currency: 'EUR' }
}
