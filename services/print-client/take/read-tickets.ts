import type { SQSClient } from '@aws-sdk/client-sqs'
import type { Clock } from '#chassis/clock.ts'
import type { Log } from '#chassis/log.ts'
import { type Delivery, readQueue } from '#chassis/queue-reader.ts'
import { FolderFault } from '../folder-fault.ts'

export type ReadTicketsOptions = {
  readonly sqs: SQSClient
  readonly queueUrl: string
  readonly concurrency: number
  readonly handle: (body: unknown, delivery: Delivery) => Promise<void>
  /** Throws FolderFault while no job could be handed over. */
  readonly requireRoom: () => Promise<void>
  readonly log: Log
  readonly clock: Clock
  readonly signal: AbortSignal
}

const visibilitySeconds = 10
const pauseMilliseconds = 1_000

/**
 * Reads the facility's queue until `signal` aborts. While the disk or the hot folder takes nothing, no ticket is taken:
 * each receive counts towards the dead letters, and another client may be able to print.
 */
export async function readTickets(options: ReadTicketsOptions): Promise<void> {
  const { signal, clock, log } = options
  while (!signal.aborted) {
    try {
      await options.requireRoom()
    } catch (error) {
      log.warn({ err: error }, 'taking_paused')
      await clock.sleep(pauseMilliseconds, signal)
      continue
    }
    await readUntilFault(options)
  }
}

async function readUntilFault({ handle, signal, ...options }: ReadTicketsOptions): Promise<void> {
  const fault = new AbortController()
  await readQueue({
    ...options,
    visibilitySeconds,
    signal: AbortSignal.any([signal, fault.signal]),
    handle: async (body, delivery) => {
      try {
        await handle(body, delivery)
      } catch (error) {
        if (error instanceof FolderFault) fault.abort(error)
        throw error
      }
    },
  })
}
