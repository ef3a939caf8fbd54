import { Refused, Transient } from '#chassis/errors.ts'
import { underWay } from '../checkouts/begin-attempt.ts'
import type { Attempt, Checkout } from '../checkouts/checkout.ts'
import { paymentWishOf } from '../checkouts/payment-wish-of.ts'
import { settlePayment } from '../checkouts/settle-payment.ts'
import type { PaymentState } from '../payment/payments.ts'
import { changeCheckout } from '../store/change-checkout.ts'
import type { CheckoutContext } from './context.ts'
import { inTime } from './in-time.ts'

/** Beside it a new payment may be begun, within ten seconds in all. */
const endWithinMilliseconds = 4_500

/**
 * The checkout without a payment under way: ended at its provider, or found to be paid. Throws Refused `payment_uncertain` while nobody can
 * say, or a bank has it in hand: nothing may be changed then.
 */
export async function endUnderWay(context: CheckoutContext, checkout: Checkout): Promise<Checkout> {
  const attempt = underWay(checkout)
  if (!attempt) return checkout
  const state = await ended(context, checkout, attempt)
  const settled = await changeCheckout(context.store, checkout.id, context.now, (found) =>
    settlePayment(found, { attempt: attempt.number, ...state }, context.now()),
  )
  if (!settled || underWay(settled)) throw uncertain('A payment is under way that cannot be ended any more.')
  return settled
}

async function ended(context: CheckoutContext, checkout: Checkout, attempt: Attempt): Promise<PaymentState> {
  const { payments, keyring, config } = context
  const end = async (): Promise<PaymentState> => {
    // Where a crash lost the session, asking again brings the same one.
    const session =
      attempt.session ?? (await payments.begin(paymentWishOf(checkout, attempt, keyring, config.CHECKOUT_URL)))
    return payments.end(checkout.isTest, session.id)
  }
  try {
    return await inTime(end(), endWithinMilliseconds)
  } catch (error) {
    if (error instanceof Transient) throw uncertain('The payment page does not answer; try again in a moment.', error)
    if (!(error instanceof Refused)) throw error
    // There never was a page: the provider will not have it.
    if (!attempt.session) return { standing: 'failed' }
    throw uncertain('The payment page does not say how it stands; try again in a moment.', error)
  }
}

const uncertain = (words: string, cause?: Error): Refused =>
  new Refused('payment_uncertain', words, [], cause ? { cause } : {})
