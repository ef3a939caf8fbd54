import { Refused } from '#chassis/errors.ts'
import { openAttempt, underWay } from '../checkouts/begin-attempt.ts'
import type { Attempt, Checkout } from '../checkouts/checkout.ts'
import { paymentWishOf } from '../checkouts/payment-wish-of.ts'
import { settlePayment, type Told } from '../checkouts/settle-payment.ts'
import type { PaymentState } from '../payment/payments.ts'
import { changeCheckout } from '../store/change-checkout.ts'
import type { MoneyContext } from './money-context.ts'

/**
 * Asks the provider how a payment stands that nobody told of: the webhook was lost, the tab was closed. That a time is over proves nothing; only
 * the provider’s word ends an attempt. One that is not wanted any more is ended there. Throws Transient while it does not answer.
 */
export async function lookAtPayments(context: MoneyContext, id: string): Promise<void> {
  const { store, now } = context
  const checkout = await store.find(id)
  const attempt = checkout && underWay(checkout)
  if (!checkout || !attempt) return
  const told = await ask(context, checkout, attempt)
  if (told) await changeCheckout(store, id, now, (each) => settlePayment(each, told, now()))
}

async function ask(context: MoneyContext, checkout: Checkout, attempt: Attempt): Promise<Told | undefined> {
  const { payments, now } = context
  const sessionId = attempt.session?.id ?? (await foundAgain(context, checkout, attempt))
  if (sessionId === undefined) {
    return isClosed(attempt, now()) ? { attempt: attempt.number, standing: 'expired' } : undefined
  }
  const isUnwanted = isClosed(attempt, now()) || checkout.paidAttempt !== undefined
  const look: (isTest: boolean, session: string) => Promise<PaymentState> = isUnwanted ? payments.end : payments.look
  return { attempt: attempt.number, sessionId, ...(await look(checkout.isTest, sessionId)) }
}

const isClosed = ({ expiresAt }: Attempt, now: Date): boolean => expiresAt <= now.toISOString()

/** Whoever began it died before its session was written down: the same wish finds it again. Undefined: the provider has none. */
async function foundAgain(
  { store, payments, keyring, checkoutUrl, now }: MoneyContext,
  checkout: Checkout,
  attempt: Attempt,
): Promise<string | undefined> {
  try {
    const session = await payments.begin(paymentWishOf(checkout, attempt, keyring, checkoutUrl))
    await changeCheckout(store, checkout.id, now, (each) => openAttempt(each, attempt.number, session))
    return session.id
  } catch (error) {
    // Nobody was ever sent to a page of it.
    if (error instanceof Refused) return undefined
    throw error
  }
}
