import type { ShippingMethod } from '#contracts/order-api/charges.ts'
import { type PriceBook, restOfTheWorld, type ShippingRate } from '#contracts/prices/price-book.ts'

export type Route = { readonly country: string; readonly method: ShippingMethod }

/** The rate of the zone that names the country, else of the one for the rest of the world. */
export function shippingRateOf({ shipping }: PriceBook, { country, method }: Route): ShippingRate | undefined {
  const zone =
    shipping.zones.find(({ countries }) => countries.includes(country)) ??
    shipping.zones.find(({ countries }) => countries.includes(restOfTheWorld))
  return zone?.methods[method]
}
