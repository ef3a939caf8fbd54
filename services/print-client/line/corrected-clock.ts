import type { Clock } from '#chassis/clock.ts'
import { isWrong, type LineState } from './line.ts'

/** The clock by which the client writes times: that of the machine, put right by that of AWS where it is more than a minute off. */
export const correctedClock = (clock: Clock, state: () => LineState): Clock => ({
  now: () => {
    const found = state()
    const now = clock.now()
    return isWrong(found) ? new Date(now.getTime() - (found.clockSkewSeconds ?? 0) * 1_000) : now
  },
  sleep: clock.sleep,
})
