import { describe, expect, test } from 'vitest'
import { OrderView } from '#contracts/checkout/order-view.ts'
import { stages } from '#contracts/order-states.ts'
import { issuesOf } from '#contracts/parse.ts'
import { differencesOfWords } from '#look/words.ts'
import {
  cancelBeforeOrder,
  declineCancel,
  isCancelToBeAsked,
  wishCancel,
} from '../../../services/button-checkout/checkouts/cancel.ts'
import type { Checkout } from '../../../services/button-checkout/checkouts/checkout.ts'
import { orderViewOf } from '../../../services/button-checkout/checkouts/order-view-of.ts'
import { orderWordsByLanguage } from '../../../services/button-checkout/pages/words/order/order-words-of.ts'
import { orderedCheckout, paidAt, paidAtDate, paidAttempt, paidCheckout, parcel, sale } from './bought-checkout.ts'

const minutes = (count: number) => new Date(paidAtDate.getTime() + count * 60_000)
const viewOf = (checkout: Checkout, now = minutes(1)) => {
  const view = orderViewOf(checkout, now)
  if (view) expect(issuesOf(OrderView, view)).toEqual([])
  return view
}
const shown = (checkout: Checkout, now?: Date) => {
  const view = viewOf(checkout, now)
  return view && [view.progress, view.may_cancel, view.may_change_address]
}

describe('what a customer is told of', () => {
  test.each<[string, Checkout, unknown]>([
    ['a checkout that is being filled in: nothing', paidCheckout({ state: 'open', attempts: [] }), undefined],
    ['one that ended without payment: nothing', paidCheckout({ state: 'expired', attempts: [] }), undefined],
    [
      'a payment that is on its way',
      paidCheckout({ state: 'paying', attempts: [{ ...paidAttempt, standing: 'pending' }] }),
      ['payment_pending', 'no', false],
    ],
    ['a paid checkout that nobody passed on yet', paidCheckout(), ['received', 'yes', true]],
    [
      'one that is on its way to order-api',
      paidCheckout({ submittingSince: paidAt }),
      ['received', 'asks_facility', false],
    ],
    [
      'one whose customer wished to cancel meanwhile',
      paidCheckout({ submittingSince: paidAt, cancelWish: { at: paidAt } }),
      ['received', 'no', false],
    ],
    ['draft', orderedCheckout({ stage: 'draft' }), ['received', 'yes', true]],
    ['awaiting files', orderedCheckout({ stage: 'awaiting_files' }), ['waiting_for_file', 'yes', true]],
    ['preflight', orderedCheckout({ stage: 'preflight' }), ['preparing', 'yes', true]],
    ['awaiting payment', orderedCheckout({ stage: 'awaiting_payment' }), ['preparing', 'yes', true]],
    ['grace', orderedCheckout({ stage: 'grace' }), ['preparing', 'yes', true]],
    ['released', orderedCheckout({ stage: 'released' }), ['preparing', 'asks_facility', false]],
    ['in production', orderedCheckout({ stage: 'in_production' }), ['in_production', 'asks_facility', false]],
    ['partially shipped', orderedCheckout({ stage: 'partially_shipped' }), ['partially_shipped', 'no', false]],
    ['shipped', orderedCheckout({ stage: 'shipped' }), ['shipped', 'no', false]],
    ['delivered', orderedCheckout({ stage: 'delivered' }), ['delivered', 'no', false]],
    ['cancelled', orderedCheckout({ stage: 'cancelled' }), ['cancelled', 'no', false]],
    ['rejected', orderedCheckout({ stage: 'rejected' }), ['refused', 'no', false]],
    [
      'what order-api will never take',
      paidCheckout({ state: 'refused', refusal: { code: 'not_found', detail: 'gone', at: paidAt } }),
      ['refused', 'no', false],
    ],
  ])('%s', (_, checkout, expected) => {
    expect(shown(checkout)).toEqual(expected)
  })

  test('every stage of order-api is in the table above', () => {
    for (const stage of stages) expect(viewOf(orderedCheckout({ stage }))?.progress).toBeDefined()
  })
})

