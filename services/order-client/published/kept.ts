import type { CacheStore } from '../cache/cache-store.ts'
import { type KeptAnswer, keepAnswer, loadAnswer } from '../cache/kept-answer.ts'
import { memoryCache } from '../cache/memory-cache.ts'

/** What is known of documents: by this process, and by all that share the store. */
export type Kept = {
  /** The newest that is known. The store is not asked when this process has one that is enough. */
  readonly load: (key: string, isEnough: (answer: KeptAnswer) => boolean) => Promise<KeptAnswer | undefined>
  readonly keep: (key: string, answer: KeptAnswer) => Promise<void>
  /** False for what comes from the future: another machine's clock may be wrong. */
  readonly isYounger: (answer: KeptAnswer, seconds: number) => boolean
}

const documentsInMemory = 200

/** Without a store they are kept in memory alone; with one that fails as well, so that it is not asked again for each read. */
export function createKept(store: CacheStore | undefined, nowEpochMs: () => number): Kept {
  const memory = memoryCache({ maximumEntries: documentsInMemory })
  const isYounger: Kept['isYounger'] = ({ storedAtEpochMs }, seconds) => {
    const ageSeconds = (nowEpochMs() - storedAtEpochMs) / 1000
    return seconds === Number.POSITIVE_INFINITY || (ageSeconds >= 0 && ageSeconds < seconds)
  }
  return {
    isYounger,
    load: async (key, isEnough) => {
      const recent = await loadAnswer(memory, key)
      if (store === undefined || (recent !== undefined && isEnough(recent))) return recent
      const stored = await loadAnswer(store, key)
      if (stored === undefined) return recent
      if (recent !== undefined && recent.storedAtEpochMs >= stored.storedAtEpochMs) return recent
      await keepAnswer(memory, key, stored)
      return stored
    },
    keep: async (key, answer) => {
      await keepAnswer(memory, key, answer)
      if (store !== undefined) await keepAnswer(store, key, answer)
    },
  }
}
