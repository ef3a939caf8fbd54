import { type Cache, type CacheOptions, createCache } from '#chassis/cache/cache.ts'
import { type CacheKey, keyOfAccount } from '#chassis/cache/cache-key.ts'
import { createLog } from '#chassis/log.ts'

const log = createLog('test', 'fatal')
export const key: CacheKey = keyOfAccount('acc_1', 'orders', 'ord_1')

export type World = {
  readonly cache: Cache<string>
  readonly asked: string[]
  /** Milliseconds from the beginning. */
  at: number
  /** What a load finds; an error is thrown. */
  found: string | undefined | Error
  /** Lets go the loads that wait, when `waits`. */
  readonly letGo: () => void
  waits: boolean
}

/** A cache whose clock and loads a test moves. */
export function worldOf(changes: Partial<CacheOptions<string>> = {}): World {
  const waiting: (() => void)[] = []
  const asked: string[] = []
  const state = { at: 0, found: 'one' as World['found'], waits: false }
  const cache = createCache<string>({
    name: 'test',
    load: async (each) => {
      asked.push(each.text)
      const { found } = state
      if (state.waits) await new Promise<void>((go) => waiting.push(go))
      if (found instanceof Error) throw found
      return found
    },
    ...{ freshMilliseconds: 100, staleMilliseconds: 50, staleOnErrorMilliseconds: 5000, absentMilliseconds: 20 },
    most: { entries: 100 },
    now: () => new Date(1_000_000 + state.at),
    log,
    ...changes,
  })
  const letGo = () => {
    for (const go of waiting.splice(0)) go()
  }
  return Object.assign(state, { cache, asked, letGo })
}

/** Background loads end some turns of the loop later. */
export const settled = () => new Promise<void>((resolve) => setImmediate(resolve))
