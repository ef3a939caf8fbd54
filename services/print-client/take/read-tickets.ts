import type { SQSClient } from '@aws-sdk/client-sqs'
import type { Clock } from '#chassis/clock.ts'
import type { Log } from '#chassis/log.ts'
import { type Delivery, readQueue } from '#chassis/queue-reader.ts'

export type ReadTicketsOptions = {
  readonly sqs: SQSClient
  readonly queueUrl: string
  readonly concurrency: number
  readonly handle: (body: unknown, delivery: Delivery) => Promise<void>
  /** Throws while no job at all could be handed over. */
  readonly requireRoom: () => Promise<void>
  /** Hears how each look into the queue ended. */
  readonly onReceive: (fault: Error | undefined) => void
  readonly log: Log
  readonly clock: Clock
  readonly signal: AbortSignal
}

const visibilitySeconds = 10
const pauseMilliseconds = 1_000

/**
 * Reads the facility's queue until `signal` aborts. While the disk or every output takes nothing, no ticket is taken:
 * each receive counts towards the dead letters, and another client may be able to print. Why not is said once.
 */
export async function readTickets(options: ReadTicketsOptions): Promise<void> {
  const { signal, clock, log } = options
  let said = ''
  while (!signal.aborted) {
    const fault = await faultOf(options.requireRoom)
    if (fault === undefined) {
      if (said !== '') log.info('taking_again')
      said = ''
      await readUntilFault(options)
      continue
    }
    if (said !== fault.message) log.warn({ err: fault }, 'taking_paused')
    said = fault.message
    await clock.sleep(pauseMilliseconds, signal)
  }
}

async function faultOf(requireRoom: () => Promise<void>): Promise<Error | undefined> {
  try {
    await requireRoom()
    return undefined
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

/** Whatever went wrong with one ticket, the next is taken only where there is room. */
async function readUntilFault({ handle, requireRoom, signal, ...options }: ReadTicketsOptions): Promise<void> {
  const fault = new AbortController()
  await readQueue({
    ...options,
    visibilitySeconds,
    signal: AbortSignal.any([signal, fault.signal]),
    handle: async (body, delivery) => {
      try {
        await handle(body, delivery)
      } catch (error) {
        if ((await faultOf(requireRoom)) !== undefined) fault.abort(error)
        throw error
      }
    },
  })
}
