import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createBreaker } from '#chassis/cache/breaker.ts'
import { beginsWith, type CacheKey, keyOfAccount, keyOfEveryone } from '#chassis/cache/cache-key.ts'
import type { SharedStore } from '#chassis/cache/shared-store.ts'
import { worldOf } from './cache-world.ts'

const isText = (value: unknown): value is string => typeof value === 'string'

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
