import type { Clock } from '#chassis/clock.ts'
import { Transient } from '#chassis/errors.ts'
import type { Log } from '#chassis/log.ts'

/** Jobs that the journal holds and no message drives any more: after a restart, or after a fault. */
export type Worklist = {
  readonly add: (jobId: string) => void
  /** Resolves when nothing is under way; call it after the signal aborted. */
  readonly stopped: () => Promise<void>
}

export type WorklistOptions = {
  readonly work: (jobId: string) => Promise<void>
  readonly concurrency: number
  readonly log: Log
  readonly clock: Clock
  readonly signal: AbortSignal
  /** From 0 to 1; spreads the pauses. */
  readonly random?: () => number
}

const firstPauseMilliseconds = 250
const longestPauseMilliseconds = 15_000

/** Tries each job until `work` resolves, for ever, with growing pauses; at most `concurrency` at once. */
export function createWorklist({
  work,
  concurrency,
  log,
  clock,
  signal,
  random = Math.random,
}: WorklistOptions): Worklist {
  const listed = new Map<string, Promise<void>>()
  const inLine: (() => void)[] = []
  let free = concurrency

  const inTurn = async (jobId: string): Promise<void> => {
    if (free === 0) await new Promise<void>((go) => inLine.push(go))
    else free -= 1
    try {
      if (!signal.aborted) await work(jobId)
    } finally {
      const next = inLine.shift()
      if (next) next()
      else free += 1
    }
  }

  const insist = async (jobId: string): Promise<void> => {
    for (let attempt = 0; !signal.aborted; attempt += 1) {
      try {
        return await inTurn(jobId)
      } catch (error) {
        // Anything but Transient is our bug: the job waits all the same, and the log says so louder.
        log[error instanceof Transient ? 'warn' : 'error']({ err: error, jobId, attempt }, 'job_waits')
        // Between half and one and a half of it, so that two jobs that are in each other's way do not meet for ever.
        const pause = Math.min(longestPauseMilliseconds, firstPauseMilliseconds * 2 ** attempt) * (0.5 + random())
        await clock.sleep(pause, signal)
      }
    }
  }

  return {
    add: (jobId) => {
      if (listed.has(jobId)) return
      listed.set(
        jobId,
        insist(jobId).finally(() => listed.delete(jobId)),
      )
    },
    stopped: async () => void (await Promise.all(listed.values())),
  }
}
