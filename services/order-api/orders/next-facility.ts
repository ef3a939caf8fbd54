import type { Product } from '#contracts/catalogue/product.ts'
import type { CurrencyCode } from '#contracts/money.ts'
import type { Item, Order } from './order.ts'

/** Where an item could be made instead, and what that costs where it was to be made and where it would be; the customer's price stays. */
export type NextFacility = {
  readonly facilityId: string
  /** As that facility makes it. */
  readonly product: Product
  readonly cost?: { readonly beforeMinor: number; readonly afterMinor: number; readonly currency: CurrencyCode }
}

/** Chooses the facility that makes an item after those that had it; or says why there is none. Pure over what it was made of. */
export type ChooseNext = (order: Order, item: Item) => NextFacility | { readonly reason: string }

/** Where nothing is known of other facilities. */
export const nobodyElse: ChooseNext = () => ({ reason: 'other facilities were not looked at' })
