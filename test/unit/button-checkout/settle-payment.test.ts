import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Checkout } from '../../../services/button-checkout/checkouts/checkout.ts'
import { settlePayment, type Told } from '../../../services/button-checkout/checkouts/settle-payment.ts'
import {
  nextLookAt,
  pauseMilliseconds,
  rescheduled,
  workOf,
} from '../../../services/button-checkout/checkouts/work-of.ts'
import { frozen, paidAt, paidAttempt, paidCheckout } from './bought-checkout.ts'

const now = new Date(paidAt)
const { payment: _none, ...unpaid } = paidAttempt
const attempt = (number: number, standing: 'creating' | 'open' | 'pending' | 'failed' | 'expired') => ({
  ...unpaid,
  ...{ number, standing },
})
const { paidAt: _not, ...rest } = paidCheckout()
const paying = (...standings: Parameters<typeof attempt>[1][]): Checkout => ({
  ...rest,
  state: 'paying',
  attempts: standings.map((standing, place) => attempt(place + 1, standing)),
})
const paid = (number: number, amountMinor = frozen.charges.gross, currency: 'EUR' | 'USD' = 'EUR'): Told => ({
  attempt: number,
  standing: 'paid',
  payment: { reference: `pi_${number}`, amountMinor, currency, at: paidAt },
})

test('the frozen amount makes a checkout paid, and all that is due is due at once', () => {
  const settled = settlePayment(paying('open'), paid(1), now)
  expect(settled).toMatchObject({ state: 'paid', paidAttempt: 1, paidAt, dueAt: paidAt, refunds: [] })
  expect(workOf(settled)).toEqual(['submit', 'number', 'mail'])
})

test.each([
  ['one cent less', frozen.charges.gross - 1, 'EUR' as const],
  ['one cent more', frozen.charges.gross + 1, 'EUR' as const],
  ['another currency', frozen.charges.gross, 'USD' as const],
])('%s is never ordered, and goes back as it came', (_what, amountMinor, currency) => {
  const settled = settlePayment(paying('open'), paid(1, amountMinor, currency), now)
  expect(settled).toMatchObject({ state: 'refused', refusal: { code: 'amount_differs' } })
  expect(settled.refunds).toMatchObject([{ cause: 'amount_differs', amountMinor, attempt: 1 }])
  expect(workOf(settled)).not.toContain('submit')
})

describe('a second payment goes back and changes nothing else', () => {
  test.each(['paid', 'ordered', 'refused'] as const)('of a checkout that is %s', (state) => {
    const before: Checkout = {
      ...paidCheckout({ state, paidAttempt: 2 }),
      attempts: [attempt(1, 'expired'), { ...paidAttempt, number: 2 }],
    }
    const settled = settlePayment(before, paid(1), now)
    expect(settled.state).toBe(state)
    expect(settled.paidAttempt).toBe(2)
    expect(settled.refunds).toMatchObject([{ cause: 'paid_twice', attempt: 1, amountMinor: frozen.charges.gross }])
    expect(settlePayment(settled, paid(1), now)).toBe(settled)
  })
})

test('money that comes on an attempt that was over counts', () => {
  expect(settlePayment({ ...paying('expired'), state: 'open' }, paid(1), now).state).toBe('paid')
})

test('a failed or expired payment lets the visitor go on, unless another one is under way', () => {
  expect(settlePayment(paying('open'), { attempt: 1, standing: 'failed' }, now)).toMatchObject({ state: 'open' })
  expect(settlePayment(paying('open'), { attempt: 1, standing: 'expired' }, now).dueAt).toBeUndefined()
  expect(settlePayment(paying('open', 'open'), { attempt: 1, standing: 'expired' }, now).state).toBe('paying')
})

test('a clock that goes ahead of ours has seen nothing before us', () => {
  const later = new Date(now.getTime() - 60_000)
  expect(settlePayment(paying('open'), paid(1), later).attempts[0]?.payment?.at).toBe(later.toISOString())
})

const told = fc.record({
  attempt: fc.integer({ min: 1, max: 4 }),
  standing: fc.constantFrom(
    'open' as const,
    'pending' as const,
    'failed' as const,
    'expired' as const,
    'paid' as const,
  ),
})

test('in whatever order news come, paid is never taken back, one payment counts, and every other one goes back once', () => {
  fc.assert(
    fc.property(fc.array(told, { maxLength: 12 }), (news) => {
      let checkout = paying('open', 'creating', 'pending')
      for (const each of news) {
        const before = checkout
        checkout = settlePayment(checkout, each.standing === 'paid' ? paid(each.attempt) : each, now)
        if (before.state === 'paid') expect(checkout.state).toBe('paid')
      }
      const paidOnes = checkout.attempts.filter(({ standing }) => standing === 'paid')
      expect(checkout.state === 'paid').toBe(paidOnes.length > 0)
      const back = checkout.refunds.map(({ attempt: number }) => number)
      const others = paidOnes.map(({ number }) => number).filter((number) => number !== checkout.paidAttempt)
      expect([...back].sort()).toEqual(others.sort())
    }),
  )
})

describe('the sweeper comes again', () => {
  test('within a minute for half an hour, then every five minutes, for what did not work', () => {
    expect([0, 1, 5, 39, 40, 1000].map(pauseMilliseconds)).toEqual([5_000, 10_000, 45_000, 45_000, 300_000, 300_000])
    const longest = Math.max(...Array.from({ length: 40 }, (_, tries) => pauseMilliseconds(tries)))
    expect(longest).toBeLessThan(60_000)
    const again = rescheduled(
      { ...settlePayment(paying('open'), paid(1), now), tries: 3 },
      ['submit', 'number', 'mail'],
      now,
    )
    expect([again.tries, again.dueAt]).toEqual([4, new Date(now.getTime() + 40_000).toISOString()])
  })

  test('at once, for what came while it was at work', () => {
    expect(rescheduled(settlePayment(paying('open'), paid(1), now), ['look'], now).dueAt).toBe(now.toISOString())
  })

  test('within fifteen minutes for a payment page that is open, and right after it has closed', () => {
    const open = attempt(1, 'open')
    let at = new Date(open.createdAt)
    const pauses = []
    while (at.getTime() <= Date.parse(open.expiresAt)) {
      const next = nextLookAt(open, at)
      pauses.push((next.getTime() - at.getTime()) / 60_000)
      at = next
    }
    expect(Math.max(...pauses)).toBeLessThanOrEqual(15)
    expect(pauses[0]).toBe(1)
    expect(at.getTime() - Date.parse(open.expiresAt)).toBe(10_000)
  })
})
