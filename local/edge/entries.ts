import { LRUCache } from 'lru-cache'
import type { Lifetime } from './freshness.ts'

/** One answer that is kept. */
export type Entry = {
  readonly status: 200 | 404
  /** Only what visitors may see. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  /** In lower case. */
  readonly tags: readonly string[]
  readonly lifetime: Lifetime
  readonly storedAtMilliseconds: number
  /** When it was last asked for anew and nobody answered. */
  askedInVainAtMilliseconds?: number
}

export type Entries = {
  readonly get: (key: string) => Entry | undefined
  readonly set: (key: string, entry: Entry) => void
  readonly delete: (key: string) => void
  /** Drops whatever carries one of these tags; how many answers that were. */
  readonly drop: (tags: readonly string[]) => number
  readonly size: () => { readonly answers: number; readonly bytes: number }
}

/** Map, LRU list and headers, about. */
const overheadBytes = 600
/** Addresses that do not exist can be made up without end; they must not push out what people read. */
const shareOfMissing = 1 / 16

/** Answers by key, the longest unread ones go first when `capacityBytes` are full; and by tag. */
export function createEntries(capacityBytes: number): Entries {
  const byTag = new Map<string, Set<string>>()
  const unlist = ({ tags }: Entry, key: string): void => {
    for (const tag of tags) {
      const keys = byTag.get(tag)
      keys?.delete(key)
      if (keys?.size === 0) byTag.delete(tag)
    }
  }
  const cache = (share: number) =>
    new LRUCache<string, Entry>({
      maxSize: Math.max(1, Math.floor(capacityBytes * share)),
      sizeCalculation: ({ body }, key) => body.length + key.length + overheadBytes,
      dispose: unlist,
    })
  const found = cache(1 - shareOfMissing)
  const missing = cache(shareOfMissing)

  return {
    get: (key) => found.get(key) ?? missing.get(key),
    set: (key, entry) => {
      const [mine, other] = entry.status === 200 ? [found, missing] : [missing, found]
      other.delete(key)
      mine.set(key, entry)
      // What is larger than the whole cache was not taken.
      if (mine.peek(key) !== entry) return
      for (const tag of entry.tags) {
        const keys = byTag.get(tag)
        if (keys) keys.add(key)
        else byTag.set(tag, new Set([key]))
      }
    },
    delete: (key) => {
      found.delete(key)
      missing.delete(key)
    },
    drop: (tags) => {
      const keys = new Set(tags.flatMap((tag) => [...(byTag.get(tag) ?? [])]))
      for (const key of keys) found.delete(key)
      return keys.size
    },
    size: () => ({ answers: found.size + missing.size, bytes: found.calculatedSize + missing.calculatedSize }),
  }
}
