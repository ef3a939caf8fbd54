import type { S3Client } from '@aws-sdk/client-s3'
import type { SQSClient } from '@aws-sdk/client-sqs'
import { systemClock } from '#chassis/clock.ts'
import { lookupAll } from '#chassis/http/address-guard.ts'
import { originsOf } from '#chassis/http/guarded-agent.ts'
import type { Log } from '#chassis/log.ts'
import { readQueue } from '#chassis/queue-reader.ts'
import { createQueueWriter } from '#chassis/queue-writer.ts'
import type { Running } from '#chassis/run.ts'
import type { ProcessorEnvironment } from '#contracts/environment.ts'
import { createTicketHandler } from './job/handle-ticket.ts'
import { openSandboxPool } from './sandbox/pool.ts'
import type { DocumentStores } from './thumbnail/put-thumbnail.ts'

export type ProcessorClients = {
  readonly sqs: SQSClient
  readonly s3: S3Client
  /** Of the standby bucket; used where there is one. */
  readonly standbyS3: S3Client
}

/** Longer than any pause between renewals; a dead processor's ticket comes back after this. */
const visibilitySeconds = 30

/** Takes tickets until `signal` aborts; `drain` resolves when nothing is in hand any more. */
export async function startProcessor(
  config: ProcessorEnvironment,
  clients: ProcessorClients,
  log: Log,
  signal: AbortSignal,
): Promise<Running> {
  // One more than there are jobs: while one is judged, the producer of the next finds its child warm.
  const pool = await openSandboxPool(config.WORK_DIR, config.CONCURRENCY + 1, log)
  const handle = createTicketHandler({
    pool,
    log,
    clock: systemClock,
    lookup: lookupAll,
    s3: clients.s3,
    writer: createQueueWriter(clients.sqs),
    statusQueueUrl: config.STATUS_QUEUE_URL,
    sourcesBucket: config.SOURCES_BUCKET,
    printFilesBucket: config.PRINT_FILES_BUCKET,
    documents: documentStores(config, clients),
    allowedOrigins: originsOf(config.ALLOWED_SOURCE_ORIGINS),
  })
  const reading = readQueue({
    sqs: clients.sqs,
    queueUrl: config.PROCESS_QUEUE_URL,
    log,
    handle,
    concurrency: config.CONCURRENCY,
    visibilitySeconds,
    signal,
  })
  return {
    drain: async () => {
      await reading
      await pool.close()
    },
  }
}

function documentStores(config: ProcessorEnvironment, { s3, standbyS3 }: ProcessorClients): DocumentStores {
  const primary = { s3, bucket: config.DOCUMENTS_BUCKET }
  const bucket = config.STANDBY_DOCUMENTS_BUCKET
  return bucket === '' ? { primary } : { primary, standby: { s3: standbyS3, bucket } }
}
