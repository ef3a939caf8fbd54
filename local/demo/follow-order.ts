import { setTimeout as wait } from 'node:timers/promises'
import type { Order, OrderItem } from '#contracts/order-api/order.ts'
import type { Api } from './api.ts'

const lookEveryMilliseconds = 200

/** Looks at the order until it is shipped or can no longer be; `seen` hears each look. Throws when `signal` aborts. */
export async function followOrder(
  api: Api,
  placed: Order,
  seen: (order: Order) => void,
  signal: AbortSignal,
): Promise<Order> {
  let order = placed
  for (;;) {
    seen(order)
    if (isOver(order)) return order
    await wait(lookEveryMilliseconds, undefined, { signal })
    order = await api.order(order.id)
  }
}

/** Whether everything in it was shipped. */
export function isShipped(order: Order): boolean {
  return order.items.every(isItemShipped)
}

function isItemShipped({ status }: OrderItem): boolean {
  return status === 'shipped' || status === 'delivered'
}

function isOver(order: Order): boolean {
  if (order.stage === 'cancelled' || order.stage === 'rejected') return true
  return order.items.every((item) => isItemShipped(item) || item.status === 'failed')
}
