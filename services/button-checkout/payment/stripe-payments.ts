import type { Payments, PaymentWish } from './payments.ts'
import { requirePayable } from './stripe-amounts.ts'
import {
  createStripeClients,
  type StripeClient,
  type StripeClients,
  type StripePatience,
  usualPatience,
} from './stripe-clients.ts'
import type { StripeConfig } from './stripe-config.ts'
import { isAllGivenBack, isNotOpenAnyMore, strange, translated, wanted } from './stripe-errors.ts'
import { stripeLocale } from './stripe-locale.ts'
import { stripeMetadata } from './stripe-metadata.ts'
import { stateOf } from './stripe-state.ts'
import { readStripeWebhook } from './stripe-webhook.ts'

/**
 * Stripe Checkout by the official package: a session a payment, paid at Stripe’s own page. Keys of the two worlds are never mixed; without
 * a key a world is closed. Throws a plain error for a key of the wrong world.
 */
export function createStripePayments(
  config: StripeConfig,
  now: () => Date = () => new Date(),
  patience: StripePatience = usualPatience,
): Payments {
  const clients = createStripeClients(config, patience)
  const secrets = config.STRIPE_WEBHOOK_SECRETS.split(',').flatMap((secret) => secret.trim() || [])
  const look = (isTest: boolean, sessionId: string) =>
    translated(async () => {
      const session = await clients
        .of(isTest)
        .checkout.sessions.retrieve(sessionId, { expand: ['payment_intent.latest_charge'] })
      return stateOf(session)
    })
  return {
    provider: 'stripe',
    isOpen: clients.isOpen,
    begin: (wish) => translated(() => begin(clients, wish)),
    look,
    end: async (isTest, sessionId) => {
      const ended = await translated(() => clients.of(isTest).checkout.sessions.expire(sessionId)).catch(
        (error: unknown) => {
          if (isNotOpenAnyMore(error)) return undefined
          throw error
        },
      )
      return ended === undefined ? look(isTest, sessionId) : stateOf(ended)
    },
    refund: (wish) => translated(() => refund(clients.of(wish.isTest), wish)),
    readWebhook: (headers, body) => readStripeWebhook(clients, secrets, now, headers, body),
  }
}

/** Everything here comes from the frozen attempt: Stripe refuses a key that comes again with anything else. */
async function begin(clients: StripeClients, wish: PaymentWish): Promise<{ id: string; url: string }> {
  requirePayable(wish.amountMinor, wish.currency)
  const metadata = {
    [stripeMetadata.checkout]: wish.checkoutId,
    [stripeMetadata.attempt]: String(wish.attempt),
  }
  const { id, url } = await clients.of(wish.isTest).checkout.sessions.create(
    {
      mode: 'payment',
      line_items: [
        {
          quantity: 1,
          price_data: {
            currency: wish.currency.toLowerCase(),
            unit_amount: wish.amountMinor,
            product_data: { name: wish.description.slice(0, 250) },
          },
        },
      ],
      client_reference_id: wish.checkoutId,
      metadata,
      payment_intent_data: { metadata },
      customer_email: wish.email,
      locale: stripeLocale(wish.language),
      // Charged = quoted: nothing is turned into another currency at Stripe’s rate.
      adaptive_pricing: { enabled: false },
      success_url: wish.successUrl,
      cancel_url: wish.cancelUrl,
      expires_at: Math.floor(wish.expiresAt.getTime() / 1000),
    },
    { idempotencyKey: `${wish.checkoutId}-${wish.attempt}` },
  )
  return { id: wanted(id, 'a session'), url: wanted(url, 'the address of a payment page') }
}

/**
 * Stripe forgets idempotency keys after a day, and what must not happen twice may be asked again after a week: the key stands in the refund
 * as well, and is looked for before.
 */
async function refund(
  stripe: StripeClient,
  wish: Parameters<Payments['refund']>[0],
): Promise<{ readonly reference: string }> {
  const made = await stripe.refunds.list({ payment_intent: wish.paymentReference, limit: 100 })
  if (!Array.isArray(made.data)) throw strange('a list of refunds')
  const known = made.data.find(({ metadata }) => metadata?.[stripeMetadata.refundKey] === wish.key)
  if (known) return { reference: known.id }
  try {
    const { id } = await stripe.refunds.create(
      {
        payment_intent: wish.paymentReference,
        amount: wish.amountMinor,
        metadata: { [stripeMetadata.refundKey]: wish.key },
      },
      { idempotencyKey: wish.key },
    )
    return { reference: wanted(id, 'a refund') }
  } catch (error) {
    // Somebody gave all of it back by hand: nothing is owed any more.
    const [byHand] = made.data
    if (byHand && isAllGivenBack(error)) return { reference: byHand.id }
    throw error
  }
}
