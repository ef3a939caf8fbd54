import { refundItems } from '../ledger/refund.ts'
import type { Change } from './change.ts'
import type { MakeId } from './make-id.ts'

/** Nobody pays for what is not printed. */
export const giveBackAll = (change: Change, makeId: MakeId): Change =>
  giveBack(
    change,
    change.order.items.map(({ id }) => id),
    makeId,
  )

/** Adds to a change that the price of some items goes back, if it was charged and is still with us. */
export function giveBack(change: Change, itemIds: readonly string[], makeId: MakeId): Change {
  const { order, entries, amountMinor } = refundItems(change.order, itemIds, makeId)
  if (order === change.order) return change
  const item_ids = order.refundedItemIds.filter((id) => !change.order.refundedItemIds.includes(id))
  const data = { item_ids, amount: amountMinor, currency: order.charges?.currency }
  const events = amountMinor === 0 ? [] : [{ id: makeId('event'), type: 'order.refunded', data }]
  return { ...change, order, entries: [...change.entries, ...entries], events: [...change.events, ...events] }
}
