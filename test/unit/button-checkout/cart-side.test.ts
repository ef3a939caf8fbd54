import { expect, test } from 'vitest'
import { Refused } from '#chassis/errors.ts'
import { createKeyring } from '#chassis/keyring.ts'
import { applyChange } from '../../../services/button-checkout/checkouts/apply-change.ts'
import { beginAttempt, openAttempt, underWay } from '../../../services/button-checkout/checkouts/begin-attempt.ts'
import type { Checkout } from '../../../services/button-checkout/checkouts/checkout.ts'
import { checkoutViewOf } from '../../../services/button-checkout/checkouts/checkout-view-of.ts'
import { forgetAtOf } from '../../../services/button-checkout/checkouts/forget-at.ts'
import { checkSource } from '../../../services/button-checkout/offer/check-source.ts'
import { withFirst } from '../../../services/button-checkout/offer/sendable-countries.ts'
import { stateOf } from '../../../services/button-checkout/offer/state-of.ts'
import { requireVersion } from '../../../services/button-checkout/routes/require-version.ts'
import { frozen, paidAtDate as now, paidAt, paidCheckout } from './bought-checkout.ts'

const later = (days: number) => new Date(now.getTime() + days * 86_400_000).toISOString()
const { paidAt: _paidAt, ...unpaid } = paidCheckout()
const open: Checkout = { ...unpaid, state: 'open', version: 4, attempts: [] }
const session = { id: 'cs_1', url: 'https://pay.example/1' }

function codeOf(work: () => unknown): string | undefined {
  try {
    work()
    return undefined
  } catch (error) {
    return error instanceof Refused ? error.code : String(error)
  }
}

test('an address says where it goes; what is not said stays', () => {
  const changed = applyChange(open, { buyer: frozen.buyer, language: 'de' })
  expect(changed.destination).toEqual({ country: 'NL', postal_code: '3511 AB' })
  expect(changed).toMatchObject({ cart: open.cart, method: open.method, language: 'de' })
  expect(applyChange(changed, { destination: { country: 'DE' } })).toMatchObject({
    destination: { country: 'DE' },
    buyer: frozen.buyer,
  })
})

test('only an open checkout is changed or paid', () => {
  for (const state of ['paying', 'paid', 'ordered', 'refused', 'expired'] as const) {
    expect(
      codeOf(() => applyChange({ ...open, state }, {})),
      state,
    ).toBe('action_not_allowed')
    expect(
      codeOf(() => beginAttempt({ ...open, state }, frozen, 4, now)),
      state,
    ).toBe('action_not_allowed')
  }
})

test('a try to pay is written before its page is known, counts up, and is the only one under way', () => {
  const begun = beginAttempt(open, frozen, 4, now)
  expect(begun).toMatchObject({ state: 'paying', attempts: [{ number: 1, standing: 'creating', ofVersion: 4 }] })
  expect(underWay(begun)?.number).toBe(1)
  const known = openAttempt(begun, 1, session)
  expect(known.attempts).toMatchObject([{ standing: 'open', session }])
  expect(openAttempt(known, 1, { ...session, id: 'cs_2' })).toBe(known)
  expect(openAttempt(known, 7, session)).toBe(known)
  const twenty = begun.attempts.flatMap((each) =>
    Array.from({ length: 20 }, () => ({ ...each, standing: 'failed' as const })),
  )
  expect(codeOf(() => beginAttempt({ ...open, attempts: twenty }, frozen, 4, now))).toBe('action_not_allowed')
})

test('the version that was shown before the payment began is as good as the one it made', () => {
  const begun = { ...openAttempt(beginAttempt(open, frozen, 4, now), 1, session), version: 6 }
  for (const version of [4, 6]) expect(codeOf(() => requireVersion(begun, version))).toBeUndefined()
  for (const version of [3, 5, 7]) expect(codeOf(() => requireVersion(begun, version))).toBe('version_conflict')
  expect(codeOf(() => requireVersion(open, 3))).toBe('version_conflict')
})

test('who did not pay is forgotten after two weeks, a payment under way after a month, an order after two years', () => {
  expect(forgetAtOf(open, now)).toBe(later(14))
  expect(forgetAtOf(beginAttempt(open, frozen, 4, now), now)).toBe(later(30))
  const muchLater = new Date(now.getTime() + 100 * 86_400_000)
  for (const state of ['paid', 'ordered', 'refused'] as const) {
    expect(forgetAtOf({ ...paidCheckout(), state }, muchLater)).toBe(later(730))
  }
  expect(paidAt).toBe(now.toISOString())
})

test('the page is shown no quote, no payment reference, no session and no account', () => {
  const keyring = createKeyring(Buffer.alloc(32).toString('base64'))
  const shown = JSON.stringify(checkoutViewOf(paidCheckout(), keyring))
  for (const secret of ['quo_', 'pi_', 'cs_', 'acc_']) expect(shown).not.toContain(secret)
  expect(checkoutViewOf(paidCheckout(), keyring).order_path).toMatch(/^\/order\/chk_/)
  expect(checkoutViewOf(open, keyring).order_path).toBeUndefined()
  expect(checkoutViewOf(open, keyring, { lastPayment: 'cancelled' }).last_payment).toBe('cancelled')
})

test('a sale is open by the clock, whatever its document says', () => {
  expect(stateOf({}, now)).toBe('open')
  expect(stateOf({ valid_from: later(1) }, now)).toBe('upcoming')
  expect(stateOf({ valid_until: later(0) }, now)).toBe('ended')
  // Offsets are moments too.
  expect(stateOf({ valid_until: '2026-11-21T14:00:00+02:00' }, now)).toBe('ended')
  expect(stateOf({ valid_until: '2026-11-21T14:00:01+02:00' }, now)).toBe('open')
})

test('a page names a file only where its publication leaves that to it, at the origins of its publisher', () => {
  const content = { kind: 'page' as const, origins: ['https://example.com'] }
  expect(codeOf(() => checkSource(content, { src: 'https://example.com/a.pdf' }))).toBeUndefined()
  expect(codeOf(() => checkSource(content, {}))).toBe('invalid_request')
  expect(codeOf(() => checkSource(content, { src: 'https://example.org/a.pdf' }))).toBe('invalid_request')
  expect(codeOf(() => checkSource({ kind: 'asynchronous' }, { src: 'https://example.org/a.pdf' }))).toBeUndefined()
})

test('the first country that can be sent to is the one that was wished for first', () => {
  expect(withFirst(['AT', 'DE', 'NL'], [undefined, 'US', 'NL', 'AT'])).toEqual(['NL', 'AT', 'DE'])
  expect(withFirst(['AT', 'DE'], ['US'])).toEqual(['AT', 'DE'])
})
