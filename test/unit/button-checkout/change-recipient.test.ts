import { expect, test } from 'vitest'
import { Refused, Transient } from '#chassis/errors.ts'
import {
  addressFaults,
  changeRecipientBeforeOrder,
  type NewRecipient,
} from '../../../services/button-checkout/checkouts/change-recipient.ts'
import { frozen, orderedCheckout, paidAt, paidCheckout } from './bought-checkout.ts'

const { email: _mail, ...bought } = frozen.buyer
const moved: NewRecipient = { ...bought, address: { ...bought.address, line1: 'Nieuwegracht 2' } }

test('an address in the same country takes the place of the paid one everywhere, and the mail address stays', () => {
  const changed = changeRecipientBeforeOrder(paidCheckout(), { ...moved, name: 'Grace Hopper' })
  const expected = { ...moved, name: 'Grace Hopper', email: 'ada@example.com' }
  expect(changed.buyer).toEqual(expected)
  expect(changed.attempts[0]?.frozen.buyer).toEqual(expected)
  expect(changed.attempts[0]?.frozen.charges).toEqual(frozen.charges)
})

test('another country is refused, and in the United States another state', () => {
  const us = { ...frozen.buyer, address: { ...frozen.buyer.address, country: 'US', state: 'CA' } }
  const to = (address: object): NewRecipient => ({ ...moved, address: { ...moved.address, ...address } })
  expect(addressFaults(frozen.buyer, to({ country: 'DE' }))).toMatchObject([{ pointer: '/address/country' }])
  expect(addressFaults(us, to({ country: 'US', state: 'NY' }))).toMatchObject([{ pointer: '/address/state' }])
  expect(addressFaults(us, to({ country: 'US' }))).toHaveLength(1)
  expect(addressFaults(us, to({ country: 'US', state: 'CA' }))).toEqual([])
  expect(addressFaults(frozen.buyer, to({ state: 'Utrecht' }))).toEqual([])
})

test('while the order is being passed on nothing changes and one may try again; afterwards it is not decided here', () => {
  expect(() => changeRecipientBeforeOrder(paidCheckout({ submittingSince: paidAt }), moved)).toThrow(Transient)
  for (const checkout of [orderedCheckout(), paidCheckout({ state: 'refused' })]) {
    expect(() => changeRecipientBeforeOrder(checkout, moved)).toThrow(Refused)
  }
})
