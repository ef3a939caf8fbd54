import type { SaleStanding } from '#contracts/order-api/sales.ts'
import type { Order } from '../orders/order.ts'
import { presentOrder } from '../orders/present-order.ts'

/** An order as far as its customer is told of it. Nothing for one that nobody bought. */
export function presentSale(order: Order): readonly SaleStanding[] {
  if (!order.sale) return []
  const { stage, payment, is_held, cancel, items, shipments, updated_at } = presentOrder(order)
  return [
    {
      checkout_id: order.sale.checkoutId,
      order_id: order.id,
      account_id: order.accountId,
      is_test: order.isTest,
      ...{ stage, payment, is_held, shipments, updated_at },
      refunded: order.sale.refundedMinor,
      ...(cancel === undefined ? {} : { cancel }),
      items: items.map(({ id, status, failure }) => ({ id, status, ...(failure === undefined ? {} : { failure }) })),
      ...(order.recipientChangedAt === undefined ? {} : { recipient_changed_at: order.recipientChangedAt }),
    },
  ]
}