test('a paid order that is not passed on is called delayed after five minutes, and no longer once it is passed on', () => {
  expect(viewOf(paidCheckout(), minutes(4))?.is_delayed).toBe(false)
  expect(viewOf(paidCheckout(), minutes(6))?.is_delayed).toBe(true)
  expect(viewOf(orderedCheckout(), minutes(6))?.is_delayed).toBe(false)
})

test('nothing of payments, quotes, accounts and publications is in what the customer sees', () => {
  const text = JSON.stringify(viewOf(orderedCheckout({ shipments: [parcel('aa')] })))
  for (const secret of ['secret', 'quo_', 'cs_', 'pi_', 'acc_', 'pub_', 'ord_']) expect(text).not.toContain(secret)
})

test('money that goes back is shown with its sum, once it is decided here or told by order-api', () => {
  const refund = { key: 'k', amountMinor: 500, cause: 'cancelled', askedAt: paidAt } as const
  expect(viewOf(orderedCheckout())?.refunded).toBeUndefined()
  expect(viewOf({ ...orderedCheckout(), refunds: [refund] })?.refunded).toEqual({ amount: 500, currency: 'EUR' })
  expect(viewOf(orderedCheckout({ refunded: 900 }))?.refunded).toEqual({ amount: 900, currency: 'EUR' })
})

test('what was heard of order-api later counts more than what was saved', () => {
  const heard = { sale: sale({ stage: 'shipped', shipments: [parcel('aa')] }), at: '2026-11-24T00:00:00.000Z' }
  const view = orderViewOf(orderedCheckout(), minutes(1), heard)
  expect([view?.progress, view?.shipments.length, view?.known_at]).toEqual(['shipped', 1, heard.at])
})

describe('cancelling', () => {
  test('before anybody began to pass it on ends it and gives all of the money back', () => {
    const cancelled = cancelBeforeOrder(paidCheckout(), minutes(1))
    expect(cancelled?.refunds).toMatchObject([{ amountMinor: 3003, cause: 'cancelled' }])
    expect(cancelled && shown(cancelled)).toEqual(['cancelled', 'no', false])
    expect(cancelled && viewOf(cancelled)?.refunded).toEqual({ amount: 3003, currency: 'EUR' })
  })

  test('is not decided here once it was begun, is over, or nothing was paid', () => {
    for (const checkout of [
      paidCheckout({ submittingSince: paidAt }),
      orderedCheckout(),
      paidCheckout({ state: 'refused' }),
      paidCheckout({ state: 'paying', attempts: [{ ...paidAttempt, standing: 'pending' }] }),
      paidCheckout({ state: 'open', attempts: [] }),
    ]) {
      expect(cancelBeforeOrder(checkout, minutes(1))).toBeUndefined()
    }
  })

  test('is remembered once where order-api has to be asked, and shown as asked', () => {
    const wished = wishCancel(orderedCheckout({ stage: 'in_production' }), minutes(1))
    expect(wished && [viewOf(wished)?.cancel, viewOf(wished)?.may_cancel, isCancelToBeAsked(wished)]).toEqual([
      'asked',
      'no',
      true,
    ])
    expect(wished && wishCancel(wished, minutes(2))).toBeUndefined()
    expect(wishCancel(orderedCheckout({ stage: 'shipped' }), minutes(1))).toBeUndefined()
  })

  test('is shown as declined when order-api said no, and order-api’s own word goes before ours', () => {
    const wished = wishCancel(orderedCheckout(), minutes(1))
    const declined = wished && declineCancel(wished, minutes(2))
    expect(declined && [viewOf(declined)?.cancel, isCancelToBeAsked(declined)]).toEqual(['declined', false])
    const told = sale({ cancel: { requested_at: paidAt, state: 'accepted' } })
    expect(declined && viewOf({ ...declined, sale: told })?.cancel).toBe('accepted')
    const gone = wished && { ...wished, sale: sale({ stage: 'cancelled' }) }
    expect(gone && viewOf(gone)?.cancel, 'it was in time').toBe('accepted')
  })
})

test('all languages of the order page have the same words and places', () => {
  for (const words of Object.values(orderWordsByLanguage)) {
    expect(differencesOfWords(orderWordsByLanguage.en, words)).toEqual([])
  }
})
