import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mostTries, settlementOf } from '../../../../services/order-api/webhooks/settlement.ts'

const now = new Date('2026-11-21T12:00:00Z')
const hour = 3_600_000
const healthy = { tries: 0, failingSince: null }

/** Hours from the first attempt to each that follows, when all fail. */
function hoursOfAttempts(random: () => number): number[] {
  const hours = [0]
  let at = now
  for (let tries = 0; ; tries += 1) {
    const settled = settlementOf({ tries, failingSince: now.toISOString() }, { status: 500 }, at, random())
    if (settled.state !== 'pending') return hours
    at = settled.nextAt
    hours.push((at.getTime() - now.getTime()) / hour)
  }
}

describe('what becomes of a webhook', () => {
  test('every 2xx is an arrival, and nothing else is', () => {
    for (const status of [200, 201, 204, 299]) {
      expect(settlementOf(healthy, { status }, now, 0)).toEqual({ state: 'delivered' })
    }
    for (const status of [undefined, 100, 199, 300, 301, 308, 400, 401, 404, 429, 500, 503]) {
      expect(settlementOf(healthy, status === undefined ? {} : { status }, now, 0).state).toBe('pending')
    }
  })

  test('the attempts follow the schedule of Standard Webhooks: 0, 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h', () => {
    const hours = hoursOfAttempts(() => 0)
    const pauses = hours.slice(1).map((at, index) => Math.round((at - (hours[index] ?? 0)) * 3600))
    expect(pauses).toEqual([5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400])
    expect(hours).toHaveLength(mostTries)
  })

  test('whatever the jitter, the last attempt comes after 72 hours and within 84', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (random) => {
        const last = hoursOfAttempts(() => random).at(-1) ?? 0
        expect(last).toBeGreaterThan(72)
        expect(last).toBeLessThan(84)
      }),
    )
  })

  test('Retry-After of a busy endpoint puts the next attempt off, never nearer, and for a day at most', () => {
    const pause = (status: number, retryAfterSeconds: number): number => {
      const settled = settlementOf({ tries: 1, failingSince: null }, { status, retryAfterSeconds }, now, 0)
      return settled.state === 'pending' ? (settled.nextAt.getTime() - now.getTime()) / 1000 : Number.NaN
    }
    expect([pause(503, 3600), pause(429, 1), pause(503, 1e9), pause(500, 3600)]).toEqual([3600, 300, 86_400, 300])
  })

  test('410 ends it and its endpoint at once', () => {
    expect(settlementOf(healthy, { status: 410 }, now, 0)).toEqual({ state: 'failed', disables: 'gone' })
  })

  test('after the last attempt an endpoint where nothing arrived for three days is given up, another is not', () => {
    const last = { tries: mostTries - 1 }
    const since = (hours: number) => new Date(now.getTime() - hours * hour).toISOString()
    expect(settlementOf({ ...last, failingSince: since(75) }, {}, now, 0)).toEqual({
      state: 'failed',
      disables: 'failing',
    })
    for (const failingSince of [null, since(3)]) {
      expect(settlementOf({ ...last, failingSince }, { status: 500 }, now, 0)).toEqual({ state: 'failed' })
    }
  })
})
