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
  if (entries.length === 0) return change
  const data = { item_ids: [...itemIds], amount: amountMinor, currency: order.charges?.currency }
  return {
    ...change,
    order,
    entries: [...change.entries, ...entries],
    events: [...change.events, { id: makeId('event'), type: 'order.refunded', data }],
  }
}
