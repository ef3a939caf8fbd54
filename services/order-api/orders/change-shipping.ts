import { Refused } from '#chassis/errors.ts'
import type { Charges, ShippingCharge, ShippingMethod } from '#contracts/order-api/charges.ts'
import type { PriceData } from '#pricing/price-data.ts'
import { priceOrder } from '#pricing/price-order.ts'
import { entriesOf, saleOf } from '../ledger/book.ts'
import type { LedgerEntry } from '../ledger/entry.ts'
import { pricedPartOf } from '../quotes/priced-part-of.ts'
import { wantAllowed } from './allowed.ts'
import { type Decide, unchanged } from './change.ts'
import type { MakeId } from './make-id.ts'
import type { Order } from './order.ts'

/**
 * Sends the order by another method. Only shipping is priced anew, at today's rates: the items cost what they cost, and that is what
 * duty is paid on. The difference is booked with the change, and undone with it where the balance does not cover it.
 */
export const changeShipping =
  (method: ShippingMethod, data: PriceData): Decide =>
  (order, { makeId }) => {
    wantAllowed(order, 'change_shipping')
    if (method === order.shippingMethod) return unchanged(order)
    const { charges: before } = order
    const methods = { from: order.shippingMethod, to: method }
    const changed = (facts: object, told: object) => ({
      ...unchanged({ ...order, shippingMethod: method, ...facts }),
      events: [{ id: makeId('event'), type: 'order.shipping_changed', data: { ...methods, ...told } }],
    })
    if (!before) return changed({}, {})
    const charges = withShipping(
      order,
      before,
      priceOrder(pricedPartOf(order, before.currency), method, data, before.lines),
    )
    return {
      ...changed({ charges }, { amount: charges.gross - before.gross, currency: charges.currency }),
      entries: differenceOf(order, before, charges, makeId),
    }
  }

/** The same charges with another shipping; what was given back already stays as it was. */
function withShipping(order: Order, charges: Charges, priced: Charges): Charges {
  const shipping = charges.shipping.map((old) => (isGivenBack(order, old) ? old : sameParcels(old, priced)))
  const parts = [...charges.lines, ...shipping]
  const sum = (of: 'net' | 'tax_amount' | 'gross'): number => parts.reduce((all, each) => all + each[of], 0)
  return {
    ...charges,
    shipping,
    duty: priced.duty,
    net: sum('net'),
    tax_amount: sum('tax_amount'),
    gross: sum('gross'),
  }
}

const isGivenBack = ({ items, refundedItemIds }: Order, { items: places }: ShippingCharge): boolean =>
  places.every((place) => refundedItemIds.includes(items[place]?.id ?? ''))

function sameParcels(old: ShippingCharge, { shipping }: Charges): ShippingCharge {
  const found = shipping.find((each) => each.facility_id === old.facility_id && `${each.items}` === `${old.items}`)
  if (found) return found
  throw new Refused('shipping_unknown', `There is no rate for what ${old.facility_id} sends by that method.`)
}

/** Nothing for an order that was never charged: a draft, a test order without a price. */
function differenceOf(order: Order, before: Charges, after: Charges, makeId: MakeId): LedgerEntry[] {
  if (order.payment === 'unpaid' || order.payment === 'waived') return []
  const old = saleOf(before, order.billing).amounts
  const amounts = Object.fromEntries(
    Object.entries(saleOf(after, order.billing).amounts).map(([ledger, amount]) => [
      ledger,
      amount - (Object.entries(old).find(([name]) => name === ledger)?.[1] ?? 0),
    ]),
  )
  return entriesOf({ cause: 'shipping changed', amounts }, after.currency, makeId)
}
