import type { CurrencyCode } from '#contracts/money.ts'
import { destinationOf, type PricedPart } from '#pricing/price-order.ts'
import type { Order } from '../orders/order.ts'

/** The priced part of an order that exists: what it is made of stays with its facilities. */
export function pricedPartOf(order: Order, currency: CurrencyCode): PricedPart {
  return {
    currency,
    destination: destinationOf(order.recipient.address),
    items: order.items.map(({ product, quantity, orderedPages, options, facilityId }) => ({
      sku: product.sku,
      quantity,
      ...(orderedPages === undefined ? {} : { pages: orderedPages }),
      options,
      facilityId,
    })),
  }
}
