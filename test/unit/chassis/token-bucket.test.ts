import { expect, test } from 'vitest'
import { createTokenBuckets } from '#chassis/http/token-bucket.ts'

const policy = { name: 'reads', quota: 100, windowSeconds: 10 }
function buckets() {
  const clock = { now: 0 }
  return { clock, take: createTokenBuckets(policy, () => clock.now) }
}

test('a key may spend its whole quota at once, then one more for each tenth of a second', () => {
  const { clock, take } = buckets()
  for (let n = 0; n < 100; n += 1) expect(take('a').isAllowed).toBe(true)
  expect(take('a')).toEqual({ isAllowed: false, remaining: 0, fullInSeconds: 10, retryInSeconds: 1 })
  clock.now += 100
  expect([take('a').isAllowed, take('a').isAllowed]).toEqual([true, false])
})

test('what is left and when it is whole again is said each time', () => {
  const { clock, take } = buckets()
  expect(take('a')).toEqual({ isAllowed: true, remaining: 99, fullInSeconds: 1, retryInSeconds: 0 })
  for (let n = 0; n < 49; n += 1) take('a')
  expect(take('a')).toMatchObject({ remaining: 49, fullInSeconds: 6 })
  clock.now += 3_600_000
  expect(take('a').remaining).toBe(99)
})

test('one key does not spend what belongs to another', () => {
  const { take } = buckets()
  for (let n = 0; n < 101; n += 1) take('a')
  expect([take('a').isAllowed, take('b').isAllowed]).toEqual([false, true])
})

test('over any time a key gets no more than its quota and what grew in between', () => {
  const { clock, take } = buckets()
  let allowed = 0
  for (; clock.now < 60_000; clock.now += 1) if (take('a').isAllowed) allowed += 1
  expect(allowed).toBeGreaterThanOrEqual(699)
  expect(allowed).toBeLessThanOrEqual(700)
})

test('a hundred thousand keys do not stay in memory for ever, and the newest are counted', () => {
  const { take } = buckets()
  for (let n = 0; n < 100_000; n += 1) take(`${n}`)
  expect(take('99999').remaining).toBe(98)
  expect(take('0').remaining).toBe(99)
})
