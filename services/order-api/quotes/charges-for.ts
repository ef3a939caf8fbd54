import { Refused } from '#chassis/errors.ts'
import type { Keyring } from '#chassis/keyring.ts'
import type { Charges, ShippingMethod } from '#contracts/order-api/charges.ts'
import type { PriceData } from '#pricing/price-data.ts'
import { type PricedPart, priceOrder } from '#pricing/price-order.ts'
import { quotedCharges } from '#pricing/quoted-charges.ts'
import type { Owner } from '../store/order-store.ts'

export type Pricing = {
  readonly owner: Owner
  readonly part: PricedPart
  readonly method: ShippingMethod
  /** Charged exactly as quoted; without, by the books of this moment. */
  readonly quoteId?: string | undefined
}

/**
 * What an order is charged. Undefined for a test order to where no tax is known: it goes its way without charges, and a live one is
 * refused. Throws Refused as `quotedCharges` and `priceOrder` do.
 */
export function chargesFor({ quoteId, ...order }: Pricing, data: PriceData, keyring: Keyring): Charges | undefined {
  if (quoteId !== undefined) return quotedCharges({ ...order, quoteId }, data, keyring)
  try {
    return priceOrder(order.part, order.method, data)
  } catch (error) {
    if (order.owner.isTest && error instanceof Refused && error.code === 'tax_unknown') return undefined
    throw error
  }
}
