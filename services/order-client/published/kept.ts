import type { CacheStore } from '../cache/cache-store.ts'
import { forgetAnswer, type KeptAnswer, keepAnswer, loadAnswer } from '../cache/kept-answer.ts'
import { memoryCache } from '../cache/memory-cache.ts'

/** What is known of documents: by this process, and by all that share the store. */
export type Kept = {
  /** The newest that is known. The store is not asked when this process has one that is enough. */
  readonly load: (key: string, isEnough: (answer: KeptAnswer) => boolean) => Promise<KeptAnswer | undefined>
  readonly keep: (key: string, answer: KeptAnswer) => Promise<void>
  /** False for what comes from the future: another machine's clock may be wrong. */
  readonly isYounger: (answer: KeptAnswer, seconds: number) => boolean
}

const documentsInMemory = 500
const missingInMemory = 1_000

/**
 * Without a store they are kept in memory alone; with one as well, so that it is not asked for each read. That something is not there is
 * for this process only: whoever asks for names that nobody knows fills no store, and drives no document out.
 */
export function createKept(store: CacheStore | undefined, nowEpochMs: () => number): Kept {
  const documents = memoryCache({ maximumEntries: documentsInMemory })
  const missing = memoryCache({ maximumEntries: missingInMemory })
  const isYounger: Kept['isYounger'] = ({ storedAtEpochMs }, seconds) => {
    const ageSeconds = (nowEpochMs() - storedAtEpochMs) / 1000
    return seconds === Number.POSITIVE_INFINITY || (ageSeconds >= 0 && ageSeconds < seconds)
  }
  return {
    isYounger,
    load: async (key, isEnough) => {
      const recent = (await loadAnswer(missing, key)) ?? (await loadAnswer(documents, key))
      if (store === undefined || (recent !== undefined && isEnough(recent))) return recent
      const stored = await loadAnswer(store, key)
      if (stored === undefined) return recent
      if (recent !== undefined && recent.storedAtEpochMs >= stored.storedAtEpochMs) return recent
      await Promise.all([keepAnswer(documents, key, stored), forgetAnswer(missing, key)])
      return stored
    },
    keep: async (key, answer) => {
      if (answer.kind === 'absent') {
        await Promise.all([keepAnswer(missing, key, answer), forgetAnswer(documents, key)])
        // Nobody shall bring back in an outage what was taken away.
        if (store !== undefined) await forgetAnswer(store, key)
        return
      }
      await Promise.all([keepAnswer(documents, key, answer), forgetAnswer(missing, key)])
      if (store !== undefined) await keepAnswer(store, key, answer)
    },
  }
}
