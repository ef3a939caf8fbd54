import type { Item, Order } from './order.ts'

/** Copies of an item that left the house in parcels, as far as is known; never more than were ordered. */
export const sentCopies = ({ shipments }: Pick<Order, 'shipments'>, { id, quantity }: Item): number =>
  Math.min(
    quantity,
    shipments.filter(({ itemId }) => itemId === id).reduce((sum, each) => sum + each.quantity, 0),
  )
