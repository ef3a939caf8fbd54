import { LRUCache } from 'lru-cache'
import type { CacheKey } from './cache-key.ts'
import type { Ages, Entry, Json } from './entry.ts'
import type { SharedStore } from './shared-store.ts'

export type Sharing<T> = {
  readonly store: SharedStore
  /** What others wrote is not trusted: it is checked before it is anything. */
  readonly isValue: (value: unknown) => value is T
}

export type SharedEntries<T> = {
  readonly read: (key: CacheKey) => Promise<Entry<T> | undefined>
  readonly write: (key: CacheKey, entry: Entry<T>) => void
  /** Of this key, and of all that begin with it, nothing is read that others began to load before now. */
  readonly forget: (key: CacheKey) => void
}

type Options<T> = Sharing<T> & Ages & { readonly name: string; readonly now: () => Date }

/** Clocks of two machines differ by less; an entry from further ahead is not trusted. */
const skewMilliseconds = 2000
/** What was forgotten before the last so many is only as fresh as the store has it. */
const mostForgotten = 10_000

/** Entries in a shared store. An entry says which key it is for, so that one in the wrong place is none; that there is nothing stays in the process. */
export function createSharedEntries<T extends Json>(options: Options<T>): SharedEntries<T> {
  const { store, name } = options
  const now = (): number => options.now().getTime()
  const lifeMilliseconds =
    options.freshMilliseconds + Math.max(options.staleMilliseconds, options.staleOnErrorMilliseconds)
  const forgotten = new LRUCache<string, number>({ max: mostForgotten })
  const addressOf = (key: CacheKey): string => `printcloud:${name}:${key.text}`
  return {
    read: async (key) => {
      const text = await store.get(addressOf(key))
      const entry = text === undefined ? undefined : entryIn(text, key, options.isValue)
      if (entry === undefined || entry.atEpochMs > now() + skewMilliseconds) return undefined
      const notBefore = Math.max(0, ...key.beginnings().map((each) => forgotten.get(each) ?? 0))
      return entry.atEpochMs > notBefore ? { ...entry, atEpochMs: Math.min(entry.atEpochMs, now()) } : undefined
    },
    write: (key, { value, atEpochMs }) => {
      if (value === undefined) return
      void store.set(addressOf(key), JSON.stringify({ key: key.text, atEpochMs, value }), lifeMilliseconds)
    },
    forget: (key) => {
      // The store may not hear of it; this process then still knows.
      forgotten.set(key.text, now())
      void store.delete(addressOf(key))
    },
  }
}

function entryIn<T>(text: string, key: CacheKey, isValue: Sharing<T>['isValue']): Entry<T> | undefined {
  const read = jsonIn(text)
  if (typeof read !== 'object' || read === null) return undefined
  if (!('key' in read && read.key === key.text && 'atEpochMs' in read && 'value' in read)) return undefined
  const { atEpochMs, value } = read
  return typeof atEpochMs === 'number' && isValue(value) ? { atEpochMs, value } : undefined
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
