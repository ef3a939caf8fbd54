import { Type } from 'typebox'
import type { OrderChanger } from '../orders/change-order.ts'
import type { Item, Order } from '../orders/order.ts'

const settleSql = `update order_items i set doc = jsonb_set(i.doc, '{lost}', (
    select jsonb_agg(case when l.value->>'shipmentId' = :shipment::text
      then l.value || jsonb_build_object('settledAt', :at::text) else l.value end order by l.place)
    from jsonb_array_elements(i.doc->'lost') with ordinality as l(value, place)))
  where i.account_id = :account::text and i.order_id = :order::text and i.id = :item::text and i.doc ? 'lost'
  returning to_jsonb(i.id) as row`

/**
 * Nobody has to look at a loss any more. May run twice. Not a version of the order: a change that was read before may undo it, and the next
 * sweep finds its reprint made and settles it again.
 */
export async function settleLoss(
  { database, now }: OrderChanger,
  { accountId, id }: Pick<Order, 'accountId' | 'id'>,
  item: Pick<Item, 'id'>,
  shipmentId: string,
): Promise<void> {
  const key = { account: accountId, order: id, item: item.id }
  await database.rows(Type.String(), settleSql, { ...key, shipment: shipmentId, at: now().toISOString() })
}
