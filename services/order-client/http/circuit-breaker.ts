import { PrintcloudError } from '../printcloud-error.ts'

const failuresBeforeOpen = 5
const openMilliseconds = 5_000

/** How a try ended, as far as the health of its origin goes. `unknown`: the caller gave up. */
export type Health = 'fine' | 'failed' | 'unknown'
export type Breaker = {
  /** Says that a try begins; the answer is to be called once, when it ended. Throws `circuit_open` instead of asking in vain. */
  readonly enter: () => (health: Health) => void
}

/** After five failures in a row nothing is sent for five seconds, then one probe; its success lets everyone in again. */
export function createBreaker(origin: string, nowEpochMs: () => number): Breaker {
  let failures = 0
  let openUntilEpochMs = 0
  let isProbing = false
  return {
    enter: () => {
      const isOpen = failures >= failuresBeforeOpen
      const untilMilliseconds = openUntilEpochMs - nowEpochMs()
      // Longer than a pause: the clock was set back.
      const restMilliseconds = untilMilliseconds > openMilliseconds ? 0 : untilMilliseconds
      if (isOpen && (restMilliseconds > 0 || isProbing)) throw open(origin, Math.max(0, restMilliseconds))
      isProbing = isOpen
      return (health) => {
        if (isOpen) isProbing = false
        if (health === 'fine') failures = 0
        if (health !== 'failed') return
        failures += 1
        if (failures >= failuresBeforeOpen) openUntilEpochMs = nowEpochMs() + openMilliseconds
      }
    },
  }
}

const open = (origin: string, restMilliseconds: number): PrintcloudError =>
  new PrintcloudError({
    code: 'circuit_open',
    title: 'Nothing was sent',
    detail: `${origin} did not answer ${failuresBeforeOpen} times in a row; it is asked again in a moment.`,
    isRetryable: true,
    retryAfterSeconds: Math.ceil(restMilliseconds / 1000),
  })

/** One breaker for each origin that the client talks to. */
export function createBreakers(nowEpochMs: () => number): (address: string) => Breaker {
  const known = new Map<string, Breaker>()
  return (address) => {
    const { origin } = new URL(address)
    const breaker = known.get(origin) ?? createBreaker(origin, nowEpochMs)
    known.set(origin, breaker)
    return breaker
  }
}
