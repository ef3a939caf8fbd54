import { Refused, Transient } from '#chassis/errors.ts'
import { underWay } from '../checkouts/begin-attempt.ts'
import type { Checkout } from '../checkouts/checkout.ts'
import { linkPath } from '../checkouts/links.ts'
import { settlePayment } from '../checkouts/settle-payment.ts'
import { changeCheckout } from '../store/change-checkout.ts'
import { cancelledQuery } from './checkout-page.ts'
import type { AddRoutes, CheckoutContext } from './context.ts'
import { foundCheckout } from './found-checkout.ts'
import { inTime } from './in-time.ts'
import { isBought } from './is-bought.ts'

/** Nobody who has paid waits for longer: the order page says that the payment is being confirmed. */
const lookWithinMilliseconds = 4_000

/**
 * Where the payment page leads back to. After paying the provider is asked once, so that the order page says "paid" whatever the webhook does;
 * this may be called any number of times, and by anybody who has the link: it believes the provider alone.
 */
export const addReturnRoutes: AddRoutes = (app, context) => {
  const { keyring } = context
  app.get('/checkout/c/:token/done', async (request, reply) => {
    const found = await foundCheckout(context, 'checkout', request)
    const { checkout, isUnpaid } = isBought(found) ? { checkout: found, isUnpaid: false } : await looked(context, found)
    const kind = checkout.state === 'open' || isUnpaid ? 'checkout' : 'order'
    return reply.redirect(linkPath(keyring, kind, found.id), 303)
  })
  app.get('/checkout/c/:token/back', async (request, reply) => {
    const found = await foundCheckout(context, 'checkout', request)
    return reply.redirect(`${linkPath(keyring, 'checkout', found.id)}?${cancelledQuery}`, 303)
  })
}

/** `isUnpaid`: the payment page still waits; whoever comes from there has not paid. */
type Looked = { readonly checkout: Checkout; readonly isUnpaid: boolean }

/** As the provider says; as it was where that does not answer in time: the sweeper looks later. */
async function looked(context: CheckoutContext, checkout: Checkout): Promise<Looked> {
  const { payments, store, now } = context
  const attempt = underWay(checkout)
  if (!attempt?.session) return { checkout, isUnpaid: false }
  const { number, session } = attempt
  try {
    const state = await inTime(payments.look(checkout.isTest, session.id), lookWithinMilliseconds)
    const known = await changeCheckout(store, checkout.id, now, (found) =>
      settlePayment(found, { attempt: number, ...state }, now()),
    )
    return { checkout: known ?? checkout, isUnpaid: state.standing === 'open' }
  } catch (error) {
    if (error instanceof Transient || error instanceof Refused) return { checkout, isUnpaid: false }
    throw error
  }
}
