import { Transient } from '#chassis/errors.ts'
import { SaleStanding } from '#contracts/order-api/sales.ts'
import { matches } from '#contracts/parse.ts'
import type { Order } from '../../order-client/index.ts'

/** Whose order it is, and what is known of it that no answer about an order says. */
type Known = Pick<SaleStanding, 'checkout_id' | 'account_id'> & Partial<SaleStanding>

/** An order as order-api answered it, as the news of it would say. Throws Transient for an answer that is no order, or another one. */
export function saleOfOrder(known: Known, order: Order): SaleStanding {
  const { stage, payment, is_held, cancel, shipments, updated_at } = order
  const { cancel: _before, ...rest } = known
  const sale = {
    ...{ order_id: order.id, is_test: order.is_test, refunded: order.sale?.refunded ?? 0 },
    ...rest,
    ...{ stage, payment, is_held, shipments, updated_at },
    ...(cancel === undefined ? {} : { cancel }),
    items: (order.items ?? []).map(({ id, status, failure }) => ({
      id,
      status,
      ...(failure === undefined ? {} : { failure }),
    })),
  }
  if (order.id === sale.order_id && matches(SaleStanding, sale)) return sale
  throw new Transient('order-api answered something that is no order.')
}
