import { createLog } from '#chassis/log.ts'
import { startWorker } from '../../../services/order-api/worker.ts'
import type { ApiUnderTest } from './platform.ts'
import { trustAll } from './trust-all.ts'

/** The worker of an API under test: it believes whoever sends, and sweeps when a test says so. */
export function startWorkerOf(api: ApiUnderTest, signal: AbortSignal): ReturnType<typeof startWorker> {
  const { changer, keyring } = api.context
  const config = { STATUS_QUEUE_URL: api.queueUrl('status'), SWEEP_SECONDS: 3600 }
  const log = createLog('test', 'fatal')
  return startWorker({ config, changer, keyring, senders: trustAll, sqs: api.sqs, log, signal })
}
