import type { S3Client } from '@aws-sdk/client-s3'
import type { SharedStore } from '#chassis/cache/shared-store.ts'
import { systemClock } from '#chassis/clock.ts'
import type { Database } from '#chassis/database.ts'
import { originsOf } from '#chassis/http/guarded-agent.ts'
import { createKeyring } from '#chassis/keyring.ts'
import type { Log } from '#chassis/log.ts'
import type { QueueWriter } from '#chassis/queue-writer.ts'
import { type OrderApiEnvironment, rateWindowSeconds } from '#contracts/environment.ts'
import { createAccounts } from './accounts/accounts.ts'
import { createAuthenticator } from './auth/authenticate.ts'
import { createFacilityPlaces } from './enrolment/facility-places.ts'
import { chooseKeys } from './enrolment/keys/choose-keys.ts'
import { createFileStore } from './files/file-store.ts'
import { createUploads } from './files/uploads.ts'
import { createAnswerWatch } from './preflights/answer-watch.ts'
import { createPriceDirectory } from './quotes/price-directory.ts'
import type { ApiContext, ApiLimits } from './routes/context.ts'
import { createFacilityDirectory } from './routing/facility-directory.ts'
import { createLoadDirectory } from './routing/load-directory.ts'
import { createOrderStore } from './store/order-store.ts'
import { createRing } from './tickets/ring.ts'
import { webhookRulesOf } from './webhooks/webhook-rules.ts'

export type Parts = {
  readonly config: OrderApiEnvironment
  readonly database: Database
  readonly s3: S3Client
  readonly writer: QueueWriter
  readonly log: Log
  readonly now: () => Date
  /** What several processes may share; without it each keeps its own. */
  readonly shared?: SharedStore | undefined
}

/** Puts together what the routes work with. */
export function createContext({ config, database, s3, writer, log, now, shared }: Parts): ApiContext {
  const addresses = {
    processQueueUrl: config.PROCESS_QUEUE_URL,
    facilityQueueUrlPrefix: config.FACILITY_QUEUE_URL_PREFIX,
  }
  const { authenticate, actFor, forget } = createAuthenticator(database, now, log)
  return {
    database,
    authenticate,
    actFor,
    accounts: createAccounts(database, forget, { now, log, shared }),
    keyring: createKeyring(config.MASTER_KEYS),
    files: createFileStore(database),
    uploads: createUploads(s3, config.SOURCES_BUCKET),
    facilities: createFacilityDirectory(database, now, log),
    prices: createPriceDirectory(database, now, log),
    load: createLoadDirectory(database, now, log),
    changer: {
      database,
      orders: createOrderStore(database),
      ring: createRing(writer, addresses, log),
      now,
      patienceSeconds: config.TICKET_PATIENCE_SECONDS,
      log,
    },
    // A person waits: their seconds are real ones, whatever a test's clock says.
    preflightAnswers: createAnswerWatch(database, systemClock),
    printFilesBucket: config.PRINT_FILES_BUCKET,
    cdnUrl: config.CDN_URL,
    checkoutUrl: config.CHECKOUT_URL,
    webhookRules: webhookRulesOf(config),
    allowedSources: originsOf(config.ALLOWED_SOURCE_ORIGINS),
    limits: limitsOf(config),
    enrolling: {
      database,
      keys: chooseKeys(config),
      placesOf: createFacilityPlaces(config, s3),
      now,
      log,
    },
    trustedProxies: config.TRUSTED_PROXIES,
    log,
    now,
  }
}

const limitsOf = (config: OrderApiEnvironment): ApiLimits => ({
  load: { mostAtOnce: config.REQUESTS_AT_ONCE, mostDelayMilliseconds: config.EVENT_LOOP_DELAY_MILLISECONDS },
  rates: {
    reads: { name: 'reads', quota: config.READS_OF_A_KEY, windowSeconds: rateWindowSeconds },
    writes: { name: 'writes', quota: config.WRITES_OF_A_KEY, windowSeconds: rateWindowSeconds },
  },
})
