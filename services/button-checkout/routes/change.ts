import { Refused } from '#chassis/errors.ts'
import { CheckoutChange } from '#contracts/checkout/checkout-view.ts'
import { parse } from '#contracts/parse.ts'
import { localeOf } from '#look/words.ts'
import { applyChange } from '../checkouts/apply-change.ts'
import { buyerIssues } from '../checkouts/buyer-issues.ts'
import type { Checkout } from '../checkouts/checkout.ts'
import { cartIssues } from '../offer/cart-issues.ts'
import { changeCheckout } from '../store/change-checkout.ts'
import type { AddRoutes, CheckoutContext } from './context.ts'
import { endUnderWay } from './end-under-way.ts'
import { foundCheckout } from './found-checkout.ts'
import { isBought } from './is-bought.ts'
import { presentCheckout, waresOf } from './present-checkout.ts'
import { requireVersion } from './require-version.ts'
import { withView } from './with-view.ts'

/**
 * Fills in a checkout. A payment that is under way is ended first, so that nobody pays for what they no longer see; when it turns out to be
 * paid, nothing is changed and the answer says so.
 */
export const addChangeRoute: AddRoutes = (app, context) => {
  app.patch('/checkout/c/:token', { schema: { body: CheckoutChange } }, async (request, reply) => {
    const found = await foundCheckout(context, 'checkout', request)
    const change = parse('change', CheckoutChange, request.body)
    return withView(context, { request, reply, id: found.id }, async () =>
      presentCheckout(context, await changed(context, found, change)),
    )
  })
}

async function changed(context: CheckoutContext, found: Checkout, change: CheckoutChange): Promise<Checkout> {
  if (isBought(found)) return found
  requireVersion(found, change.version)
  // Before a payment is ended for it: a faulty change ends none.
  const sku = await soundSku(context, found, change)
  const free = await endUnderWay(context, found)
  if (isBought(free)) return free
  const { version: _seen, language, ...rest } = change
  const wanted = { ...rest, sku, ...(language === undefined ? {} : { language: localeOf(language) }) }
  const saved = await changeCheckout(context.store, free.id, context.now, (checkout) => {
    requireVersion(checkout, free.version)
    return applyChange(checkout, wanted)
  })
  return saved ?? free
}

/** What is chosen, where something is. Throws Refused with every fault of the change. */
async function soundSku(context: CheckoutContext, found: Checkout, { cart, buyer }: CheckoutChange) {
  const wares = cart && (await waresOf(context, found))
  const issues = [...(wares ? cartIssues(wares, cart) : []), ...(buyer ? buyerIssues(buyer) : [])]
  if (issues.length > 0) throw new Refused('invalid_request', 'The fields listed in errors are not acceptable.', issues)
  return cart && wares?.sale.offers[cart.offer]?.sku
}
