import type { Order } from '#contracts/order-api/order.ts'
import type { SaleStanding } from '#contracts/order-api/sales.ts'

/** An order as order-api answered it, as the news of it would say. */
export function standingOfOrder(order: Order, checkoutId: string, accountId: string): SaleStanding {
  const { stage, payment, is_held, cancel, sale, items, shipments } = order
  return {
    checkout_id: checkoutId,
    order_id: order.id,
    account_id: accountId,
    is_test: order.is_test,
    ...{ stage, payment, is_held },
    refunded: sale?.refunded ?? 0,
    ...(cancel ? { cancel } : {}),
    items: items.map(({ id, status, failure }) => ({ id, status, ...(failure === undefined ? {} : { failure }) })),
    shipments,
    updated_at: order.updated_at,
  }
}
