import type { Change } from './change.ts'
import { sentCopies } from './sent-copies.ts'

/** Keeps of a failed item the price of as many copies as are printed again for free: to give it back as well would be a gift. */
export function keepReplaced(change: Change, itemId: string): Change {
  const { order } = change
  const item = order.items.find(({ id }) => id === itemId)
  const links = (order.reprints ?? []).filter(({ fault }) => fault !== 'publisher').flatMap(({ items }) => items)
  const replaced = links.filter((each) => each.itemId === itemId).reduce((sum, { quantity }) => sum + quantity, 0)
  if (!item || replaced === 0) return change
  const shipments = [...order.shipments, ...change.newShipments]
  const keptCopies = Math.min(replaced, item.quantity - sentCopies({ shipments }, item))
  const items = order.items.map((each) => (each === item ? { ...each, keptCopies } : each))
  return { ...change, order: { ...order, items } }
}
