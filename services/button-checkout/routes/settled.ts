import type { Attempt, Checkout } from '../checkouts/checkout.ts'
import type { PaymentState } from '../payment/payments.ts'

/** Interim: replaced by checkouts/settle-payment.ts. */
export function settled(checkout: Checkout, news: PaymentState & { readonly attempt: number }, now: Date): Checkout {
  const { attempt: number, standing, payment } = news
  const attempts = checkout.attempts.map(
    (each): Attempt =>
      each.number === number && each.standing !== 'paid'
        ? { ...each, standing, ...(payment ? { payment } : {}) }
        : each,
  )
  if (checkout.state !== 'paying') return { ...checkout, attempts }
  if (standing === 'paid')
    return { ...checkout, attempts, state: 'paid', paidAt: now.toISOString(), dueAt: now.toISOString() }
  if (standing === 'open' || standing === 'pending') return { ...checkout, attempts }
  const { dueAt: _due, ...rest } = checkout
  return { ...rest, attempts, state: 'open' }
}
