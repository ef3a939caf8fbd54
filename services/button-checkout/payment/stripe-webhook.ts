import Stripe from 'stripe'
import { Refused } from '#chassis/errors.ts'
import type { PaymentNews, PaymentState } from './payments.ts'
import type { StripeClients } from './stripe-clients.ts'
import { stripeMetadata } from './stripe-metadata.ts'
import { stateOf } from './stripe-state.ts'

/** Older ones are somebody else’s recordings; Stripe signs each try anew. */
const toleranceSeconds = 300

/**
 * News of a payment out of a webhook’s raw body. One of several secrets must have signed it, so that a secret is replaced by adding the new one
 * first. Throws Refused `unauthenticated` for what none of them signed, or signed too long ago. Undefined for what is genuine and not about us.
 */
export function readStripeWebhook(
  { webhooks }: Pick<StripeClients, 'webhooks'>,
  secrets: readonly string[],
  now: () => Date,
  headers: Readonly<Record<string, string | undefined>>,
  body: Buffer,
): PaymentNews | undefined {
  const signature = headers['stripe-signature'] ?? ''
  for (const secret of secrets) {
    try {
      return newsOf(webhooks.constructEvent(body, signature, secret, toleranceSeconds, undefined, now().getTime()))
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeSignatureVerificationError)) throw error
    }
  }
  throw new Refused('unauthenticated', 'No signing secret of ours made this signature within the last five minutes.')
}

function newsOf(event: Stripe.Event): PaymentNews | undefined {
  const told = sessionOf(event)
  if (!told) return undefined
  const { session, state } = told
  const checkoutId = session.client_reference_id
  const attempt = Number(session.metadata?.[stripeMetadata.attempt])
  if (checkoutId === null || session.metadata?.[stripeMetadata.checkout] !== checkoutId) return undefined
  if (!Number.isInteger(attempt) || attempt < 1) return undefined
  return { checkoutId, attempt, sessionId: session.id, isTest: !event.livemode, ...state }
}

function sessionOf(event: Stripe.Event): { session: Stripe.Checkout.Session; state: PaymentState } | undefined {
  switch (event.type) {
    case 'checkout.session.completed':
    case 'checkout.session.async_payment_succeeded':
      return { session: event.data.object, state: stateOf(event.data.object, event.created) }
    case 'checkout.session.async_payment_failed':
      return { session: event.data.object, state: { standing: 'failed' } }
    case 'checkout.session.expired':
      return { session: event.data.object, state: { standing: 'expired' } }
    default:
      return undefined
  }
}
