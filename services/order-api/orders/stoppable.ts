import type { Item, Order } from './order.ts'

/** A job that its facility has, or will be asked for, and of which nothing has left the house: what is sent cannot be unmade. */
export const isStoppable = (order: Order, item: Item): item is Item & { readonly jobId: string } =>
  item.jobId !== undefined &&
  !['shipped', 'delivered', 'failed'].includes(item.status) &&
  !order.shipments.some(({ itemId }) => itemId === item.id)
