const firstPauseMilliseconds = 250
const longestPauseMilliseconds = 20_000
/** Whoever says "come back in an hour" is told to the caller instead of waited for. */
export const longestRetryAfterSeconds = 60

/** Answers that do not come from the API itself (a proxy, a load balancer) and may be better the next time. */
const passingStatuses: readonly number[] = [408, 425, 429, 500, 502, 503, 504]
export const isPassing = (status: number): boolean => passingStatuses.includes(status)

/** Milliseconds before try `attempt + 1`, anywhere between nothing and a growing limit: many clients do not come at once. */
export function pauseBefore(attempt: number, random: () => number, retryAfterSeconds?: number): number {
  if (retryAfterSeconds !== undefined) return retryAfterSeconds * 1000 * (1 + random() / 4)
  return random() * Math.min(longestPauseMilliseconds, firstPauseMilliseconds * 2 ** attempt)
}

/** Seconds of a Retry-After header, which may be a number or a date. */
export function retryAfterOf(headers: Headers, nowEpochMs: number): number | undefined {
  const value = headers.get('retry-after')
  if (value === null) return undefined
  if (/^\d+$/.test(value)) return Number(value)
  const at = Date.parse(value)
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - nowEpochMs) / 1000))
}
