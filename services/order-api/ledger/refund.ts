import { proportionMinor } from '#contracts/money.ts'
import type { ChargeLine, Charges } from '#contracts/order-api/charges.ts'
import type { MakeId } from '../orders/make-id.ts'
import type { Item, Order } from '../orders/order.ts'
import { sentCopies } from '../orders/sent-copies.ts'
import { entriesOf, saleOf } from './book.ts'
import type { LedgerEntry } from './entry.ts'

export type Refund = {
  readonly order: Order
  readonly entries: readonly LedgerEntry[]
  /** What the customer gets back; nothing where somebody else paid. */
  readonly amountMinor: number
}

/**
 * Gives back the price of some items, once: their lines, and the shipping of each facility that has sent nothing and has nothing left
 * to send. Copies that left the house are paid for, whatever became of the others, and so are those that are printed again for free.
 * The order says whose price was given back, also where it was nothing, and is `refunded` when nothing is left.
 * A reprint that was not printed is taken off the books of whoever was to pay it. Nothing for orders that were never charged.
 */
export function refundItems(order: Order, itemIds: readonly string[], makeId: MakeId): Refund {
  const { charges, refundedItemIds: before } = order
  const given = order.items
    .filter((item) => itemIds.includes(item.id) && !before.includes(item.id) && !isKept(order, item))
    .map(({ id }) => id)
  if (!charges || order.payment === 'unpaid' || given.length === 0) return { order, entries: [], amountMinor: 0 }
  const refundedItemIds = [...before, ...given]
  const part = partOf(order, charges, refundedItemIds)
  const { cause, amounts } = saleOf(part, order.billing)
  const opposite = Object.fromEntries(Object.entries(amounts).map(([ledger, amount]) => [ledger, -amount]))
  return {
    order: { ...withRefund(order, part.gross), refundedItemIds, payment: paymentAfter(order, refundedItemIds) },
    entries: entriesOf({ cause: `${cause} refunded`, amounts: opposite }, charges.currency, makeId),
    amountMinor: order.payment === 'waived' ? 0 : part.gross,
  }
}

const withRefund = ({ sale, ...order }: Order, gross: number): Order =>
  sale ? { ...order, sale: { ...sale, refundedMinor: sale.refundedMinor + gross } } : order

function paymentAfter(order: Order, refundedItemIds: readonly string[]): Order['payment'] {
  if (order.payment === 'waived') return order.payment
  const isAll = order.items.every((item) => refundedItemIds.includes(item.id) && paidCopies(order, item) === 0)
  return isAll ? 'refunded' : 'partially_refunded'
}

/** Copies whose price stays with us: sent, or printed again for free. */
const paidCopies = (order: Order, item: Item): number => sentCopies(order, item) + (item.keptCopies ?? 0)

/** Nothing is left of it to give back. */
const isKept = (order: Order, item: Item): boolean =>
  item.keptCopies !== undefined && item.keptCopies > 0 && paidCopies(order, item) >= item.quantity

/** The charges that go back now: those that `refundedItemIds` cover and that were not given back before. */
function partOf(order: Order, charges: Charges, refundedItemIds: readonly string[]): Charges {
  const covers = (ids: readonly string[], places: readonly number[]): boolean =>
    places.every((place) => ids.includes(order.items[place]?.id ?? ''))
  const isNow = (places: readonly number[]): boolean =>
    covers(refundedItemIds, places) && !covers(order.refundedItemIds, places)
  const paid = (place: number): number => {
    const item = order.items[place]
    return item ? paidCopies(order, item) : 0
  }
  const lines = charges.lines.filter(({ item }) => isNow([item])).map((line) => givenPart(line, paid(line.item)))
  const shipping = charges.shipping.filter(({ items }) => isNow(items) && items.every((place) => paid(place) === 0))
  const sum = (of: 'net' | 'tax_amount' | 'gross'): number =>
    [...lines, ...shipping].reduce((all, each) => all + each[of], 0)
  return { ...charges, lines, shipping, net: sum('net'), tax_amount: sum('tax_amount'), gross: sum('gross') }
}

/** Net and tax add up to gross, as everywhere, and the margin is a part of net. */
function givenPart(whole: ChargeLine, paid: number): ChargeLine {
  if (paid === 0) return whole
  const { margin: ofAll = 0, ...line } = whole
  const share = (amount: number): number => proportionMinor(amount, line.quantity - paid, line.quantity)
  const [net, gross] = [share(line.net), share(line.gross)]
  const margin = share(ofAll)
  return { ...line, ...(margin === 0 ? {} : { margin }), net, tax_amount: gross - net, gross }
}
