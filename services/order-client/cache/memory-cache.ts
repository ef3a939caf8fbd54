import type { CacheStore } from './cache-store.ts'

/** Keeps answers as long as the process lives; the one that was used longest ago goes first. */
export function memoryCache({ maximumEntries = 500 } = {}): CacheStore {
  const kept = new Map<string, string>()
  return {
    get: async (key) => {
      const text = kept.get(key)
      if (text === undefined) return undefined
      kept.delete(key)
      kept.set(key, text)
      return text
    },
    set: async (key, text) => {
      kept.delete(key)
      kept.set(key, text)
      const [oldest] = kept.keys()
      if (kept.size > maximumEntries && oldest !== undefined) kept.delete(oldest)
    },
    delete: async (key) => {
      kept.delete(key)
    },
  }
}
