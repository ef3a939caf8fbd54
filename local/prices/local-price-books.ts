import { productOf } from '#contracts/catalogue/catalogue.ts'
import type { Product } from '#contracts/catalogue/product.ts'
import { type Facility, productAt } from '#contracts/facility.ts'
import type { DutyRule, PriceBook } from '#contracts/prices/price-book.ts'
import { localFacilities } from '../facilities.ts'
import { type Level, productPrice } from './product-prices.ts'
import { americanZones, parcel, unionZones } from './shipping-rates.ts'

const validFrom = '2026-01-01'

/** Test prices, not rates of exchange: each currency has its own level, as a shop would set it. */
const levels = {
  EUR: { minorPerEuro: 100 },
  USD: { minorPerEuro: 109 },
  GBP: { minorPerEuro: 104 },
  JPY: { minorPerEuro: 165 },
  BHD: { minorPerEuro: 410 },
} as const satisfies Readonly<Record<string, Level>>
type LocalCurrency = keyof typeof levels

type Wanted = {
  readonly facilityId: string
  readonly currency: LocalCurrency
  /** Every product of the facility without. */
  readonly skus?: readonly string[]
  readonly isTaxInclusive?: boolean
  readonly cutOffUtc: string
  readonly duty?: (level: Level) => DutyRule[]
}

/** Printed books are free of duty nearly everywhere, the rest costs a few percent; the customs agent is paid by the parcel's sender. */
const paidToSwitzerlandAndNorway = ({ minorPerEuro }: Level): DutyRule[] => [
  { countries: ['CH', 'NO'], percentOfGoods: 2.5, clearance: Math.round(4.5 * minorPerEuro) },
]

const wanted: readonly Wanted[] = [
  { facilityId: 'fac_utrecht', currency: 'EUR', cutOffUtc: '11:00' },
  // As shops in Great Britain show prices: with the tax in them, for those who buy from there.
  { facilityId: 'fac_utrecht', currency: 'GBP', cutOffUtc: '11:00', isTaxInclusive: true },
  { facilityId: 'fac_leipzig', currency: 'EUR', cutOffUtc: '10:00', duty: paidToSwitzerlandAndNorway },
  // Currencies without decimals and with three.
  { facilityId: 'fac_leipzig', currency: 'JPY', cutOffUtc: '10:00', skus: ['poster-a1', 'canvas-60x90'] },
  { facilityId: 'fac_leipzig', currency: 'BHD', cutOffUtc: '10:00', skus: ['poster-a1', 'photobook-210x280'] },
  { facilityId: 'fac_columbus', currency: 'USD', cutOffUtc: '16:00' },
  { facilityId: 'fac_columbus', currency: 'EUR', cutOffUtc: '16:00' },
]

/** The price books of the test facilities: every product that they make, in their own currency and in others. */
export const localPriceBooks: readonly PriceBook[] = wanted.map(bookOf)

function bookOf({ facilityId, currency, skus, isTaxInclusive = false, cutOffUtc, duty }: Wanted): PriceBook {
  const facility = localFacilities.find(({ id }) => id === facilityId)
  if (!facility) throw new Error(`${facilityId} has prices and is no local facility`)
  const level = levels[currency]
  const made = productsOf(facility).filter(({ sku }) => skus === undefined || skus.includes(sku))
  return {
    ...{ facilityId, currency, validFrom, isTaxInclusive },
    products: Object.fromEntries(made.map((product) => [product.sku, productPrice(product, level)])),
    shipping: {
      zones: facility.country === 'US' ? americanZones(level) : unionZones(facility.country, level),
      cutOffUtc,
      parcel,
    },
    ...(duty ? { duty: duty(level) } : {}),
  }
}

function productsOf(facility: Facility): Product[] {
  return facility.products.flatMap(({ sku }) => {
    const catalogued = productOf(sku)
    return (catalogued && productAt(facility, catalogued)) ?? []
  })
}
