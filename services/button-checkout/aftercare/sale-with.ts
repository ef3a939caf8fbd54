import { Transient } from '#chassis/errors.ts'
import { SaleStanding } from '#contracts/order-api/sales.ts'
import { matches } from '#contracts/parse.ts'
import type { Order } from '../../order-client/index.ts'

/**
 * A sale with what an answer about its order says. What was given back stands in no order: it stays as the list of sales told it. Throws
 * Transient for an answer that is none.
 */
export function saleWith(sale: SaleStanding, order: Order): SaleStanding {
  const { stage, payment, is_held, cancel, updated_at } = order
  const { cancel: _before, ...rest } = sale
  const told = {
    ...rest,
    ...{ stage, payment, is_held, updated_at },
    ...(cancel === undefined ? {} : { cancel }),
    items: (order.items ?? []).map(({ id, status, failure }) => ({
      id,
      status,
      ...(failure === undefined ? {} : { failure }),
    })),
    shipments: order.shipments,
  }
  if (order.id === sale.order_id && matches(SaleStanding, told)) return told
  throw new Transient('order-api answered something that is no order.')
}
