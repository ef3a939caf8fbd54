import { join } from 'node:path'
import type { ProcessSpec } from '../supervisor/process-spec.ts'
import type { Addresses } from './addresses.ts'
import type { Setting } from './setting.ts'

/** Worth nothing anywhere else: the stand-in takes no money. */
const keys = { live: 'sk_live_standInOfThisMachine', test: 'sk_test_standInOfThisMachine' } as const
const webhookSecret = 'whsec_standInOfThisMachine'

/** The stand-in for Stripe, which tells the checkout behind the front door what happened. */
export function paymentsProcess({ dataFolder, addresses }: Setting): ProcessSpec {
  return {
    name: 'payments',
    kind: 'cloud',
    module: join(import.meta.dirname, '..', 'cloud', 'payments', 'main.ts'),
    environment: {
      LISTEN_PORT: String(addresses.port('payments')),
      DATA_DIR: join(dataFolder, 'payments'),
      API_KEYS: Object.values(keys).join(','),
      WEBHOOK_SECRET: webhookSecret,
      WEBHOOK_URLS: `${addresses.url('front-door')}/checkout/webhooks/stripe`,
    },
    after: [],
  }
}

/** What both processes of the checkout need to take money here. */
export const stripeEnvironment = (addresses: Addresses) => ({
  STRIPE_LIVE_KEY: keys.live,
  STRIPE_TEST_KEY: keys.test,
  STRIPE_WEBHOOK_SECRETS: webhookSecret,
  STRIPE_URL: addresses.url('payments'),
})
