import { createCaller } from '../../order-client/http/caller.ts'
import { createBreaker } from '../../order-client/http/circuit-breaker.ts'
import { createRetryBudget } from '../../order-client/http/retry-budget.ts'
import { createPublishedReader, type PublishedReader } from '../../order-client/published/published-reader.ts'
import { ownSurroundings } from '../../order-client/surroundings.ts'

/** A visitor waits for the first page: two tries of this length, and what is known serves where there is one. */
const answerWithinMilliseconds = 1_500
const retries = 1

/** The SDK's reader of published documents, in the haste of a page. */
export function createCdnReader(cdnUrl: string): PublishedReader {
  const surroundings = ownSurroundings()
  const { nowEpochMs } = surroundings
  const call = createCaller({
    baseUrl: cdnUrl,
    isPublic: true,
    timeoutMilliseconds: answerWithinMilliseconds,
    retries,
    breaker: createBreaker(new URL(cdnUrl).origin, nowEpochMs),
    budget: createRetryBudget(nowEpochMs),
    surroundings,
  })
  const timeoutMilliseconds = answerWithinMilliseconds
  return createPublishedReader({
    call,
    surroundings,
    cdnUrl,
    cache: undefined,
    timeoutMilliseconds,
    onStale: undefined,
  })
}
