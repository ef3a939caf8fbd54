import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { createKeyring } from '#chassis/keyring.ts'
import type { Log } from '#chassis/log.ts'
import type { ButtonCheckoutEnvironment } from '#contracts/environment.ts'
import { createOrdersOf } from './aftercare/orders-of-account.ts'
import { readSeller } from './invoice/read-seller.ts'
import { createCdnReader } from './offer/cdn-reader.ts'
import { createPublished } from './offer/published.ts'
import { readAssets } from './pages/assets.ts'
import type { Payments } from './payment/payments.ts'
import type { CheckoutContext } from './routes/context.ts'
import { createCheckoutStore } from './store/dynamo-store.ts'
import { createPlainItems } from './store/plain-items.ts'

export type Parts = {
  readonly config: ButtonCheckoutEnvironment
  readonly dynamo: DynamoDBClient
  readonly payments: Payments
  readonly log: Log
  readonly now: () => Date
}

/** Puts together what the routes work with. Throws what SELLER, MASTER_KEYS or PAGES_DIR lack. */
export async function createContext({ config, dynamo, payments, log, now }: Parts): Promise<CheckoutContext> {
  const keyring = createKeyring(config.MASTER_KEYS)
  const read = createCdnReader(config.CDN_URL)
  return {
    config,
    store: createCheckoutStore(dynamo, config.CHECKOUT_TABLE, now),
    items: createPlainItems(dynamo, config.CHECKOUT_TABLE),
    // How old a document is does not depend on a test's clock.
    published: createPublished(keyring, { read, log, nowMilliseconds: () => performance.now() }),
    payments,
    ordersOf: createOrdersOf(config),
    keyring,
    seller: readSeller(config.SELLER),
    assets: await readAssets(config.PAGES_DIR),
    log,
    now,
  }
}
