import type Stripe from 'stripe'
import { type CurrencyCode, currencyCodes } from '#contracts/money.ts'
import type { PaymentState } from './payments.ts'
import { strange } from './stripe-errors.ts'

/** How a session stands. `paidAtEpochSeconds`: of the event that told it, where the charge is not part of the session. */
export function stateOf(session: Stripe.Checkout.Session, paidAtEpochSeconds?: number): PaymentState {
  requireSession(session)
  if (session.status === 'open') return { standing: 'open' }
  if (session.status === 'expired') return { standing: 'expired' }
  if (session.payment_status !== 'paid') return { standing: isOver(session) ? 'failed' : 'pending' }
  const currency = currencyOf(session.currency)
  const { payment_intent: intent, amount_total: amountMinor } = session
  if (currency === undefined || intent === null || amountMinor === null) {
    throw new Error(`Session ${session.id} of Stripe is paid, yet lacks its amount, its currency or its payment.`)
  }
  const paidAt = paidAtEpochSeconds ?? chargedAt(session) ?? session.created
  return {
    standing: 'paid',
    payment: {
      reference: typeof intent === 'string' ? intent : intent.id,
      amountMinor,
      currency,
      at: new Date(paidAt * 1000).toISOString(),
    },
  }
}

/** Throws Transient for an answer that is none: a proxy, or a bad day of theirs. Nothing may follow from it. */
function requireSession({
  id,
  status,
  payment_status: payment,
  payment_intent: intent,
}: Partial<Stripe.Checkout.Session>) {
  const isSession = typeof id === 'string' && [status, payment].every((each) => typeof each === 'string')
  if (isSession && intent !== undefined) return
  throw strange('a session')
}

const currencyOf = (code: string | null): CurrencyCode | undefined =>
  currencyCodes.find((known) => known === code?.toUpperCase())

/** A payment that takes days (a bank transfer) and did not come: its session is complete all the same. */
function isOver({ payment_status, payment_intent: intent }: Stripe.Checkout.Session): boolean {
  if (payment_status === 'no_payment_required') return true
  if (intent === null || typeof intent === 'string') return false
  return intent.status === 'requires_payment_method' || intent.status === 'canceled'
}

function chargedAt({ payment_intent: intent }: Stripe.Checkout.Session): number | undefined {
  if (intent === null || typeof intent === 'string') return undefined
  const charge = intent.latest_charge
  return charge === null || typeof charge === 'string' ? intent.created : charge.created
}
