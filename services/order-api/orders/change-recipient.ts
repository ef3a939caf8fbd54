import { Refused } from '#chassis/errors.ts'
import type { Recipient } from '#contracts/order-api/recipient.ts'
import type { TaxTable } from '#contracts/taxes/tax-table.ts'
import { placeTaxOf } from '#pricing/place-tax.ts'
import { destinationOf } from '#pricing/price-order.ts'
import { wantAllowed } from './allowed.ts'
import { type Change, type Decide, unchanged } from './change.ts'
import type { Order } from './order.ts'

/**
 * Sends the order to somebody else, or somewhere else where tax, price and facility are the same: in the same country, and in the US
 * in the same state. To another one it is another order. Throws Refused `tax_unknown` for the places of a country without tax data.
 */
export const changeRecipient =
  (recipient: Recipient, taxes: TaxTable): Decide =>
  (order, { makeId, now }): Change => {
    wantAllowed(order, 'change_recipient')
    if (JSON.stringify(recipient) === JSON.stringify(order.recipient)) return unchanged(order)
    wantSamePlace(order, recipient, taxes)
    return {
      ...unchanged({ ...order, recipient, recipientChangedAt: now.toISOString() }),
      // Who and where is personal, and events are kept: only that it changed is said.
      events: [{ id: makeId('event'), type: 'order.recipient_changed', data: {} }],
    }
  }

const base = '/recipient/address'

function wantSamePlace({ charges, recipient: old }: Order, { address }: Recipient, taxes: TaxTable): void {
  if (address.country !== old.address.country) throw differs('country', old.address.country, address.country)
  const was = charges?.lines[0]?.tax.jurisdiction
  // What nobody could price has no tax that could change.
  if (was === undefined) return
  const { jurisdiction } = placeTaxOf(destinationOf(address), taxes, base)
  if (jurisdiction !== was) throw differs('state', was, jurisdiction)
}

function differs(field: 'country' | 'state', old: string, found: string): Refused {
  const detail = `must stay in ${old}: tax, price and facility follow from it; found ${found}. Cancel this order and place a new one`
  return new Refused('invalid_request', 'The fields listed in errors are not acceptable.', [
    { pointer: `${base}/${field}`, detail },
  ])
}
