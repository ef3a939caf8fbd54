const fullTokens = 20
const tokensPerSecond = 0.5
const tokensPerSuccess = 0.1

/**
 * How many retries all calls together may make: a bucket of 20, one taken by each retry, a tenth put back by each success
 * and one every two seconds. A client in trouble asks at most a little more often than one that is well.
 */
export type RetryBudget = { readonly take: () => boolean; readonly succeeded: () => void }

export function createRetryBudget(nowEpochMs: () => number): RetryBudget {
  let tokens = fullTokens
  let at = nowEpochMs()
  const refill = (more: number): void => {
    const now = nowEpochMs()
    tokens = Math.min(fullTokens, tokens + more + (Math.max(0, now - at) / 1000) * tokensPerSecond)
    at = now
  }
  return {
    take: () => {
      refill(0)
      if (tokens < 1) return false
      tokens -= 1
      return true
    },
    succeeded: () => refill(tokensPerSuccess),
  }
}
