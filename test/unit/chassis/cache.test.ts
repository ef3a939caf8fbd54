import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createBreaker } from '#chassis/cache/breaker.ts'
import { type Cache, type CacheOptions, createCache } from '#chassis/cache/cache.ts'
import { beginsWith, type CacheKey, keyOfAccount, keyOfEveryone } from '#chassis/cache/cache-key.ts'
import type { SharedStore } from '#chassis/cache/shared-store.ts'
import { createLog } from '#chassis/log.ts'

const log = createLog('test', 'fatal')
const key = keyOfAccount('acc_1', 'orders', 'ord_1')
const other = keyOfAccount('acc_2', 'orders', 'ord_1')

type World = {
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

const isText = (value: unknown): value is string => typeof value === 'string'

function worldOf(changes: Partial<CacheOptions<string>> = {}): World {
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
const settled = () => new Promise<void>((resolve) => setImmediate(resolve))

describe('an entry', () => {
  test('is loaded once, however many ask for it at once, and serves while it is fresh', async () => {
    const world = worldOf({ load: async () => 'x' })
    expect(await world.cache.get(key)).toBe('x')
    const slow = worldOf()
    slow.waits = true
    const answers = Array.from({ length: 50 }, () => slow.cache.get(key))
    await settled()
    slow.letGo()
    expect(new Set(await Promise.all(answers))).toEqual(new Set(['one']))
    slow.at = 99
    expect(await slow.cache.get(key)).toBe('one')
    expect(slow.asked).toHaveLength(1)
  })

  test('that is stale serves at once while one refresh runs, and is never older than its limits say', async () => {
    const world = worldOf()
    await world.cache.get(key)
    Object.assign(world, { at: 120, found: 'two', waits: true })
    expect(await Promise.all([world.cache.get(key), world.cache.get(key)])).toEqual(['one', 'one'])
    await settled()
    expect(world.asked).toHaveLength(2)
    world.letGo()
    await settled()
    expect(await world.cache.get(key)).toBe('two')
    Object.assign(world, { at: 120 + 150, found: 'three', waits: false })
    expect(await world.cache.get(key)).toBe('three')
  })

  test('that is too old to be shown waits also for a refresh that began while it was not', async () => {
    const world = worldOf()
    await world.cache.get(key)
    Object.assign(world, { at: 120, found: 'two', waits: true })
    await world.cache.get(key)
    world.at = 400
    const answer = world.cache.get(key)
    await settled()
    world.letGo()
    expect(await answer).toBe('two')
  })

  test('serves within its limit when a load fails, and nobody waits for the failing loads but the first', async () => {
    const world = worldOf()
    await world.cache.get(key)
    Object.assign(world, { at: 1000, found: new Error('gone') })
    expect(await world.cache.get(key)).toBe('one')
    expect(await world.cache.get(key)).toBe('one')
    expect(world.asked).toHaveLength(2)
    Object.assign(world, { at: 2500, found: 'two', waits: true })
    expect(await world.cache.get(key)).toBe('one')
    await settled()
    world.letGo()
    await settled()
    expect(await world.cache.get(key)).toBe('two')
  })

  test('beyond that limit, or without one, the error of the load is thrown', async () => {
    const world = worldOf()
    world.found = new Error('gone')
    await expect(world.cache.get(key)).rejects.toThrow('gone')
    world.found = 'one'
    await world.cache.get(key)
    Object.assign(world, { at: 5100, found: new Error('gone again') })
    await expect(world.cache.get(key)).rejects.toThrow('gone again')
    world.found = 'two'
    expect(await world.cache.get(key)).toBe('two')
  })

  test('that is not there is known not to be there, for its own time', async () => {
    const world = worldOf()
    world.found = undefined
    await world.cache.get(key)
    world.found = 'one'
    world.at = 19
    expect(await world.cache.get(key)).toBeUndefined()
    world.at = 20
    expect(await world.cache.get(key)).toBe('one')
  })

  test('is loaded again when the clock was set back', async () => {
    const world = worldOf()
    await world.cache.get(key)
    Object.assign(world, { at: -10_000, found: 'two' })
    expect(await world.cache.get(key)).toBe('two')
  })
})

describe('what is forgotten', () => {
  test('while it is loaded reaches those who asked before, and nobody after', async () => {
    const world = worldOf()
    world.waits = true
    const before = world.cache.get(key)
    await settled()
    world.cache.forget(key)
    world.found = 'two'
    const after = world.cache.get(key)
    await settled()
    world.letGo()
    expect([await before, await after]).toEqual(['one', 'two'])
    expect(await world.cache.get(key)).toBe('two')
  })

  test('by its beginning is forgotten with everything below it, also while it is loaded, and nothing else is', async () => {
    const world = worldOf()
    const tenth = keyOfAccount('acc_10', 'orders')
    await Promise.all([world.cache.get(key), world.cache.get(other), world.cache.get(tenth)])
    world.waits = true
    const loading = world.cache.get(keyOfAccount('acc_1', 'terms'))
    await settled()
    Object.assign(world, { found: 'two', waits: false })
    world.cache.forgetWhere(keyOfAccount('acc_1'))
    world.letGo()
    await loading
    const again = await Promise.all(
      [key, other, tenth, keyOfAccount('acc_1', 'terms')].map((each) => world.cache.get(each)),
    )
    expect(again).toEqual(['two', 'one', 'one', 'two'])
  })

  test('while a refresh of it fails is not served again', async () => {
    const world = worldOf()
    await world.cache.get(key)
    Object.assign(world, { at: 200, found: new Error('gone'), waits: true })
    const before = world.cache.get(key)
    await settled()
    world.cache.forget(key)
    world.letGo()
    await expect(before).rejects.toThrow('gone')
    world.waits = false
    await expect(world.cache.get(key)).rejects.toThrow('gone')
  })
})

test('a cache is bounded by entries, or by bytes: what was asked for least recently goes', async () => {
  const keys = Array.from({ length: 30 }, (_, number) => keyOfEveryone(String(number)))
  for (const most of [{ entries: 10 }, { bytes: 500 }]) {
    const world = worldOf({ most })
    for (const each of keys) await world.cache.get(each)
    for (const each of keys.slice(-5)) await world.cache.get(each)
    expect(world.asked).toHaveLength(30)
    for (const each of keys) await world.cache.get(each)
    expect(world.asked.length).toBeGreaterThanOrEqual(50)
  }
})

describe('keys', () => {
  const parts = fc.array(fc.string({ unit: 'binary', maxLength: 6 }), { maxLength: 4 })

  test('of two accounts never are the same, nor does one begin with the other, whatever their parts hold', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.string({ unit: 'binary' }),
        parts,
        parts,
        (one, two, ours, theirs) => {
          fc.pre(one !== two)
          const [mine, yours] = [keyOfAccount(one, ...ours), keyOfAccount(two, ...theirs)]
          expect(mine.text).not.toBe(yours.text)
          expect(beginsWith(yours.text, mine)).toBe(false)
          expect(keyOfEveryone(one, ...ours).text).not.toBe(mine.text)
        },
      ),
      { numRuns: 1000 },
    )
  })

  test('begin with exactly the keys of their first parts', () => {
    fc.assert(
      fc.property(parts, parts, (ours, theirs) => {
        const isBeginning = ours.every((part, index) => theirs[index] === part)
        expect(beginsWith(keyOfEveryone(...theirs).text, keyOfEveryone(...ours))).toBe(isBeginning)
        expect(
          keyOfEveryone(...theirs)
            .beginnings()
            .includes(keyOfEveryone(...ours).text),
        ).toBe(isBeginning)
      }),
    )
  })
})

