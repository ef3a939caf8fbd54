import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { RDSDataClient } from '@aws-sdk/client-rds-data'
import { S3Client } from '@aws-sdk/client-s3'
import { SQSClient } from '@aws-sdk/client-sqs'
import { createDatabase, type Database } from '#chassis/database.ts'
import { createLog } from '#chassis/log.ts'
import { createQueueWriter } from '#chassis/queue-writer.ts'
import { exampleWebhook } from '#contracts/order-api/webhook.ts'
import { issuedKeysIn } from '../../../local/cloud/access-keys/issued-keys.ts'
import { startDataApi } from '../../../local/cloud/data-api/start-data-api.ts'
import { type ObjectStore, startObjectStore } from '../../../local/cloud/object-store/start.ts'
import { removePostgresData } from '../../../local/cloud/postgres/remove-postgres-data.ts'
import { startPostgres } from '../../../local/cloud/postgres/start-postgres.ts'
import { startQueue } from '../../../local/cloud/queue/start-queue.ts'
import { localFacilities } from '../../../local/facilities.ts'
import { database as names } from '../../../local/platform/cloud-environment.ts'
import { localPriceBooks } from '../../../local/prices/local-price-books.ts'
import { seed } from '../../../local/seed/seed.ts'
import { createApp } from '../../../services/order-api/app.ts'
import { createContext } from '../../../services/order-api/context.ts'
import type { GuardedRoute } from '../../../services/order-api/routes/access.ts'
import type { ApiContext } from '../../../services/order-api/routes/context.ts'

const credentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'test-secret' }
const region = 'eu-west-1'
const patienceSeconds = 30
/** Tests come faster than callers. */
const generous = {
  READS_OF_A_KEY: 1_000_000,
  WRITES_OF_A_KEY: 1_000_000,
  REQUESTS_AT_ONCE: 10_000,
  EVENT_LOOP_DELAY_MILLISECONDS: 60_000,
} as const

export type ApiUnderTest = {
  readonly url: string
  readonly secretKey: string
  readonly publishableKey: string
  /** Of the same account: its orders are real ones. */
  readonly liveSecretKey: string
  /** Of the platform's own checkout. */
  readonly checkoutLiveKey: string
  readonly checkoutTestKey: string
  readonly database: Database
  readonly context: ApiContext
  readonly routes: readonly GuardedRoute[]
  readonly sqs: SQSClient
  readonly s3: S3Client
  /** Applies the lifecycle rules of the buckets as of a moment. */
  readonly expireObjects: ObjectStore['expire']
  readonly queueUrl: (name: string) => string
  /** What a worker in a process of its own needs besides. */
  readonly dataApiUrl: string
  /** The database itself, for whoever restores it. */
  readonly postgresUrl: string
  readonly masterKeys: string
  /** Where the access keys of enrolled print clients lie. */
  readonly facilityKeysFolder: string
  /** What the services' clock says; move it at will. */
  readonly clock: { now: Date | undefined }
  readonly close: () => Promise<void>
}

type Options = {
  /** Origins of receivers on this machine; without, the one of the documentation's example, where nothing listens. */
  readonly allowedWebhookOrigins?: readonly string[]
}
const exampleOrigin = new URL(exampleWebhook.url).origin

