import type { Clock } from '#chassis/clock.ts'
import type { Log } from '#chassis/log.ts'

/** What is known of the line to AWS, from the answers that come anyway. */
export type Line = {
  readonly state: () => LineState
  /** An answer, of whatever status: the line is there. `date` is its Date header. */
  readonly heard: (date: string | undefined) => void
  /** No answer. */
  readonly lost: (error: unknown) => void
}

export type LineState = {
  /** Absent before the first call. */
  readonly isReachable?: boolean
  readonly lastAnswerAt?: string
  readonly lastFault?: string
  /** Clock of this machine minus that of AWS. */
  readonly clockSkewSeconds?: number
}

/** AWS refuses signatures that are five minutes off or more; until then a wrong clock only makes wrong times. */
export const wrongFromSeconds = 60

/** Keeps what answers tell. A clock that is wrong is said once in the log, and once when it is right again. */
export function createLine(clock: Pick<Clock, 'now'>, log: Pick<Log, 'warn' | 'info'>): Line {
  let state: LineState = {}
  return {
    state: () => state,
    heard: (date) => {
      const now = clock.now()
      const clockSkewSeconds = skewOf(date, now) ?? state.clockSkewSeconds
      const was = isWrong(state)
      state = {
        isReachable: true,
        lastAnswerAt: now.toISOString(),
        ...(clockSkewSeconds === undefined ? {} : { clockSkewSeconds }),
      }
      if (isWrong(state) === was) return
      if (was) log.info({ clockSkewSeconds }, 'clock_right')
      else log.warn({ clockSkewSeconds }, 'clock_wrong')
    },
    lost: (error) => {
      state = { ...state, isReachable: false, lastFault: error instanceof Error ? error.message : String(error) }
    },
  }
}

/** Whether times of this machine are not to be trusted. */
export const isWrong = ({ clockSkewSeconds = 0 }: LineState): boolean => Math.abs(clockSkewSeconds) > wrongFromSeconds

/** The header counts whole seconds, and the answer took some time: a second or two mean nothing. */
function skewOf(date: string | undefined, now: Date): number | undefined {
  const theirs = date === undefined ? Number.NaN : Date.parse(date)
  return Number.isNaN(theirs) ? undefined : Math.round((now.getTime() - theirs) / 1_000)
}
