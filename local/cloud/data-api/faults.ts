import type { Clock } from '#chassis/clock.ts'
import { ServiceError } from './service-error.ts'

/** Bad days on demand. The counts are of calls and run down to 0. */
export type Faults = {
  /** Answered with DatabaseResumingException, as by a cluster that was paused. */
  readonly resuming: number
  /** Answered with DatabaseUnavailableException. */
  readonly unavailable: number
  /** Executed, then the connection is cut instead of answering. */
  readonly loseReplies: number
  /** Waited before each call. */
  readonly latencyMs: number
}

export type FaultSwitch = {
  readonly now: () => Faults
  readonly set: (changed: Partial<Faults>) => void
  /** Call before an operation: waits, throws what is due, or says that the reply is to be lost. */
  readonly strike: () => Promise<{ readonly isReplyLost: boolean }>
}

export function createFaultSwitch(initial: Partial<Faults>, resourceArn: string, clock: Clock): FaultSwitch {
  let faults: Faults = { resuming: 0, unavailable: 0, loseReplies: 0, latencyMs: 0, ...initial }
  const takes = (name: 'resuming' | 'unavailable' | 'loseReplies'): boolean => {
    if (faults[name] <= 0) return false
    faults = { ...faults, [name]: faults[name] - 1 }
    return true
  }
  return {
    now: () => faults,
    set: (changed) => {
      faults = { ...faults, ...changed }
    },
    strike: async () => {
      if (faults.latencyMs > 0) await clock.sleep(faults.latencyMs)
      if (takes('resuming'))
        throw new ServiceError(
          'DatabaseResumingException',
          `The Aurora DB instance ${resourceArn} is resuming after being auto-paused. Please wait a few seconds and try again.`,
        )
      if (takes('unavailable'))
        throw new ServiceError('DatabaseUnavailableException', "The DB instance isn't available.")
      return { isReplyLost: takes('loseReplies') }
    },
  }
}
