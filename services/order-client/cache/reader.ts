import type { Call, Caller, CallOptions } from '../http/caller.ts'
import { bodyOf } from '../http/read-answer.ts'
import { faultOf, type PrintcloudError } from '../printcloud-error.ts'
import type { Surroundings } from '../surroundings.ts'
import { sha256Hex } from '../web-crypto.ts'
import type { CacheOptions } from './cache-store.ts'
import { type Read, withFreshness } from './freshness.ts'
import { type Found, foundIn, type KeptAnswer, keepAnswer, loadAnswer, stillAbsent } from './kept-answer.ts'
import { type OnStale, tellStale } from './stale-answer.ts'

export type ReaderOptions = {
  readonly call: Caller
  readonly surroundings: Surroundings
  readonly cache: CacheOptions | undefined
  readonly baseUrl: string
  readonly apiKey: string | undefined
  readonly account?: string | undefined
  readonly onStale: OnStale | undefined
}
export type Reader = {
  /** A GET whose last answer is served, marked as stale, when the API does not answer. */
  readonly read: <T extends object>(path: string, options?: CallOptions) => Promise<Read<T>>
  /** A GET of something that is only of use when it is new. */
  readonly readNow: <T extends object>(path: string, options?: CallOptions) => Promise<Read<T>>
  /** What a write answered is what the next read would have said. */
  readonly remember: (path: string, value: object) => Promise<void>
}

const aDaySeconds = 86_400
const shortSeconds = 10
/** With an older answer at hand nobody waits through all the tries. */
const retriesWithSpare = 1

export function createReader(options: ReaderOptions): Reader {
  const { call, surroundings, cache } = options
  const nowEpochMs = surroundings.nowEpochMs
  let owner: Promise<string> | undefined
  // Of the key only a fingerprint: whoever shares the store does not share the account.
  const keyOf = async (path: string): Promise<string> => {
    owner ??= sha256Hex(`${options.apiKey ?? ''}${options.account ?? ''}`)
    return `printcloud/1 ${options.baseUrl} ${(await owner).slice(0, 16)} ${path}`
  }

  const readNow = async <T extends object>(path: string, callOptions: CallOptions = {}): Promise<Read<T>> => {
    const { answer } = await call({ ...callOptions, method: 'GET', path })
    return withFreshness(bodyOf<T>(answer), false, nowEpochMs())
  }

  const readThrough = async <T extends object>(
    cacheOptions: CacheOptions,
    path: string,
    callOptions: CallOptions,
  ): Promise<Read<T>> => {
    const key = await keyOf(path)
    const spare = await spareOf(cacheOptions, key, nowEpochMs())
    const keep = (answer: KeptAnswer): Promise<boolean> => keepAnswer(cacheOptions.store, key, answer)
    try {
      const { answer } = await call(refreshing(path, spare, callOptions))
      const found = foundIn(answer, spare, nowEpochMs())
      const value = withFreshness(keptValue<T>(found), false, found.storedAtEpochMs)
      await keep(found)
      return value
    } catch (error) {
      const fault = faultOf(error)
      if (fault.status === 404) await keep({ kind: 'absent', storedAtEpochMs: nowEpochMs(), detail: fault.detail })
      if (spare === undefined || !isOutage(fault)) throw fault
      const value = withFreshness(keptValue<T>(spare), true, spare.storedAtEpochMs)
      void tellStale(options.onStale, { path, read: value, cause: fault, nowEpochMs: nowEpochMs() })
      return value
    }
  }

  return {
    readNow,
    read: (path, callOptions = {}) =>
      cache === undefined ? readNow(path, callOptions) : readThrough(cache, path, callOptions),
    remember: async (path, value) => {
      if (cache === undefined) return
      const text = JSON.stringify(value)
      const found = { kind: 'found', storedAtEpochMs: nowEpochMs(), etag: undefined, text } as const
      await keepAnswer(cache.store, await keyOf(path), found)
    },
  }
}

/** What may be served when there is no answer. Throws the 404 of a moment ago. */
async function spareOf(options: CacheOptions, key: string, nowEpochMs: number): Promise<Found | undefined> {
  const { store, maximumStaleSeconds = aDaySeconds, notFoundSeconds = shortSeconds } = options
  const kept = await loadAnswer(store, key)
  if (kept === undefined) return undefined
  const ageSeconds = (nowEpochMs - kept.storedAtEpochMs) / 1000
  if (kept.kind === 'found') return ageSeconds < maximumStaleSeconds ? kept : undefined
  // What comes from the future was written by a wrong clock.
  if (ageSeconds >= 0 && ageSeconds < notFoundSeconds) throw stillAbsent(kept)
  return undefined
}

function refreshing(path: string, spare: Found | undefined, options: CallOptions): Call {
  if (spare === undefined) return { ...options, method: 'GET', path }
  const condition = spare.etag === undefined ? {} : { headers: { 'if-none-match': spare.etag } }
  return { ...options, retries: options.retries ?? retriesWithSpare, method: 'GET', path, ...condition }
}

const keptValue = <T extends object>({ text }: Found): T => bodyOf<T>({ status: 200, headers: new Headers(), text })

/** No answer, or one that says "not now". A refusal is an answer. */
const isOutage = ({ status, isRetryable }: PrintcloudError): boolean => status === 0 || status >= 500 || isRetryable
