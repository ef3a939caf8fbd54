import { describe, expect, test } from 'vitest'
import { Transient } from '#chassis/errors.ts'
import { createGate } from '../../../services/button-checkout/orders/gate.ts'
import { outcomeOf } from '../../../services/button-checkout/orders/order-outcome.ts'
import { PrintcloudError } from '../../../services/order-client/printcloud-error.ts'

describe('whoever does not answer is not waited for by everybody', () => {
  const world = () => {
    const clock = { now: 0, asked: 0, takes: 5_000, isAway: true }
    const gate = createGate(() => clock.now)
    const ask = () =>
      gate(async () => {
        clock.asked += 1
        clock.now += clock.takes
        if (clock.isAway) throw new Transient('nobody')
        return 'yes'
      }).catch(() => 'no')
    return { clock, ask }
  }

  test('after four in a row that took long, one is asked every ten seconds until an answer comes', async () => {
    const { clock, ask } = world()
    for (let call = 0; call < 20; call += 1) expect(await ask()).toBe('no')
    expect(clock.asked).toBe(4)
    clock.now += 10_000
    await ask()
    await ask()
    expect(clock.asked).toBe(5)
    Object.assign(clock, { now: clock.now + 10_000, isAway: false })
    expect([await ask(), await ask(), await ask()]).toEqual(['yes', 'yes', 'yes'])
  })

  test('what fails at once holds nobody up and is always asked', async () => {
    const { clock, ask } = world()
    clock.takes = 3
    for (let call = 0; call < 20; call += 1) await ask()
    expect(clock.asked).toBe(20)
  })
})

describe('what order-api says of a paid order', () => {
  const said = (code: string, status: number, pointers: readonly string[] = []) =>
    outcomeOf(
      new PrintcloudError({
        ...{ code, status, detail: 'so it is', isRetryable: false },
        errors: pointers.map((pointer) => ({ pointer, detail: 'is wrong' })),
      }),
    ).kind

  test.each([
    ['the request is wrong for ever', said('invalid_request', 422, ['/items/0/pages']), 'refused'],
    ['no open facility makes it today', said('invalid_request', 422, ['/items/0/sku']), 'not_taken'],
    ['a clock is wrong', said('invalid_request', 422, ['/sale/paid_at']), 'not_taken'],
    ['both, and something that stays', said('invalid_request', 422, ['/sale/paid_at', '/sale/amount']), 'refused'],
    ['our key was revoked', said('unauthenticated', 401), 'not_taken'],
    ['a master key is missing there', said('quote_invalid', 422), 'unknown'],
    ['an answer that is none', said('http_404', 404), 'unknown'],
  ])('%s', (_what, found, wanted) => {
    expect(found).toBe(wanted)
  })
})
