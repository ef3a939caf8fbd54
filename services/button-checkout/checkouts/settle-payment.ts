import type { PaymentState } from '../payment/payments.ts'
import { underWay } from './begin-attempt.ts'
import type { Attempt, Checkout } from './checkout.ts'
import { withDue } from './work-of.ts'

/** How a payment of this checkout stands, by whoever said so: a webhook, or its provider when it was asked. */
export type Told = PaymentState & { readonly attempt: number; readonly sessionId?: string }

/** Rank only rises: what comes late, twice or out of order changes nothing. Money that came counts, also on an attempt that was over. */
const rank: Readonly<Record<Attempt['standing'], number>> = {
  creating: 0,
  open: 1,
  pending: 2,
  failed: 3,
  expired: 3,
  paid: 4,
}

/**
 * The checkout with what was told of a payment. The first payment counts: of the frozen amount it makes the checkout paid, of any other it is given
 * back and the checkout refused. Any later payment is given back. The same object: nothing new.
 */
export function settlePayment(checkout: Checkout, told: Told, now: Date): Checkout {
  const attempt = checkout.attempts.find(({ number }) => number === told.attempt)
  if (!attempt || rank[told.standing] <= rank[attempt.standing]) return checkout
  const moved = withAttempt(checkout, { ...attempt, standing: told.standing, ...sessionOf(attempt, told) })
  if (told.standing === 'paid') return withDue(paid(moved, attempt, paymentOf(told, now), now), now)
  const isFree = moved.state === 'paying' && underWay(moved) === undefined
  return withDue(isFree ? { ...moved, state: 'open' } : moved, now)
}

type Payment = NonNullable<Attempt['payment']>

/** A clock that goes ahead of ours cannot have seen what has not been yet. */
function paymentOf({ payment, attempt }: Told, now: Date): Payment {
  if (!payment) throw new Error(`The payment of attempt ${attempt} is said to be there, and not how much it is.`)
  return { ...payment, at: payment.at < now.toISOString() ? payment.at : now.toISOString() }
}

function paid(checkout: Checkout, { number, frozen }: Attempt, payment: Payment, now: Date): Checkout {
  const known = withAttempt(checkout, (each) => (each.number === number ? { ...each, payment } : each))
  if (checkout.paidAttempt !== undefined) return givenBack(known, 'paid_twice', number, payment, now)
  const counted: Checkout = { ...known, paidAttempt: number, paidAt: payment.at }
  const { gross, currency } = frozen.charges
  if (payment.amountMinor === gross && payment.currency === currency) return { ...counted, state: 'paid' }
  const detail = `${payment.amountMinor} ${payment.currency} came instead of ${gross} ${currency}.`
  const refusal = { code: 'amount_differs', detail, at: now.toISOString() }
  return { ...givenBack(counted, 'amount_differs', number, payment, now), state: 'refused', refusal }
}

function givenBack(
  checkout: Checkout,
  cause: 'paid_twice' | 'amount_differs',
  attempt: number,
  { amountMinor }: Payment,
  now: Date,
): Checkout {
  if (amountMinor < 1) return checkout
  const key = `${checkout.id}:${cause}:${attempt}`
  return {
    ...checkout,
    refunds: [...checkout.refunds, { key, amountMinor, cause, attempt, askedAt: now.toISOString() }],
  }
}

/** Where a crash lost the session before it was written down, news of it bring it back; its page is of no use any more. */
function sessionOf({ session }: Attempt, { sessionId }: Told): Pick<Attempt, 'session'> {
  return session || sessionId === undefined ? {} : { session: { id: sessionId, url: '' } }
}

function withAttempt(checkout: Checkout, change: Attempt | ((each: Attempt) => Attempt)): Checkout {
  const changed =
    typeof change === 'function' ? change : (each: Attempt) => (each.number === change.number ? change : each)
  return { ...checkout, attempts: checkout.attempts.map(changed) }
}
