import { faultOf, PrintcloudError } from '../printcloud-error.ts'
import type { Surroundings } from '../surroundings.ts'
import { randomId } from '../web-crypto.ts'
import type { Breaker } from './circuit-breaker.ts'
import { errorOf } from './read-answer.ts'
import type { RetryBudget } from './retry-budget.ts'
import { isPassing, longestRetryAfterSeconds, pauseBefore } from './retry-policy.ts'
import { type Answer, type Sent, sendOnce } from './send-once.ts'
import { sendableApiKey } from './sendable.ts'

/** What every call takes. */
export type CallOptions = {
  /** Ends the call; it then rejects with this signal's own reason. */
  readonly signal?: AbortSignal | undefined
  /** For one try, answer included. */
  readonly timeoutMilliseconds?: number | undefined
  /** Tries after the first one. */
  readonly retries?: number | undefined
}

export type Call = CallOptions & {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** False where a second arrival would make a second thing: then only what was surely not taken is sent again. */
  readonly isRepeatable?: boolean
}
/** `isRepeated`: an earlier try may have arrived although its answer did not. */
export type Called = { readonly answer: Answer; readonly isRepeated: boolean }
/** An error after tries of which one may have arrived. */
export const arrivedPerhaps = new WeakSet<PrintcloudError>()

export type Caller = (call: Call) => Promise<Called>
export type CallerOptions = {
  readonly baseUrl: string
  readonly apiKey?: string | undefined
  /** Whom the platform's checkout acts for. */
  readonly account?: string | undefined
  readonly timeoutMilliseconds: number
  readonly retries: number
  readonly breaker: Breaker
  readonly budget: RetryBudget
  readonly surroundings: Surroundings
  /**
   * For files that everyone may read: no header that makes a browser ask beforehand whether it may. A 502 to 504 is then about one file: the
   * others lie there all the same.
   */
  readonly isPublic?: true
}

/**
 * Sends a call until it is answered: with a time limit a try, pauses that grow and differ, Retry-After, a budget that all
 * calls share, and a breaker. Most calls may be sent twice: reads change nothing, orders and money have their
 * Idempotency-Key, and wishes lead to the same state. Resolves with any 2xx or 304; throws PrintcloudError.
 */
export function createCaller(options: CallerOptions): Caller {
  const { budget, surroundings } = options
  return async (call) => {
    const sent = await sentOf(options, call)
    const retries = call.retries ?? options.retries
    let isRepeated = false
    for (let attempt = 0; ; attempt += 1) {
      const answer = await tryOnce(options, sent).catch(faultOf)
      if (!(answer instanceof PrintcloudError)) {
        budget.succeeded()
        return { answer, isRepeated }
      }
      if (attempt >= retries || !mayPass(answer, call.isRepeatable ?? true) || !budget.take()) {
        if (isRepeated) arrivedPerhaps.add(answer)
        throw answer
      }
      isRepeated ||= !isTurnedAway(answer)
      await surroundings.wait(pauseBefore(attempt, surroundings.random, answer.retryAfterSeconds), call.signal)
    }
  }
}

async function tryOnce({ breaker, surroundings, isPublic }: CallerOptions, sent: Sent): Promise<Answer> {
  const { fetch, nowEpochMs } = surroundings
  const ended = breaker.enter()
  let health: 'fine' | 'failed' | 'unknown' = 'unknown'
  try {
    const answer = await sendOnce(fetch, sent)
    // A 500 is about one request, a 502 to 504 about the whole of it.
    health = answer.status > 500 && !isPublic ? 'failed' : 'fine'
    if ((answer.status >= 200 && answer.status < 300) || answer.status === 304) return answer
    throw errorOf(answer, nowEpochMs())
  } catch (error) {
    if (error instanceof PrintcloudError && error.status === 0) health = 'failed'
    throw error
  } finally {
    ended(health)
  }
}

/** Said at the door, before anything was done. */
const isTurnedAway = ({ status, code }: PrintcloudError): boolean => status === 429 || code === 'overloaded'

function mayPass(error: PrintcloudError, isRepeatable: boolean): boolean {
  const { isRetryable, code, retryAfterSeconds = 0, status } = error
  if (code === 'circuit_open' || retryAfterSeconds > longestRetryAfterSeconds) return false
  if (!isRepeatable && !isTurnedAway(error)) return false
  return isRetryable && (status === 0 || isPassing(status))
}

async function sentOf(options: CallerOptions, call: Call): Promise<Sent> {
  const { baseUrl, apiKey, account, timeoutMilliseconds } = options
  return {
    method: call.method,
    address: `${baseUrl}${call.path}`,
    headers: {
      accept: 'application/json',
      ...(options.isPublic ? {} : { 'x-request-id': await randomId('req_') }),
      ...(apiKey === undefined ? {} : { authorization: `Bearer ${sendableApiKey(apiKey)}` }),
      ...(account === undefined ? {} : { 'printcloud-account': account }),
      ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...call.headers,
    },
    ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
    timeoutMilliseconds: call.timeoutMilliseconds ?? timeoutMilliseconds,
    signal: call.signal,
  }
}
