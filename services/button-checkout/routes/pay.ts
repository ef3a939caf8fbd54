import type { Static } from 'typebox'
import { type PayAnswer, PayRequest } from '#contracts/checkout/checkout-view.ts'
import { parse } from '#contracts/parse.ts'
import { underWay } from '../checkouts/begin-attempt.ts'
import type { Attempt, Checkout } from '../checkouts/checkout.ts'
import { linkPath } from '../checkouts/links.ts'
import { beginPayment, frozenPayment, openedPayment } from './begin-payment.ts'
import type { AddRoutes, CheckoutContext } from './context.ts'
import { endUnderWay } from './end-under-way.ts'
import { foundCheckout } from './found-checkout.ts'
import { isBought } from './is-bought.ts'
import { requireVersion } from './require-version.ts'
import { withView } from './with-view.ts'

const shortestPageMilliseconds = 31 * 60_000

/**
 * Leads to the payment page. The same wish again (a double click, the back button) leads to the same page; another one ends the payment that
 * was under way, unless it cannot be granted. What is paid already leads to its order.
 */
export const addPayRoute: AddRoutes = (app, context) => {
  app.post('/checkout/c/:token/pay', { schema: { body: PayRequest } }, async (request, reply) => {
    const found = await foundCheckout(context, 'checkout', request)
    const wish = parse('wish to pay', PayRequest, request.body)
    return withView(context, { request, reply, id: found.id }, () => paymentPage(context, found, wish))
  })
}

async function paymentPage(
  context: CheckoutContext,
  found: Checkout,
  wish: PayRequest,
): Promise<Static<typeof PayAnswer>> {
  if (isBought(found)) return orderPage(context, found)
  requireVersion(found, wish.version)
  const attempt = underWay(found)
  if (attempt && isSameWish(found, attempt, wish, context.now())) return openedPayment(context, found, attempt)
  const frozen = await frozenPayment(context, found, wish)
  const free = await endUnderWay(context, found)
  if (isBought(free)) return orderPage(context, free)
  return beginPayment(context, free, { frozen, ofVersion: wish.version })
}

function isSameWish({ sku }: Checkout, attempt: Attempt, { amount, currency }: PayRequest, now: Date): boolean {
  const { frozen, standing, expiresAt } = attempt
  const { charges } = frozen
  if (sku !== undefined && sku !== frozen.sku) return false
  // Stripe makes no page that would close within half an hour: one that never came to be is not waited for.
  const needed = attempt.session ? now : new Date(now.getTime() + shortestPageMilliseconds)
  const isPayable = standing !== 'pending' && expiresAt > needed.toISOString()
  return isPayable && charges.gross === amount && charges.currency === currency
}

const orderPage = ({ keyring, config }: CheckoutContext, { id }: Checkout): Static<typeof PayAnswer> => ({
  redirect_url: `${config.CHECKOUT_URL}${linkPath(keyring, 'order', id)}`,
})
