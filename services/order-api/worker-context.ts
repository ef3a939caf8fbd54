import type { S3Client } from '@aws-sdk/client-s3'
import type { SQSClient } from '@aws-sdk/client-sqs'
import { createRdsData } from '#chassis/aws.ts'
import { createDatabase } from '#chassis/database.ts'
import { createKeyring, type Keyring } from '#chassis/keyring.ts'
import type { Log } from '#chassis/log.ts'
import { createQueueWriter } from '#chassis/queue-writer.ts'
import type { OrderWorkerEnvironment } from '#contracts/environment.ts'
import type { OrderChanger } from './orders/change-order.ts'
import { createPublishing } from './published/create-publishing.ts'
import type { Publishing } from './published/publishing.ts'
import { createElsewhere, type Elsewhere } from './rerouting/elsewhere.ts'
import { createSenders, type Senders, sendersIn } from './status/senders.ts'
import { createOrderStore } from './store/order-store.ts'
import { createRing } from './tickets/ring.ts'

export type WorkerContext = {
  readonly changer: OrderChanger
  readonly keyring: Keyring
  readonly senders: Senders
  readonly elsewhere: Elsewhere
  readonly publishing: Publishing
}

type Parts = { readonly sqs: SQSClient; readonly s3: S3Client; readonly log: Log; readonly now: () => Date }

/** Puts together what the worker works with. */
export function createWorkerContext(config: OrderWorkerEnvironment, { sqs, s3, log, now }: Parts): WorkerContext {
  const keyring = createKeyring(config.MASTER_KEYS)
  const database = createDatabase(createRdsData(), config)
  const addresses = {
    processQueueUrl: config.PROCESS_QUEUE_URL,
    facilityQueueUrlPrefix: config.FACILITY_QUEUE_URL_PREFIX,
  }
  const changer = {
    database,
    orders: createOrderStore(database),
    ring: createRing(createQueueWriter(sqs), addresses, log),
    now,
    patienceSeconds: config.TICKET_PATIENCE_SECONDS,
    log,
  }
  return {
    changer,
    keyring,
    elsewhere: createElsewhere(changer, { s3, bucket: config.PRINT_FILES_BUCKET }),
    senders: createSenders({ database, trusted: sendersIn(config.STATUS_TRUSTED_SENDERS), now, log }),
    publishing: createPublishing(config, { database, keyring, log, now }),
  }
}
