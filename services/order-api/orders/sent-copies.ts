import type { Item, Order } from './order.ts'

/** Copies of an item that left the house in parcels, as far as is known; never more than were ordered. */
export const sentCopies = ({ shipments }: Pick<Order, 'shipments'>, { id, quantity }: Item): number =>
  Math.min(
    quantity,
    shipments.filter(({ itemId }) => itemId === id).reduce((sum, each) => sum + each.quantity, 0),
  )

/** Copies that the job makes which an item has, or gets next: all but those that left facilities which had it before. */
export const copiesOfJob = ({ shipments }: Pick<Order, 'shipments'>, item: Item): number => {
  const others = shipments.filter(({ facilityId }) => facilityId !== item.facilityId)
  return Math.max(1, item.quantity - sentCopies({ shipments: others }, item))
}
