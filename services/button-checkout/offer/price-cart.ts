import { Refused } from '#chassis/errors.ts'
import type { Cart, Destination } from '#contracts/checkout/cart.ts'
import type { CheckoutPrice } from '#contracts/checkout/price.ts'
import type { Charges } from '#contracts/order-api/charges.ts'
import { type Quoted, quote } from '#pricing/quote.ts'
import { shownCharges } from '../checkouts/shown-charges.ts'
import { pricedPartOf } from './priced-part.ts'
import type { Wares } from './wares.ts'

/** What a cart costs by each method, by the arithmetic of quotes. Pure. Throws Refused with pointers into `cart` and `destination`. */
export function priceCart(wares: Wares, cart: Cart, destination: Destination, now: Date): CheckoutPrice {
  const { options } = quoteCart(wares, cart, destination, now)
  return {
    object: 'price',
    currency: wares.sale.currency,
    methods: options.map(({ method, charges }) => ({
      shipping_method: method,
      charges: shownCharges(charges),
      ...windowOfAll(charges),
    })),
    as_of: wares.prices.asOf,
  }
}

/** The quote behind it; `pointer`: to the destination, for faults of it. */
export function quoteCart(wares: Wares, cart: Cart, destination: Destination, now: Date, pointer?: string): Quoted {
  const part = pricedPartOf(wares, cart, destination, pointer)
  try {
    return quote(part, { ...wares.prices, policy: wares.sale.routing, now })
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    const issues = error.issues.map((issue) => ({ ...issue, pointer: issue.pointer.replace(/^\/items\/0/, '/cart') }))
    throw new Refused(error.code, error.message, issues, { cause: error })
  }
}

/** From the first day that a parcel may come to the last day that all are there. */
export function windowOfAll({ shipping }: Pick<Charges, 'shipping'>): {
  readonly earliest: string
  readonly latest: string
} {
  const earliest = shipping.map((each) => each.earliest).sort()
  const latest = shipping.map((each) => each.latest).sort()
  return { earliest: earliest[0] ?? '', latest: latest.at(-1) ?? '' }
}
