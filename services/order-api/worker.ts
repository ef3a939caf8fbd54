import type { SQSClient } from '@aws-sdk/client-sqs'
import type { Keyring } from '#chassis/keyring.ts'
import type { Log } from '#chassis/log.ts'
import { readQueue } from '#chassis/queue-reader.ts'
import { repeat } from '#chassis/repeat.ts'
import type { Running } from '#chassis/run.ts'
import type { OrderWorkerEnvironment } from '#contracts/environment.ts'
import type { OrderChanger } from './orders/change-order.ts'
import { sweepDueOrders } from './orders/sweep-due.ts'
import { sweepPreflights } from './preflights/sweep-preflights.ts'
import { sweepWorks } from './publications/sweep-works.ts'
import type { Elsewhere } from './rerouting/elsewhere.ts'
import { checkSender } from './status/check-sender.ts'
import { createHandleStatus } from './status/handle-status.ts'
import type { Senders } from './status/senders.ts'
import { sweepTickets } from './tickets/sweep.ts'

export type Worker = {
  readonly config: Pick<OrderWorkerEnvironment, 'STATUS_QUEUE_URL' | 'SWEEP_SECONDS'>
  readonly changer: OrderChanger
  readonly keyring: Keyring
  readonly senders: Senders
  /** Absent: what a facility does not make fails, and what it does not take stays. */
  readonly elsewhere?: Elsewhere
  readonly sqs: SQSClient
  readonly log: Log
  readonly signal: AbortSignal
}

const statusesAtOnce = 10
/** A status is applied in milliseconds; after a crash it should be back soon. */
const statusVisibilitySeconds = 20

/** Starts the status reader and the sweeper; `drain` waits for what they have in hand. */
export function startWorker({ config, changer, keyring, senders, elsewhere, sqs, log, signal }: Worker): Running {
  const reading = readQueue({
    sqs,
    queueUrl: config.STATUS_QUEUE_URL,
    log,
    handle: checkSender(senders, log, createHandleStatus(changer, keyring, elsewhere)),
    concurrency: statusesAtOnce,
    visibilitySeconds: statusVisibilitySeconds,
    signal,
  })
  // Each by itself: one that fails, or has much to do, holds up no other.
  const sweeps: Readonly<Record<string, () => Promise<unknown>>> = {
    sweep: () => sweepTickets({ ...changer, log }),
    sweep_preflights: () => sweepPreflights({ ...changer, log }),
    sweep_thumbnails: () => sweepWorks({ ...changer, keyring, log }, 'thumbnail'),
    sweep_proofs: () => sweepWorks({ ...changer, keyring, log }, 'proof'),
    sweep_due_orders: () => sweepDueOrders(changer),
    sweep_queued_jobs: async () => elsewhere?.sweep(),
    sweep_lost_parcels: async () => elsewhere?.sweepLost(),
  }
  const everyMilliseconds = config.SWEEP_SECONDS * 1000
  const sweeping = Object.entries(sweeps).map(([name, sweep]) =>
    repeat({ name, everyMilliseconds, signal, log, work: async () => void (await sweep()) }),
  )
  return {
    drain: async () => {
      await Promise.all([reading, ...sweeping])
    },
  }
}
