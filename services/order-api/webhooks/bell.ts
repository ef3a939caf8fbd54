import { type Clock, systemClock } from '#chassis/clock.ts'

/** Lets one loop of a process wake others: the database says what there is to do, the bell only that it is worth a look. */
export type Bell = {
  readonly ring: () => void
  /** Until the bell rings, `milliseconds` are over, or `signal` aborts. A bell that rang before is heard at once. */
  readonly heard: (milliseconds: number, signal: AbortSignal) => Promise<void>
}

export function createBell(clock: Clock = systemClock): Bell {
  let rung = new AbortController()
  return {
    ring: () => rung.abort(),
    heard: async (milliseconds, signal) => {
      await clock.sleep(milliseconds, AbortSignal.any([signal, rung.signal]))
      if (rung.signal.aborted) rung = new AbortController()
    },
  }
}
