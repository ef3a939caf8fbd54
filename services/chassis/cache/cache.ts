import { LRUCache } from 'lru-cache'
import type { Log } from '../log.ts'
import { beginsWith, type CacheKey } from './cache-key.ts'
import { type Ages, type Entry, type Json, servesOnError, standingOf } from './entry.ts'
import { createSharedEntries, type SharedEntries, type Sharing } from './shared-entries.ts'

/** What it gives is everybody's: it is read and never changed. */
export type Cache<T> = {
  /** Undefined when there is none. Throws what `load` throws, when nothing is known that is better than an error. */
  readonly get: (key: CacheKey) => Promise<T | undefined>
  /** Nobody who asks after this gets what was known before, nor what is being loaded now. */
  readonly forget: (key: CacheKey) => void
  /** The same for every key that begins with these parts. */
  readonly forgetWhere: (prefix: CacheKey) => void
}

export type CacheOptions<T extends Json> = Ages & {
  /** In the log, and before the keys in a shared store. */
  readonly name: string
  readonly load: (key: CacheKey) => Promise<T | undefined>
  /** Beyond it what was asked for least recently goes: so many entries, or about so many bytes of JSON. */
  readonly most: { readonly entries: number } | { readonly bytes: number }
  readonly now: () => Date
  readonly log: Log
  /** A store that several processes look into before they load. */
  readonly shared?: Sharing<T>
}

/** A bounded cache of what `load` gives. However many ask for a key at once, it is loaded once. */
export function createCache<T extends Json>(options: CacheOptions<T>): Cache<T> {
  const now = (): number => options.now().getTime()
  const shared = options.shared && createSharedEntries({ ...options, ...options.shared })
  /** The keys of loads that are under way, which the list of the kept ones leaves out. */
  const loading = new Set<{ readonly text: string }>()
  const kept = new LRUCache<string, Entry<T>, CacheKey>({
    ...boundOf(options.most),
    // A load whose key is forgotten goes on for those who wait for it; nobody else gets what it finds.
    ignoreFetchAbort: true,
    fetchMethod: async (text, known, { context: key, signal }) => {
      const load = { text }
      loading.add(load)
      try {
        return await loadEntry({ ...options, key, known, signal, shared })
      } finally {
        loading.delete(load)
      }
    },
  })
  const forget = (text: string): void => void kept.delete(text)
  return {
    get: async (key) => {
      const known = kept.get(key.text)
      const standing = known === undefined ? 'old' : standingOf(known, now(), options)
      if (standing === 'fresh') return known?.value
      const loaded = kept.fetch(key.text, { context: key, forceRefresh: true, allowStale: standing === 'stale' })
      return standing === 'stale' ? known?.value : (await loaded)?.value
    },
    forget: (key) => {
      forget(key.text)
      shared?.forget(key)
    },
    forgetWhere: (prefix) => {
      const texts = [...kept.keys(), ...[...loading].map(({ text }) => text)]
      for (const text of texts) if (beginsWith(text, prefix)) forget(text)
      shared?.forget(prefix)
    },
  }
}

const boundOf = (most: CacheOptions<Json>['most']) =>
  'entries' in most
    ? { max: most.entries }
    : { maxSize: most.bytes, sizeCalculation: (entry: Entry<Json>) => JSON.stringify(entry).length }

type Load<T extends Json> = Pick<CacheOptions<T>, 'name' | 'load' | 'now' | 'log' | keyof Ages> & {
  readonly key: CacheKey
  readonly known: Entry<T> | undefined
  /** Aborted when the key was forgotten meanwhile. */
  readonly signal: AbortSignal
  readonly shared: SharedEntries<T> | undefined
}

/** What others loaded a moment ago, or what there is now; when that fails, what is known, within its limit. */
async function loadEntry<T extends Json>({ key, known, signal, shared, ...options }: Load<T>): Promise<Entry<T>> {
  const now = (): number => options.now().getTime()
  const others = await shared?.read(key)
  if (others && standingOf(others, now(), options) === 'fresh') return others
  const atEpochMs = now()
  try {
    const entry = entryOf(await options.load(key), atEpochMs)
    if (!signal.aborted) shared?.write(key, entry)
    return entry
  } catch (error) {
    const failedAtEpochMs = now()
    const left = [known, others].find((each) => each && servesOnError(each, failedAtEpochMs, options))
    if (left === undefined || signal.aborted) throw error
    options.log.warn({ err: error, cache: options.name }, 'cache_serves_what_it_knows')
    return { ...left, failedAtEpochMs }
  }
}

const entryOf = <T>(value: T | undefined, atEpochMs: number): Entry<T> =>
  value === undefined ? { atEpochMs } : { value, atEpochMs }
