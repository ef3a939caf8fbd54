import type { ButtonCheckoutEnvironment } from '#contracts/environment.ts'

export type StripeConfig = Pick<
  ButtonCheckoutEnvironment,
  'STRIPE_LIVE_KEY' | 'STRIPE_TEST_KEY' | 'STRIPE_WEBHOOK_SECRETS' | 'STRIPE_URL'
>
