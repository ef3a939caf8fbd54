import { Refused } from '#chassis/errors.ts'
import type { Cart, Destination } from '#contracts/checkout/cart.ts'
import type { PricedPart } from '#pricing/price-order.ts'
import { destinationOf } from '#pricing/price-order.ts'
import { cartIssues } from './cart-issues.ts'
import { contentPagesOf } from './content-pages.ts'
import type { Wares } from './wares.ts'

/** The cart with every option that the publisher or the visitor chose: what is ordered and what the quote is of. */
export function completeCart({ sale }: Pick<Wares, 'sale'>, cart: Cart): Cart {
  return { ...cart, options: { ...sale.offers[cart.offer]?.options, ...cart.options } }
}

/** What the price is made of, as order-api will see it in the order; `pointer`: to the destination. Throws Refused `invalid_request` with every fault of the cart. */
export function pricedPartOf(wares: Wares, cart: Cart, destination: Destination, pointer = '/destination'): PricedPart {
  const issues = cartIssues(wares, cart)
  if (issues.length > 0) throw new Refused('invalid_request', 'This cannot be bought like that.', issues)
  const { sku = '', margin } = wares.sale.offers[cart.offer] ?? {}
  const pages = contentPagesOf(wares, cart.offer)
  const { quantity, options } = completeCart(wares, cart)
  return {
    items: [
      {
        ...{ sku, quantity, options },
        ...(pages === undefined ? {} : { pages }),
        ...(margin === undefined ? {} : { margin }),
      },
    ],
    destination: destinationOf(destination),
    currency: wares.sale.currency,
    recipientPointer: pointer,
  }
}
