import type { CurrencyCode } from '#contracts/money.ts'
import type { Charges, ShippingMethod } from '#contracts/order-api/charges.ts'
import type { Margin } from '#contracts/order-api/publication-fields.ts'
import type { PriceData } from './price-data.ts'
import { quote } from './quote.ts'

/** Where it goes, as far as the price depends on it. */
export type Destination = { readonly country: string; readonly state?: string; readonly postalCode?: string }

export type PricedItem = {
  readonly sku: string
  readonly quantity: number
  /** Pages of content; blank ones up to the binding's multiple are added by the price. */
  readonly pages?: number
  readonly options?: Readonly<Record<string, string>>
  /** Where it is made, when that is settled; without, routing decides. */
  readonly facilityId?: string
  /** What a publisher adds to each copy, on top of the price without tax. */
  readonly margin?: Margin
}

/** The part of an order that its price is made of. */
export type PricedPart = {
  readonly items: readonly PricedItem[]
  readonly destination: Destination
  readonly currency: CurrencyCode
  /** Where the request says the destination, for the pointers of its faults; `/recipient/address` without. */
  readonly recipientPointer?: string
}

/**
 * What an order costs with one shipping method, by the books as they are at `data.now`; its lines as `agreed`, where they are. Pure.
 * Throws Refused: `invalid_request` (pages or state missing), `price_unknown`, `shipping_unknown`, `tax_unknown`.
 */
export function priceOrder(
  part: PricedPart,
  method: ShippingMethod,
  data: PriceData,
  agreed?: Charges['lines'],
): Charges {
  const [option] = quote(part, data, [method], agreed).options
  if (!option) throw new Error(`A quote had neither a price for ${method} nor a reason why not`)
  return option.charges
}

/** Where an address is, as far as the price depends on it. */
export const destinationOf = (address: {
  readonly country: string
  readonly state?: string | undefined
  readonly postal_code?: string | undefined
}): Destination => ({
  country: address.country,
  ...(address.state === undefined ? {} : { state: address.state }),
  ...(address.postal_code === undefined ? {} : { postalCode: address.postal_code }),
})
