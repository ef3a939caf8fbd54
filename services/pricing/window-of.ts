import type { CurrencyCode } from '#contracts/money.ts'
import { booksNow } from './books-now.ts'
import { deliveryWindow } from './delivery-window.ts'
import type { PriceData } from './price-data.ts'
import { type Route, shippingRateOf } from './shipping-rate.ts'

/** When it arrives what a facility is asked for now, as it would be quoted; undefined where it has no such rate. */
export function windowOf(
  facilityId: string,
  route: Route & { readonly currency: CurrencyCode; readonly skus: readonly string[] },
  data: PriceData,
) {
  const book = booksNow(facilityId, data).find(({ currency }) => currency === route.currency)
  const rate = book && shippingRateOf(book, route)
  const facility = data.facilities.find(({ id }) => id === facilityId)
  const { cutOffUtc } = book?.shipping ?? {}
  if (!rate || !facility || cutOffUtc === undefined) return undefined
  return deliveryWindow(data.now, rate, { cutOffUtc, facility, skus: route.skus })
}
