import { pino } from 'pino'
import { type PaymentsOptions, startPayments } from '../../local/cloud/payments/start-payments.ts'
import type { PaymentWish } from '../../services/button-checkout/payment/payments.ts'
import { usualPatience } from '../../services/button-checkout/payment/stripe-clients.ts'
import { createStripePayments } from '../../services/button-checkout/payment/stripe-payments.ts'

export const stripeKeys = { live: 'sk_live_1234567890', test: 'sk_test_1234567890' } as const
export const webhookSecret = 'whsec_of_these_tests'

/** The stand-in for Stripe and the real adapter on it, with a clock that tests move. Nothing moves by itself: `standIn.tick` does. */
export async function startPaymentsWorld(more: Partial<PaymentsOptions> = {}, patience = usualPatience) {
  const clock = { nowEpochMs: Date.parse('2027-03-01T10:00:00Z') }
  const now = () => new Date(clock.nowEpochMs)
  const standIn = await startPayments({
    port: 0,
    keys: Object.values(stripeKeys),
    webhookSecret,
    webhookUrls: [],
    tickMilliseconds: 0,
    now,
    log: pino({ level: 'silent' }),
    ...more,
  })
  const config = {
    STRIPE_LIVE_KEY: stripeKeys.live,
    STRIPE_TEST_KEY: stripeKeys.test,
    STRIPE_WEBHOOK_SECRETS: webhookSecret,
    STRIPE_URL: standIn.url,
  }
  const payments = createStripePayments(config, now, patience)
  const wish = (change: Partial<PaymentWish> = {}): PaymentWish => ({
    checkoutId: 'chk_01k9zzzzzzzzzzzzzzzzzzzzzz',
    attempt: 1,
    isTest: false,
    amountMinor: 2490,
    currency: 'EUR',
    description: 'Harbour Lights, issue 12 · Magazine A4 × 2',
    email: 'ada@example.com',
    language: 'nl-BE',
    successUrl: 'http://127.0.0.1:4400/checkout/c/token/done',
    cancelUrl: 'http://127.0.0.1:4400/checkout/c/token/back',
    expiresAt: new Date(clock.nowEpochMs + 60 * 60_000),
    ...change,
  })
  return { standIn, payments, config, clock, now, wish }
}

export type PaymentsWorld = Awaited<ReturnType<typeof startPaymentsWorld>>
