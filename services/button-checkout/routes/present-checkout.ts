import { Refused, Transient } from '#chassis/errors.ts'
import type { CheckoutView } from '#contracts/checkout/checkout-view.ts'
import type { CheckoutPrice } from '#contracts/checkout/price.ts'
import type { Checkout } from '../checkouts/checkout.ts'
import { checkoutViewOf, type Shown } from '../checkouts/checkout-view-of.ts'
import { priceCart } from '../offer/price-cart.ts'
import { readWares } from '../offer/read-wares.ts'
import type { Wares } from '../offer/wares.ts'
import type { CheckoutContext } from './context.ts'

export const waresOf = (context: Pick<CheckoutContext, 'published'>, checkout: Checkout): Promise<Wares> =>
  readWares(context.published, { ...checkout.start, publication: checkout.publicationId })

/** With the price of this moment, where there is one: a checkout can also be looked at while nothing can be read. */
export async function presentCheckout(
  context: CheckoutContext,
  checkout: Checkout,
  lastPayment?: Shown['lastPayment'],
): Promise<CheckoutView> {
  const price = await priceOf(context, checkout)
  return checkoutViewOf(checkout, context.keyring, { price, lastPayment })
}

async function priceOf(context: CheckoutContext, checkout: Checkout): Promise<CheckoutPrice | undefined> {
  const { cart, destination } = checkout
  if (!destination) return undefined
  try {
    return priceCart(await waresOf(context, checkout), cart, destination, context.now())
  } catch (error) {
    // The page says what is missing; whoever pays is told why.
    if (error instanceof Refused || error instanceof Transient) return undefined
    throw error
  }
}
