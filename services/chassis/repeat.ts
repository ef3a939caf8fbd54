import { type Clock, systemClock } from './clock.ts'
import type { Log } from './log.ts'

/** Runs `work`, waits, runs it again, until `signal` aborts. A failure is logged under `name` and the next round comes all the same. */
export async function repeat(options: {
  readonly name: string
  readonly everyMilliseconds: number
  readonly signal: AbortSignal
  readonly log: Log
  readonly work: () => Promise<void>
  readonly clock?: Clock
}): Promise<void> {
  const { clock = systemClock, signal, log } = options
  while (!signal.aborted) {
    try {
      await options.work()
    } catch (error) {
      log.warn({ err: error }, `${options.name}_failed`)
    }
    await clock.sleep(options.everyMilliseconds, signal)
  }
}
