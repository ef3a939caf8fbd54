import { Refused } from '#chassis/errors.ts'
import type { Order } from '../orders/order.ts'
import type { OrderStore, Owner } from '../store/order-store.ts'

/** The account's own order; a foreign id and an unknown id give the same answer. */
export async function wantedOrder(orders: OrderStore, owner: Owner, orderId: string): Promise<Order> {
  const order = await orders.find(owner, orderId)
  if (order) return order
  throw noSuchOrder(orderId)
}

export const noSuchOrder = (orderId: string): Refused =>
  new Refused('not_found', `There is no order ${orderId} in your account.`)
