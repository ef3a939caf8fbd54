import { join } from 'node:path'
import { shopFileIn } from '../demo-shop/shop-file.ts'
import type { ProcessSpec } from '../supervisor/process-spec.ts'
import { pageListenerOf } from './addresses.ts'
import { buildPagesStepName, checkoutProcesses } from './checkout-processes.ts'
import { buckets, cloudEnvironment, database, queues, queueUrl } from './cloud-environment.ts'
import { cloudProcesses } from './cloud-processes.ts'
import { facilityFolders, facilityKeysIn } from './folders.ts'
import { paymentsProcess } from './payment-processes.ts'
import { seedStepName } from './seed-step-name.ts'
import type { Setting } from './setting.ts'

const root = join(import.meta.dirname, '..', '..')

export function printClientName(facilityId: string): string {
  return `print-client-${facilityId.replace(/^fac_/, '')}`
}

/** Every process of the platform. */
export function processesOf(setting: Setting): ProcessSpec[] {
  const processes = [
    ...cloudProcesses(setting),
    paymentsProcess(setting),
    ...orderApi(setting),
    ...checkoutProcesses(setting),
    ...workers(setting),
    frontDoor(setting),
  ]
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

/** The platform's own, which serves samples, and those that were named at start. */
const sourceOrigins = ({ addresses, allowedSources }: Setting): string =>
  [addresses.url('front-door'), ...allowedSources].join(',')

function orderApi(setting: Setting): ProcessSpec[] {
  const { dataFolder, addresses, ticketPatienceSeconds, masterKeys, allowedWebhooks } = setting
  const environment = {
    ...cloudEnvironment(addresses),
    ...databaseEnvironment,
    PROCESS_QUEUE_URL: queueUrl(addresses, queues.process),
    STATUS_QUEUE_URL: queueUrl(addresses, queues.status),
    FACILITY_QUEUE_URL_PREFIX: queueUrl(addresses, queues.facilityPrefix),
    SOURCES_BUCKET: buckets.sources,
    PRINT_FILES_BUCKET: buckets.printFiles,
    MASTER_KEYS: masterKeys,
    FACILITY_KEYS_FOLDER: facilityKeysIn(dataFolder),
    ALLOWED_WEBHOOK_ORIGINS: allowedWebhooks.join(','),
    CDN_URL: addresses.url('front-door'),
    CHECKOUT_URL: addresses.url('front-door'),
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
        ALLOWED_SOURCE_ORIGINS: sourceOrigins(setting),
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
      environment: {
        ...environment,
        ...documentsEnvironment,
        PURGE_URLS: `${addresses.url('front-door')}/`,
        // Everything on a laptop that was not enrolled speaks with the platform's own key.
        STATUS_TRUSTED_SENDERS: cloudEnvironment(addresses).AWS_ACCESS_KEY_ID ?? '',
      },
      after: [seedStepName, 'data-api', 'queue', 'object-store'],
    },
  ]
}

function workers(setting: Setting): ProcessSpec[] {
  const { dataFolder, addresses, facilities, shopStepMilliseconds, shopDeliverySteps } = setting
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
        ALLOWED_SOURCE_ORIGINS: sourceOrigins(setting),
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
        after: [buildPagesStepName, 'queue', 'object-store'],
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

const pageUrlOf = (addresses: Setting['addresses'], facilityId: string): string | undefined => {
  const page = pageListenerOf(facilityId)
  return page && addresses.url(page)
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
      CHECKOUT_URL: addresses.url('button-checkout'),
      MAIL_URL: addresses.url('mailbox'),
      PAYMENTS_URL: addresses.url('payments'),
      SAMPLES_FOLDER: join(dataFolder, 'samples'),
      SHOP_FILE: shopFileIn(dataFolder),
      FACILITIES: JSON.stringify(
        facilities.map(({ id, name, city, country }) => ({
          id,
          name,
          city,
          country,
          hotFolder: facilityFolders(dataFolder, id).hotFolder,
          pageUrl: pageUrlOf(addresses, id),
        })),
      ),
    },
    after: [],
  }
}
