import { paidAttempt } from './bought.ts'
import type { Checkout } from './checkout.ts'
import { withDue } from './work-of.ts'

/** order-api will never take it: all of the money goes back. The same object where it is not waiting to be ordered any more. */
export function refuseOrder(
  checkout: Checkout,
  reason: { readonly code: string; readonly detail: string },
  now: Date,
): Checkout {
  const payment = paidAttempt(checkout)?.payment
  if (checkout.state !== 'paid' || !payment) return checkout
  const { submittingSince: _over, submittingBy: _by, ...rest } = checkout
  const at = now.toISOString()
  const refund = {
    key: `${checkout.id}:refused`,
    amountMinor: payment.amountMinor,
    cause: 'refused' as const,
    askedAt: at,
  }
  const refusal = { code: reason.code, detail: reason.detail, at }
  return withDue({ ...rest, state: 'refused', refusal, refunds: [...checkout.refunds, refund] }, now)
}
