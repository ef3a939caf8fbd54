import type { ChargeLine, ShippingCharge } from '#contracts/order-api/charges.ts'
import type { PriceBook } from '#contracts/prices/price-book.ts'
import { deliveryWindow } from './delivery-window.ts'
import { dutyMinor } from './duty.ts'
import { pack } from './pack.ts'
import type { PlacedItem } from './place-item.ts'
import type { PlaceTax } from './place-tax.ts'
import { type Route, shippingRateOf } from './shipping-rate.ts'
import { taxed } from './taxed.ts'

export type ShippingWish = Route & {
  readonly placeTax: PlaceTax
  readonly now: Date
}

/** What one facility's parcels cost by one method, or why that method is not to be had. Never free for want of a rate. */
export function chargeShipping(
  items: readonly [PlacedItem, ...PlacedItem[]],
  lines: readonly ChargeLine[],
  wish: ShippingWish,
): ShippingCharge | { readonly detail: string } {
  const [{ facility, book }] = items
  const { shipping } = book
  const rate = shippingRateOf(book, wish)
  if (!rate) return { detail: noRateWords(book, wish) }
  const loads = items.map(({ item, copyGrams }) => ({ sku: item.sku, copies: item.quantity, copyGrams }))
  const packed = pack(loads, shipping.parcel, rate)
  if ('detail' in packed) return { detail: unpackedWords(book, wish, packed.detail) }
  const carried = lines.filter(({ item }) => items.some(({ index }) => index === item))
  const goods = carried.reduce((sum, { net }) => sum + net, 0)
  const duty = dutyMinor(items[0], wish.country, goods)
  const tax = shippingTax(carried, wish.placeTax, book)
  return {
    facility_id: facility.id,
    method: wish.method,
    items: items.map(({ index }) => index),
    parcels: packed.parcels,
    weight_grams: packed.weightGrams,
    ...deliveryWindow(wish.now, rate, { cutOffUtc: shipping.cutOffUtc, facility, skus: loads.map(({ sku }) => sku) }),
    ...(duty === undefined ? {} : { duty }),
    tax,
    ...taxed(packed.priceMinor + (duty ?? 0), tax.rate_percent, book.isTaxInclusive),
  }
}

export const noRateWords = ({ facilityId, currency }: PriceBook, { method, country }: Route): string =>
  `${facilityId} has no ${method} rate to ${country} in ${currency}`

export const unpackedWords = ({ facilityId }: PriceBook, { method }: Route, detail: string): string =>
  `${facilityId}, ${method}: ${detail}`

/** Carriage follows what it carries: the highest rate among the lines, where shipping is taxed at all. */
function shippingTax(carried: readonly ChargeLine[], placeTax: PlaceTax, book: PriceBook): ShippingCharge['tax'] {
  const rate = placeTax.isShippingTaxed ? Math.max(0, ...carried.map(({ tax }) => tax.rate_percent)) : 0
  return {
    kind: placeTax.isShippingTaxed ? placeTax.kind : 'none',
    jurisdiction: placeTax.jurisdiction,
    rate_percent: rate,
    is_inclusive: book.isTaxInclusive,
  }
}
