import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cacheRules } from '#contracts/published/cache-rules.ts'
import { type Lifetime, lifetimeOf, standingOf } from '../../../local/edge/freshness.ts'

const seconds = fc.integer({ min: 0, max: 10_000_000 })
const day = 86_400

describe('what Cache-Control allows a shared cache', () => {
  test('a document is fresh for a day, shown for five seconds while a new one is fetched, and for thirty days when nobody answers', () => {
    const lifetime = lifetimeOf(cacheRules.document)
    const at = (age: number) => standingOf(lifetime, age)
    expect([at(0), at(day - 1), at(day), at(day + 4), at(day + 5), at(31 * day - 1), at(31 * day)]).toEqual([
      'fresh',
      'fresh',
      'revalidate',
      'revalidate',
      'ask',
      'ask',
      'over',
    ])
  })

  test('a browser shows a document for ten seconds at most, also while it asks for a new one', () => {
    const { freshSeconds, whileRevalidatingSeconds } = lifetimeOf(cacheRules.document.replace(/s-maxage=\d+, /, ''))
    expect(freshSeconds + whileRevalidatingSeconds).toBe(10)
  })

  test('a hashed document is fresh for a year, a draft is never kept', () => {
    expect(standingOf(lifetimeOf(cacheRules.immutable), 365 * day - 1)).toBe('fresh')
    expect(lifetimeOf(cacheRules.preview).isKept).toBe(false)
    expect(standingOf(lifetimeOf(cacheRules.preview), 0)).toBe('over')
  })

  test('s-maxage goes before max-age, whichever is said first', () => {
    fc.assert(
      fc.property(seconds, seconds, fc.boolean(), (shared, own, isFirst) => {
        const parts = [`s-maxage=${shared}`, `max-age=${own}`]
        expect(lifetimeOf((isFirst ? parts : parts.reverse()).join(', ')).freshSeconds).toBe(shared)
        expect(lifetimeOf(`max-age=${own}`).freshSeconds).toBe(own)
      }),
    )
  })

  test('no-store and private keep nothing, no-cache and must-revalidate serve nothing stale, whatever else is said', () => {
    const others = 'public, max-age=60, s-maxage=60, stale-while-revalidate=60, stale-if-error=60'
    for (const word of ['no-store', 'private', 'private="x"', 'NO-STORE']) {
      for (const text of [`${word}, ${others}`, `${others},${word}`]) expect(lifetimeOf(text).isKept, text).toBe(false)
    }
    for (const word of ['no-cache', 'must-revalidate', 'proxy-revalidate']) {
      const lifetime = lifetimeOf(`${others} , ${word}`)
      for (const age of [60, 61, 100]) expect(standingOf(lifetime, age), word).toBe('over')
    }
    expect(standingOf(lifetimeOf(`no-cache, ${others}`), 0)).toBe('over')
  })

  test('what says nothing, or nothing that can be read, is asked for each time', () => {
    for (const text of [
      '',
      'public',
      ',,',
      's-maxage',
      's-maxage=-1',
      's-maxage=1e9',
      's-maxage=abc',
      's-maxage=60, s-maxage=x',
    ]) {
      expect(standingOf(lifetimeOf(text), 0), text).toBe('over')
    }
  })

  test('no text makes it throw, or a time that is no time', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'s-maxge=0189,; "whileryvdtfno') }), (text) => {
        const lifetime = lifetimeOf(text)
        for (const each of Object.values(lifetime).filter((value) => typeof value === 'number')) {
          expect(each).toBeGreaterThanOrEqual(0)
          expect(each).toBeLessThanOrEqual(2 ** 31)
        }
      }),
    )
  })

  test('with age an answer only gets worse: fresh, shown meanwhile, shown for want of a better one, over', () => {
    const order = ['fresh', 'revalidate', 'ask', 'over']
    const lifetimes: fc.Arbitrary<Lifetime> = fc.record({
      isKept: fc.boolean(),
      freshSeconds: seconds,
      whileRevalidatingSeconds: seconds,
      onErrorSeconds: seconds,
    })
    fc.assert(
      fc.property(lifetimes, seconds, seconds, (lifetime, age, later) => {
        const ranks = [age, age + later].map((each) => order.indexOf(standingOf(lifetime, each)))
        expect(ranks[1]).toBeGreaterThanOrEqual(ranks[0] ?? 0)
      }),
    )
  })
})
