import { join } from 'node:path'
import type { ProcessSpec } from '../supervisor/process-spec.ts'
import { buckets, cloudEnvironment, tables } from './cloud-environment.ts'
import { stripeEnvironment } from './payment-processes.ts'
import { seedStepName } from './seed-step-name.ts'
import type { Setting } from './setting.ts'

const root = join(import.meta.dirname, '..', '..')

/** Packs what the pages load, before anybody serves it. */
export const buildPagesStepName = 'build-pages'

const seller = {
  name: 'Printcloud Demo',
  lines: ['Oudegracht 1', '3511 AA Utrecht'],
  country: 'NL',
  vat_id: 'NL000000000B00',
  email: 'hello@printcloud.example',
}

/** A laptop limits nobody. */
const generous = '1000000'

/** What sells: pages and payments. Visitors come through the front door, so that its address is the checkout's. */
export function checkoutProcesses(setting: Setting): ProcessSpec[] {
  const { addresses } = setting
  return [
    {
      name: 'button-checkout',
      kind: 'service',
      module: join(root, 'services', 'button-checkout', 'http-main.ts'),
      environment: {
        ...checkoutEnvironment(setting),
        LISTEN_PORT: String(addresses.port('button-checkout')),
        PAGES_DIR: join(root, 'dist', 'pages'),
        TRUSTED_PROXIES: '1',
        REQUESTS_OF_AN_ADDRESS: generous,
        CHECKOUTS_OF_AN_ACCOUNT: generous,
      },
      after: [buildPagesStepName, 'document-store'],
    },
    {
      name: 'checkout-worker',
      kind: 'service',
      module: join(root, 'services', 'button-checkout', 'worker-main.ts'),
      environment: {
        ...checkoutEnvironment(setting),
        DOCUMENTS_BUCKET: buckets.documents,
        STANDBY_DOCUMENTS_BUCKET: buckets.standbyDocuments,
        PURGE_URLS: `${addresses.url('front-door')}/`,
        BUTTON_FILE: join(root, 'dist', 'button', 'button.js'),
        // Whoever tries it out wants to see what follows a payment.
        SWEEP_SECONDS: '1',
      },
      // Its keys are made by the seed: order-api remembers for ten seconds that a key is unknown.
      after: [buildPagesStepName, seedStepName, 'document-store', 'object-store'],
    },
  ]
}

/** What the pages and the worker of the checkout both need. */
export const checkoutEnvironment = ({ addresses, masterKeys, checkoutKeys }: Setting) => ({
  ...cloudEnvironment(addresses),
  CHECKOUT_TABLE: tables.checkouts,
  ORDER_API_URL: addresses.url('order-api'),
  ORDER_API_LIVE_KEY: checkoutKeys.live,
  ORDER_API_TEST_KEY: checkoutKeys.test,
  CDN_URL: addresses.url('front-door'),
  CHECKOUT_URL: addresses.url('front-door'),
  MASTER_KEYS: masterKeys,
  ...stripeEnvironment(addresses),
  MAIL_FROM: 'Printcloud Demo <orders@printcloud.example>',
  SELLER: JSON.stringify(seller),
})
