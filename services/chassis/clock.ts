import { setTimeout as wait } from 'node:timers/promises'

/** Time as a dependency, so that a test can move it. */
export type Clock = {
  readonly now: () => Date
  /** Resolves after `milliseconds`, or at once (without an error) when `signal` aborts. */
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>
}

export const systemClock: Clock = {
  now: () => new Date(),
  sleep: async (milliseconds, signal) => {
    try {
      await wait(milliseconds, undefined, signal ? { signal } : undefined)
    } catch (error) {
      if (!signal?.aborted) throw error
    }
  },
}
