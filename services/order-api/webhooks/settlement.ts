import type { DisabledReason } from '#contracts/order-api/webhook.ts'
import type { AttemptResult } from './post-webhook.ts'

/**
 * Seconds from one attempt to the next, as the Standard Webhooks specification has them: 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h,
 * 20 h, 24 h. Together 75.6 hours: an endpoint that is down for three days gets everything.
 */
export const retrySeconds = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400] as const
/** The first attempt, and one after each of the times above. */
export const mostTries = retrySeconds.length + 1
/** Jitter only adds: taking away could end the schedule before three days are over. */
const jitter = 0.1
const longestRetryAfterSeconds = 86_400
/** An endpoint where nothing arrived for so long, all through the schedule of a delivery, is given up. */
const failingHours = 72

/** What becomes of a delivery after an attempt, and of its endpoint. */
export type Settlement =
  | { readonly state: 'delivered' }
  | { readonly state: 'pending'; readonly nextAt: Date }
  | { readonly state: 'failed'; readonly disables?: Exclude<DisabledReason, 'asked'> }

export type Attempted = {
  /** Attempts before this one, since the delivery was begun or begun anew. */
  readonly tries: number
  /** Since when no attempt at the endpoint has succeeded; null: the last one did. */
  readonly failingSince: string | null
}

/** Decides by the answer to an attempt. `random` is from 0 to 1. */
export function settlementOf(
  { tries, failingSince }: Attempted,
  { status = 0, retryAfterSeconds = 0 }: Pick<AttemptResult, 'status' | 'retryAfterSeconds'>,
  now: Date,
  random: number,
): Settlement {
  if (status >= 200 && status < 300) return { state: 'delivered' }
  if (status === 410) return { state: 'failed', disables: 'gone' }
  const scheduled = retrySeconds[tries]
  if (scheduled === undefined) {
    const failedHours = failingSince === null ? 0 : (now.getTime() - Date.parse(failingSince)) / 3_600_000
    return { state: 'failed', ...(failedHours >= failingHours ? { disables: 'failing' } : {}) }
  }
  const asked = status === 429 || status === 503 ? Math.min(retryAfterSeconds, longestRetryAfterSeconds) : 0
  const seconds = Math.max(asked, scheduled * (1 + jitter * random))
  return { state: 'pending', nextAt: new Date(now.getTime() + Math.round(seconds * 1000)) }
}
