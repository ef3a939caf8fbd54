import { type Clock, systemClock } from './clock.ts'
import type { Log } from './log.ts'

/**
 * Runs `work`, waits, runs it again, until `signal` aborts. A failure is logged under `name` and the next round comes all the same. One that goes
 * on in the same words is told at its 1st, 2nd, 4th, 8th … time: what is away for an hour must not fill the log.
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
  let failed: { readonly words: string; readonly times: number } | undefined
  while (!signal.aborted) {
    try {
      await options.work()
      failed = undefined
    } catch (error) {
      const words = String(error)
      const times = failed?.words === words ? failed.times + 1 : 1
      failed = { words, times }
      if (Number.isInteger(Math.log2(times))) log.warn({ err: error, times }, `${options.name}_failed`)
    }
    await clock.sleep(options.everyMilliseconds, signal)
  }
}
