import { join } from 'node:path'
import type { Facility } from '#contracts/facility.ts'
import { postgresUrl } from '../cloud/postgres/start-postgres.ts'
import type { ProcessSpec } from '../supervisor/process-spec.ts'
import type { Addresses } from './addresses.ts'
import { buckets, cloudEnvironment, database, queues, queueUrl } from './cloud-environment.ts'
import { facilityFolders } from './folders.ts'

/** What the processes of one platform are made from. */
export type Setting = {
  readonly dataFolder: string
  readonly addresses: Addresses
  readonly facilities: readonly Facility[]
  /** Origins that the processor may fetch from although they are on this machine. */
  readonly allowedSources: readonly string[]
  /** Origins that webhooks may go to although they are on this machine. */
  readonly allowedWebhooks: readonly string[]
  readonly shopStepMilliseconds: number
  readonly shopDeliverySteps?: number | undefined
  /** Seconds until an unanswered ticket is rung again; the services' own default without it. */
  readonly ticketPatienceSeconds?: number | undefined
  /** What signs quotes and seals secrets. */
  readonly masterKeys: string
  /** Where compiled code is kept between starts. */
  readonly cacheFolder: string
}

/** Crashes of a reader count as receives; ten leave room for them before a message is called dead. */
const maxReceives = 10
const visibilitySeconds = 30
const root = join(import.meta.dirname, '..', '..')

/** The step between the cloud and order-api: tables, test account, facilities. */
export const seedStepName = 'seed'

export function printClientName(facilityId: string): string {
  return `print-client-${facilityId.replace(/^fac_/, '')}`
}

/** Every process of the platform. */
export function processesOf(setting: Setting): ProcessSpec[] {
  const processes = [...cloudParts(setting), ...orderApi(setting), ...workers(setting), frontDoor(setting)]
  return processes.map((spec) => ({ ...spec, environment: { ...spec.environment, ...compileCache(setting, spec) } }))
}

/**
 * Each process has a folder of its own: Node writes at exit, and a dozen processes that rename the same modules over each
 * other took 15 s to leave on a file system that discards freed blocks at once.
 */
const compileCache = ({ cacheFolder }: Setting, { name }: ProcessSpec) => ({
  NODE_COMPILE_CACHE: join(cacheFolder, name),
})

/** What a process that uses the database needs besides the cloud's addresses. */
export const databaseEnvironment = {
  DATABASE_RESOURCE_ARN: database.resourceArn,
  DATABASE_SECRET_ARN: database.secretArn,
  DATABASE_NAME: database.name,
} as const

/** Both buckets lie in the one store of this machine. */
const documentsEnvironment = {
  DOCUMENTS_BUCKET: buckets.documents,
  STANDBY_DOCUMENTS_BUCKET: buckets.standbyDocuments,
} as const

function cloudParts({ dataFolder, addresses, facilities }: Setting): ProcessSpec[] {
  const shared = cloudEnvironment(addresses)
  const part = (
    name: 'postgres' | 'data-api' | 'queue' | 'object-store' | 'mailbox',
    environment: Record<string, string>,
    after: readonly string[] = [],
  ): ProcessSpec => ({
    name,
    kind: 'cloud',
    module: join(root, 'local', 'cloud', name, 'main.ts'),
    environment: { ...shared, LISTEN_PORT: String(addresses.port(name)), ...environment },
    after,
  })
  const queueNames = [queues.process, queues.status, ...facilities.map(({ id }) => `${queues.facilityPrefix}${id}`)]
  return [
    part('postgres', { DATA_DIR: join(dataFolder, 'postgres') }),
    {
      ...part(
        'data-api',
        {
          POSTGRES_URL: postgresUrl(addresses.port('postgres')),
          RESOURCE_ARN: database.resourceArn,
          SECRET_ARN: database.secretArn,
        },
        ['postgres'],
      ),
      isPatient: true,
    },
    part('queue', { QUEUES: JSON.stringify(queueNames.map((name) => ({ name, visibilitySeconds, maxReceives }))) }),
    part('object-store', {
      DATA_DIR: join(dataFolder, 'object-store'),
      BUCKETS: Object.values(buckets).join(','),
      ALLOWED_ORIGINS: 'http://127.0.0.1:*,http://localhost:*',
    }),
    part('mailbox', { DATA_DIR: join(dataFolder, 'mailbox') }),
  ]
}