test('two accounts never get each other’s values, whatever is asked, forgotten and let lapse', async () => {
  const account = fc.constantFrom('acc_1', 'acc_2', 'acc_10', 'acc_1","x')
  const step = fc.oneof(
    fc.record({ does: fc.constant('get' as const), account, part: fc.constantFrom('', 'a', 'a","b') }),
    fc.record({ does: fc.constantFrom('forget', 'forgetWhere'), account, part: fc.constantFrom('', 'a') }),
    fc.record({ does: fc.constant('wait' as const), account, part: fc.constant('') }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const stored = new Map<string, string>()
      const load = async (each: CacheKey) => `of ${each.parts[1]} ${each.parts[2]}`
      const world = worldOf({ load, shared: { store: mapStore(stored), isValue: isText } })
      for (const { does, account: id, part } of steps) {
        const wanted = keyOfAccount(id, part)
        if (does === 'get') expect(await world.cache.get(wanted)).toBe(`of ${id} ${part}`)
        if (does === 'forget') world.cache.forget(wanted)
        if (does === 'forgetWhere') world.cache.forgetWhere(keyOfAccount(id))
        if (does === 'wait') world.at += 60
      }
    }),
    { numRuns: 200 },
  )
})

const mapStore = (stored: Map<string, string>): SharedStore => ({
  get: async (each) => stored.get(each),
  set: async (each, text) => void stored.set(each, text),
  delete: async (each) => void stored.delete(each),
})

test('after so many failures in a row a store is left alone, and tried once after each pause', () => {
  let at = 0
  const told: boolean[] = []
  const now = () => new Date(at)
  const breaker = createBreaker({ mostFailures: 3, pauseMilliseconds: 10, now, changed: (is) => told.push(is) })
  for (let failure = 0; failure < 3; failure += 1) {
    expect(breaker.mayTry()).toBe(true)
    breaker.failed()
  }
  expect(breaker.mayTry()).toBe(false)
  at = 10
  expect([breaker.mayTry(), breaker.mayTry()]).toEqual([true, false])
  breaker.succeeded()
  expect(breaker.mayTry()).toBe(true)
  expect(told).toEqual([true, false])
})
