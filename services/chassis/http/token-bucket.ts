/** So many requests in so many seconds; the bucket holds the whole quota, so that a pause can be made up for. */
export type RatePolicy = { readonly name: string; readonly quota: number; readonly windowSeconds: number }

/** What one more request of a key comes to. */
export type Taken = {
  readonly isAllowed: boolean
  readonly remaining: number
  /** Until the whole quota is there again. */
  readonly fullInSeconds: number
  /** Until one more is allowed; 0 when this one was. */
  readonly retryInSeconds: number
}

/** So that keys that are no longer used do not stay for ever; a key that is forgotten begins with a full bucket. */
const mostKeys = 10_000

type Bucket = { tokens: number; atMilliseconds: number }

/** Token buckets, one a key, in this process. `now` in milliseconds must never go back. */
export function createTokenBuckets(
  { quota, windowSeconds }: RatePolicy,
  now: () => number = () => performance.now(),
): (key: string) => Taken {
  const perMillisecond = quota / (windowSeconds * 1000)
  const buckets = new Map<string, Bucket>()
  const bucketOf = (key: string, at: number): Bucket => {
    const known = buckets.get(key)
    if (known) return known
    if (buckets.size >= mostKeys) for (const oldest of buckets.keys()) return replaced(oldest, key, at)
    const made = { tokens: quota, atMilliseconds: at }
    buckets.set(key, made)
    return made
  }
  const replaced = (oldest: string, key: string, at: number): Bucket => {
    buckets.delete(oldest)
    return bucketOf(key, at)
  }
  return (key) => {
    const at = now()
    const bucket = bucketOf(key, at)
    bucket.tokens = Math.min(quota, bucket.tokens + (at - bucket.atMilliseconds) * perMillisecond)
    bucket.atMilliseconds = at
    const isAllowed = bucket.tokens >= 1
    if (isAllowed) bucket.tokens -= 1
    const seconds = (tokens: number): number => Math.ceil(tokens / perMillisecond / 1000)
    return {
      isAllowed,
      remaining: Math.floor(bucket.tokens),
      fullInSeconds: seconds(quota - bucket.tokens),
      retryInSeconds: isAllowed ? 0 : Math.max(1, seconds(1 - bucket.tokens)),
    }
  }
}
