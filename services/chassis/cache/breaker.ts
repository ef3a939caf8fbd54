export type Breaker = {
  /** Whether it may be tried now. While it is broken, one try is let through after each pause. */
  readonly mayTry: () => boolean
  readonly succeeded: () => void
  readonly failed: () => void
}

/** Keeps away from what failed `mostFailures` times in a row, for `pauseMilliseconds` at a time. `changed` is told when that begins and when it ends. */
export function createBreaker(options: {
  readonly mostFailures: number
  readonly pauseMilliseconds: number
  readonly now: () => Date
  readonly changed: (isBroken: boolean) => void
}): Breaker {
  let failures = 0
  let againAtEpochMs = 0
  const isBroken = (): boolean => failures >= options.mostFailures
  const now = (): number => options.now().getTime()
  return {
    mayTry: () => {
      if (!isBroken()) return true
      if (now() < againAtEpochMs) return false
      againAtEpochMs = now() + options.pauseMilliseconds
      return true
    },
    succeeded: () => {
      const was = isBroken()
      failures = 0
      if (was) options.changed(false)
    },
    failed: () => {
      const was = isBroken()
      failures += 1
      if (!isBroken()) return
      againAtEpochMs = now() + options.pauseMilliseconds
      if (!was) options.changed(true)
    },
  }
}
