import { type Clock, systemClock } from './clock.ts'
import { countFaults } from './count-faults.ts'
import type { Log } from './log.ts'

/**
 * Runs `work`, waits, runs it again, until `signal` aborts. A failure is logged under `name` and the next round comes all the same. One that goes
 * on in the same words is told ever more rarely.
 */
export async function repeat(options: {
  readonly name: string
  readonly everyMilliseconds: number
  readonly signal: AbortSignal
  readonly log: Log
  readonly work: () => Promise<void>
  readonly clock?: Clock
}): Promise<void> {
  const { clock = systemClock, signal, log } = options
  const faults = countFaults()
  while (!signal.aborted) {
    try {
      await options.work()
      faults.worked()
    } catch (error) {
      const times = faults.failed(error)
      if (times !== undefined) log.warn({ err: error, times }, `${options.name}_failed`)
    }
    await clock.sleep(options.everyMilliseconds, signal)
  }
}
