import { atTheFacility } from '#contracts/order-states.ts'
import type { Item, Order } from './order.ts'

/**
 * A job that its facility has, or will be asked for, and of which nothing has left the house: what is sent cannot be unmade. Nor is
 * asked for one that is printed again at somebody else's cost: to give its price back as well would be a gift.
 */
export const isStoppable = (order: Order, item: Item): item is Item & { readonly jobId: string } =>
  item.jobId !== undefined &&
  !['shipped', 'delivered', 'failed'].includes(item.status) &&
  !order.shipments.some(({ itemId }) => itemId === item.id) &&
  !isReplaced(order, item)

/** Whether copies of it are printed again for free. */
export const isReplaced = ({ reprints = [] }: Order, { id }: Item): boolean =>
  reprints.some(({ fault, items }) => fault !== 'publisher' && items.some(({ itemId }) => itemId === id))

/** An item of a released order that is being made ready for another facility: it is no job yet, and stopped without asking anybody. */
export const isUnsent = ({ stage }: Order, { status, jobId }: Item): boolean =>
  atTheFacility.some((each) => each === stage) &&
  jobId === undefined &&
  (status === 'pending' || status === 'processing' || status === 'ready')
