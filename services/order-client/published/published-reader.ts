import type { CacheOptions } from '../cache/cache-store.ts'
import { type Read, withFreshness } from '../cache/freshness.ts'
import { type Found, foundIn, type KeptAnswer, stillAbsent } from '../cache/kept-answer.ts'
import { type OnStale, tellStale } from '../cache/stale-answer.ts'
import type { Call, Caller, CallOptions } from '../http/caller.ts'
import { bodyOf, malformed } from '../http/read-answer.ts'
import { faultOf, type PrintcloudError } from '../printcloud-error.ts'
import type { Surroundings } from '../surroundings.ts'
import { createKept, type Kept } from './kept.ts'
import { isWhatItsNameSays } from './named-by-hash.ts'
import { createUnderWay } from './under-way.ts'

export type PublishedReaderOptions = {
  readonly call: Caller
  readonly surroundings: Surroundings
  readonly cdnUrl: string
  readonly cache: CacheOptions | undefined
  /** For one try where nothing is kept. */
  readonly timeoutMilliseconds: number
  readonly onStale: OnStale | undefined
}

export type Wanted = {
  readonly path: string
  /** What `object` says in such a document: whatever says something else is not ours. */
  readonly object?: string
  /** So long what is kept serves without asking; Infinity where the document never changes. */
  readonly freshSeconds: number
}

/** A published document: from what was read just now, the CDN, or what is kept when that does not answer. */
export type PublishedReader = <T extends object>(wanted: Wanted, options?: CallOptions) => Promise<Read<T>>

const aMonthSeconds = 30 * 86_400
/** As long as the edge remembers it. */
const shortSeconds = 5
/** With an older answer at hand nobody waits for long. */
const patienceWithSpare = { retries: 1, timeoutMilliseconds: 2_000 } as const

/** `cause`: why it is the one of before. */
type Served = { readonly found: Found; readonly cause?: PrintcloudError }

/**
 * Reads files that everybody may read: no key is sent or noted. Readers of one document at one moment share one request, and each gets a
 * copy of its own. Whatever is neither the document nor "not there" is an outage: a public file is refused to nobody.
 */
export function createPublishedReader(options: PublishedReaderOptions): PublishedReader {
  const { nowEpochMs } = options.surroundings
  const kept = createKept(options.cache?.store, nowEpochMs)
  const underWay = createUnderWay<Served>()
  return async <T extends object>(wanted: Wanted, { signal, ...callOptions }: CallOptions = {}) => {
    const { path } = wanted
    const key = `printcloud/1 ${options.cdnUrl} ${path}`
    // Who is more patient than others does not share their haste.
    const together = [key, callOptions.timeoutMilliseconds, callOptions.retries].join(' ')
    const { found, cause } = await underWay(
      together,
      () => serve(options, kept, { ...wanted, key }, callOptions),
      signal,
    )
    const read = withFreshness(documentIn<T>(found, wanted), cause !== undefined, found.storedAtEpochMs)
    if (cause !== undefined) void tellStale(options.onStale, { path, read, cause, nowEpochMs: nowEpochMs() })
    return read
  }
}

async function serve(
  options: PublishedReaderOptions,
  kept: Kept,
  wanted: Wanted & { readonly key: string },
  callOptions: CallOptions,
): Promise<Served> {
  const { path, key, freshSeconds } = wanted
  const { maximumStaleSeconds = aMonthSeconds, notFoundSeconds = shortSeconds } = options.cache ?? {}
  const isEnough = (answer: KeptAnswer): boolean =>
    kept.isYounger(answer, answer.kind === 'found' ? freshSeconds : notFoundSeconds)
  const known = usable(await kept.load(key, isEnough), wanted)
  if (known?.kind === 'absent' && isEnough(known)) throw stillAbsent(known)
  if (known?.kind === 'found' && isEnough(known)) return { found: known }
  const spare = known?.kind === 'found' && kept.isYounger(known, maximumStaleSeconds) ? known : undefined
  try {
    const found = await asked(options, wanted, spare, callOptions)
    await kept.keep(key, found)
    return { found }
  } catch (error) {
    const fault = faultOf(error)
    if (isGone(fault)) throw await gone(kept, path, key, options.surroundings.nowEpochMs())
    if (spare === undefined) throw fault
    return { found: spare, cause: fault }
  }
}

/** The document as the CDN has it now. Throws for what is none, before that takes the place of a good one. */
async function asked(
  { call, surroundings, timeoutMilliseconds }: PublishedReaderOptions,
  wanted: Wanted,
  spare: Found | undefined,
  options: CallOptions,
): Promise<Found> {
  const hasCondition = spare?.etag !== undefined && !surroundings.hasHttpCache
  const hurried = {
    retries: patienceWithSpare.retries,
    timeoutMilliseconds: Math.min(timeoutMilliseconds, patienceWithSpare.timeoutMilliseconds),
  }
  const sent: Call = {
    ...(spare === undefined ? {} : hurried),
    ...given(options),
    method: 'GET',
    path: wanted.path,
    ...(hasCondition ? { headers: { 'if-none-match': spare.etag } } : {}),
  }
  const { answer } = await call(sent)
  const found = foundIn(answer, spare, surroundings.nowEpochMs())
  documentIn(found, wanted)
  if (await isWhatItsNameSays(wanted.path, found.text)) return found
  throw malformed('The document is not the one that its name promises', answer.status)
}

/** Only what the caller said: an `undefined` would hide what holds without it. */
const given = ({ retries, timeoutMilliseconds }: CallOptions): CallOptions => ({
  ...(retries === undefined ? {} : { retries }),
  ...(timeoutMilliseconds === undefined ? {} : { timeoutMilliseconds }),
})

function documentIn<T extends object>({ text }: Found, { object }: Pick<Wanted, 'object'>): T {
  const body = bodyOf<T>({ status: 200, headers: new Headers(), text })
  if (object === undefined || Reflect.get(body, 'object') === object) return body
  throw malformed(`There came no document of the kind "${object}"`)
}

/** What a store gives back may have been written by anyone. */
function usable(kept: KeptAnswer | undefined, wanted: Wanted): KeptAnswer | undefined {
  if (kept?.kind !== 'found') return kept
  try {
    documentIn(kept, wanted)
    return kept
  } catch {
    return undefined
  }
}

const isGone = ({ status }: PrintcloudError): boolean => status === 404 || status === 410

/** Remembered, so that a storm of retries asks once. */
async function gone(kept: Kept, path: string, key: string, storedAtEpochMs: number): Promise<PrintcloudError> {
  const absent = { kind: 'absent', storedAtEpochMs, detail: `${path} is not published.` } as const
  await kept.keep(key, absent)
  return stillAbsent(absent)
}
