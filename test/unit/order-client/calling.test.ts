import { expect, test } from 'vitest'
import { followEvents } from '../../../services/order-client/follow-events.ts'
import { createBreaker } from '../../../services/order-client/http/circuit-breaker.ts'
import { createRetryBudget } from '../../../services/order-client/http/retry-budget.ts'
import { pauseBefore, retryAfterOf } from '../../../services/order-client/http/retry-policy.ts'
import { type AccountEvent, PrintcloudError } from '../../../services/order-client/index.ts'

test('pauses grow, differ, end at twenty seconds, and are never shorter than asked for', () => {
  expect([0, 1, 2, 3, 20].map((attempt) => pauseBefore(attempt, () => 1))).toEqual([250, 500, 1000, 2000, 20_000])
  expect(pauseBefore(5, () => 0)).toBe(0)
  expect(pauseBefore(0, () => 0, 3)).toBe(3000)
  expect(pauseBefore(0, () => 0.999, 3)).toBeLessThan(3751)
})

test.each([
  ['7', 7],
  ['Sat, 21 Nov 2026 17:00:30 GMT', 30],
  ['Sat, 21 Nov 2026 16:00:00 GMT', 0],
  ['soon', undefined],
])('Retry-After "%s" is %s seconds', (text, seconds) => {
  expect(retryAfterOf(new Headers({ 'retry-after': text }), Date.parse('2026-11-21T17:00:00Z'))).toBe(seconds)
})

test('an outage costs twenty retries, then one every two seconds; what goes well earns a tenth', () => {
  let now = 0
  const budget = createRetryBudget(() => now)
  const takeAll = (): number => {
    let taken = 0
    while (budget.take()) taken += 1
    return taken
  }
  expect(takeAll()).toBe(20)
  now = 10_000
  expect(takeAll()).toBe(5)
  for (let success = 0; success < 31; success += 1) budget.succeeded()
  expect(takeAll()).toBe(3)
})

test('after five failures in a row nothing is sent for five seconds, then one probe alone decides', () => {
  let now = 0
  const breaker = createBreaker('https://api.example', () => now)
  for (let failure = 0; failure < 5; failure += 1) breaker.enter()('failed')
  expect(() => breaker.enter()).toThrow(PrintcloudError)
  now = 5_000
  const probe = breaker.enter()
  expect(() => breaker.enter()).toThrow('circuit_open')
  probe('failed')
  expect(() => breaker.enter()).toThrow('circuit_open')
  now = 10_000
  // A caller who gives up says nothing about the origin: the next one probes.
  breaker.enter()('unknown')
  breaker.enter()('fine')
  expect(() => [breaker.enter(), breaker.enter()]).not.toThrow()
})

test('a clock that is set back by a day keeps nobody out for a day', () => {
  let now = 86_400_000
  const breaker = createBreaker('https://api.example', () => now)
  for (let failure = 0; failure < 5; failure += 1) breaker.enter()('failed')
  now = 0
  expect(() => breaker.enter()('fine')).not.toThrow()
})

test('events are followed in their order, each once, through an outage, and from where one was', async () => {
  const stopping = new AbortController()
  const all = [1, 2, 3, 4, 5].map(
    (sequence): AccountEvent => ({ id: `evt_${sequence}`, sequence, type: 'order.created', at: '', data: {} }),
  )
  const pauses: number[] = []
  let asked = 0
  const readPage = async (after: number) => {
    asked += 1
    if (asked === 2) throw new PrintcloudError({ code: 'network_error', detail: '', isRetryable: true })
    const data = all.filter(({ sequence }) => sequence > after).slice(0, 2)
    return { data, next: data.at(-1)?.sequence ?? after, has_more: (data.at(-1)?.sequence ?? 5) < 5 }
  }
  const wait = async (milliseconds: number) => {
    pauses.push(milliseconds)
    if (pauses.length === 4) stopping.abort()
  }
  const surroundings = { fetch, nowEpochMs: () => 0, random: () => 0.5, wait }
  const seen: number[] = []
  for await (const { sequence } of followEvents(readPage, surroundings, { after: 1, signal: stopping.signal }))
    seen.push(sequence)
  expect(seen).toEqual([2, 3, 4, 5])
  expect(pauses).toEqual([1500, 1000, 1500, 2250])
})

test('a refusal ends the following of events', async () => {
  const readPage = () =>
    Promise.reject(new PrintcloudError({ code: 'unauthenticated', status: 401, detail: '', isRetryable: false }))
  const surroundings = { fetch, nowEpochMs: () => 0, random: () => 0.5, wait: async () => undefined }
  await expect(followEvents(readPage, surroundings, {}).next()).rejects.toThrow('unauthenticated')
})