function orderApi({ addresses, ticketPatienceSeconds, masterKeys, allowedWebhooks }: Setting): ProcessSpec[] {
  const environment = {
    ...cloudEnvironment(addresses),
    ...databaseEnvironment,
    PROCESS_QUEUE_URL: queueUrl(addresses, queues.process),
    STATUS_QUEUE_URL: queueUrl(addresses, queues.status),
    FACILITY_QUEUE_URL_PREFIX: queueUrl(addresses, queues.facilityPrefix),
    SOURCES_BUCKET: buckets.sources,
    PRINT_FILES_BUCKET: buckets.printFiles,
    MASTER_KEYS: masterKeys,
    ALLOWED_WEBHOOK_ORIGINS: allowedWebhooks.join(','),
    CDN_URL: addresses.url('front-door'),
    ...(ticketPatienceSeconds === undefined ? {} : { TICKET_PATIENCE_SECONDS: String(ticketPatienceSeconds) }),
  }
  return [
    {
      name: 'order-api',
      kind: 'service',
      module: join(root, 'services', 'order-api', 'http-main.ts'),
      environment: {
        ...environment,
        LISTEN_PORT: String(addresses.port('order-api')),
        PUBLIC_URL: addresses.url('front-door'),
        // A laptop limits nobody; what it can serve at once still has a bound.
        READS_OF_A_KEY: '1000000',
        WRITES_OF_A_KEY: '1000000',
      },
      after: [seedStepName, 'data-api', 'queue', 'object-store'],
      // Loading it takes longer than anything else, and it asks nobody before its first request.
      isPatient: true,
    },
    {
      name: 'order-worker',
      kind: 'service',
      module: join(root, 'services', 'order-api', 'worker-main.ts'),
      environment: { ...environment, ...documentsEnvironment, PURGE_URLS: `${addresses.url('front-door')}/` },
      after: [seedStepName, 'data-api', 'queue', 'object-store'],
    },
  ]
}

function workers(setting: Setting): ProcessSpec[] {
  const { dataFolder, addresses, facilities, allowedSources, shopStepMilliseconds, shopDeliverySteps } = setting
  const shared = cloudEnvironment(addresses)
  const shops = facilities.map(({ id }) => ({ facilityId: id, ...facilityFolders(dataFolder, id) }))
  return [
    {
      name: 'processor',
      kind: 'service',
      module: join(root, 'services', 'processor', 'main.ts'),
      environment: {
        ...shared,
        PROCESS_QUEUE_URL: queueUrl(addresses, queues.process),
        STATUS_QUEUE_URL: queueUrl(addresses, queues.status),
        SOURCES_BUCKET: buckets.sources,
        PRINT_FILES_BUCKET: buckets.printFiles,
        ...documentsEnvironment,
        WORK_DIR: join(dataFolder, 'processor'),
        ALLOWED_SOURCE_ORIGINS: [addresses.url('front-door'), ...allowedSources].join(','),
      },
      after: ['queue', 'object-store'],
    },
    ...shops.map(
      ({ facilityId, configFile }): ProcessSpec => ({
        name: printClientName(facilityId),
        kind: 'service',
        module: join(root, 'services', 'print-client', 'main.ts'),
        arguments: ['--config', configFile],
        environment: shared,
        after: ['queue', 'object-store'],
      }),
    ),
    {
      name: 'simulated-shop',
      kind: 'service',
      module: join(root, 'local', 'simulated-shop', 'main.ts'),
      environment: {
        FACILITIES: JSON.stringify(
          shops.map(({ facilityId, hotFolder, statusFolder }) => ({ facilityId, hotFolder, statusFolder })),
        ),
        STEP_MILLISECONDS: String(shopStepMilliseconds),
        ...(shopDeliverySteps === undefined ? {} : { DELIVERY_STEPS: String(shopDeliverySteps) }),
      },
      after: [],
    },
  ]
}

function frontDoor({ dataFolder, addresses, facilities }: Setting): ProcessSpec {
  return {
    name: 'front-door',
    kind: 'service',
    module: join(root, 'local', 'front-door', 'main.ts'),
    environment: {
      ...cloudEnvironment(addresses),
      ...documentsEnvironment,
      LISTEN_PORT: String(addresses.port('front-door')),
      ORDER_API_URL: addresses.url('order-api'),
      MAIL_URL: addresses.url('mailbox'),
      SAMPLES_FOLDER: join(dataFolder, 'samples'),
      FACILITIES: JSON.stringify(
        facilities.map(({ id, name, city, country }) => ({
          id,
          name,
          city,
          country,
          hotFolder: facilityFolders(dataFolder, id).hotFolder,
        })),
      ),
    },
    after: [],
  }
}