/** order-api's HTTP side on real PostgreSQL, Data API, SQS and S3 stand-ins, in this process. */
export async function startApi({ allowedWebhookOrigins = [exampleOrigin] }: Options = {}): Promise<ApiUnderTest> {
  const folder = await mkdtemp(join(tmpdir(), 'printcloud-api-'))
  const log = createLog('test', 'fatal')
  const postgres = await startPostgres({ port: 0, dataDir: join(folder, 'postgres'), log })
  const arns = { resourceArn: names.resourceArn, secretArn: names.secretArn }
  const dataApi = await startDataApi({ port: 0, postgresUrl: postgres.url, ...arns, log })
  const facilityKeys = join(folder, 'facility-keys')
  const queueNames = ['process', 'status', ...localFacilities.map(({ id }) => `facility-${id}`)]
  const queue = await startQueue({
    port: 0,
    queues: queueNames.map((name) => ({ name, visibilitySeconds: 30, maxReceives: 10 })),
    log,
    issuedKeys: issuedKeysIn(facilityKeys),
  })
  const store = await startObjectStore({
    port: 0,
    dataDir: join(folder, 's3'),
    ...credentials,
    issuedKeys: issuedKeysIn(facilityKeys),
    buckets: ['sources', 'print-files', 'documents', 'documents-standby'],
    // Pages upload straight to storage.
    allowedOrigins: ['http://127.0.0.1:*'],
    log,
  })
  const address = {
    DATABASE_RESOURCE_ARN: names.resourceArn,
    DATABASE_SECRET_ARN: names.secretArn,
    DATABASE_NAME: names.name,
  }
  const keys = await seed({
    dataFolder: folder,
    environment: {
      ...address,
      AWS_REGION: region,
      AWS_ENDPOINT_URL_RDS_DATA: dataApi.url,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    },
    facilities: localFacilities,
    priceBooks: localPriceBooks,
  })
  const database = createDatabase(new RDSDataClient({ region, credentials, endpoint: dataApi.url }), address)
  const sqs = new SQSClient({ region, credentials, endpoint: queue.url, useQueueUrlAsEndpoint: false })
  const s3 = new S3Client({ region, credentials, endpoint: store.url, requestChecksumCalculation: 'WHEN_REQUIRED' })
  const masterKeys = randomBytes(32).toString('base64')
  const queueUrl = (name: string) => `${queue.url}/000000000000/${name}`
  const clock: { now: Date | undefined } = { now: undefined }
  const context = createContext({
    config: {
      ...address,
      SOURCES_BUCKET: 'sources',
      PRINT_FILES_BUCKET: 'print-files',
      LISTEN_HOST: '127.0.0.1',
      LISTEN_PORT: 1,
      PUBLIC_URL: 'http://127.0.0.1',
      CDN_URL: 'http://127.0.0.1',
      CHECKOUT_URL: 'https://checkout.example.com',
      PROCESS_QUEUE_URL: queueUrl('process'),
      STATUS_QUEUE_URL: queueUrl('status'),
      FACILITY_KEYS_FOLDER: facilityKeys,
      AWS_ENDPOINT_URL_S3: store.url,
      AWS_ENDPOINT_URL_SQS: queue.url,
      TRUSTED_PROXIES: 1,
      FACILITY_QUEUE_URL_PREFIX: queueUrl('facility-'),
      MASTER_KEYS: masterKeys,
      ALLOWED_WEBHOOK_ORIGINS: allowedWebhookOrigins.join(','),
      ALLOWED_SOURCE_ORIGINS: 'http://127.0.0.1:1',
      TICKET_PATIENCE_SECONDS: patienceSeconds,
      ...generous,
      LOG_LEVEL: 'error',
    },
    database,
    s3,
    writer: createQueueWriter(sqs),
    log,
    now: () => clock.now ?? new Date(),
  })
  const app = await createApp(context, 'http://127.0.0.1')
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  return {
    url,
    ...keys,
    database,
    context,
    routes: app.guardedRoutes,
    sqs,
    s3,
    expireObjects: store.expire,
    queueUrl,
    dataApiUrl: dataApi.url,
    postgresUrl: postgres.url,
    masterKeys,
    facilityKeysFolder: facilityKeys,
    clock,
    close: async () => {
      await app.close()
      sqs.destroy()
      s3.destroy()
      await Promise.all([dataApi.close(), queue.close(), store.close()])
      await postgres.close()
      await removePostgresData(join(folder, 'postgres'), log)
      await rm(folder, { recursive: true, force: true })
    },
  }
}
