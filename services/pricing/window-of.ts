import type { CurrencyCode } from '#contracts/money.ts'
import { booksNow } from './books-now.ts'
import { deliveryWindow, leavesOn } from './delivery-window.ts'
import type { PriceData } from './price-data.ts'
import { type Route, shippingRateOf } from './shipping-rate.ts'

type Parcel = Route & { readonly currency: CurrencyCode; readonly skus: readonly string[] }

/** When it arrives what a facility is asked for now, as it would be quoted; undefined where it has no such rate. */
export function windowOf(facilityId: string, parcel: Parcel, data: PriceData) {
  const found = makerOf(facilityId, parcel, data)
  return found && deliveryWindow(data.now, found.rate, found.maker)
}

/**
 * When it should have left, by the same count: that day at three in the afternoon by the sun, when carriers come; by the clocks there and by
 * UTC it is the same day. Undefined where the facility has no such rate.
 */
export function leavesBy(facilityId: string, parcel: Parcel, data: PriceData): string | undefined {
  const found = makerOf(facilityId, parcel, data)
  if (!found) return undefined
  const day = leavesOn(data.now, found.rate, found.maker)
  const hour = Math.min(23, 15 - Math.round(found.maker.facility.longitude / 15))
  return `${day}T${String(hour).padStart(2, '0')}:00:00.000Z`
}

function makerOf(facilityId: string, { currency, skus, ...route }: Parcel, data: PriceData) {
  const book = booksNow(facilityId, data).find((each) => each.currency === currency)
  const rate = book && shippingRateOf(book, route)
  const facility = data.facilities.find(({ id }) => id === facilityId)
  const { cutOffUtc } = book?.shipping ?? {}
  if (!rate || !facility || cutOffUtc === undefined) return undefined
  return { rate, maker: { cutOffUtc, facility, skus } }
}
