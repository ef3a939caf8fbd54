import { Type } from 'typebox'
import { parse } from '#contracts/parse.ts'
import type { Item, Order, OrderIssue, Shipment } from '../orders/order.ts'
import { IssueRow, ItemRow, OrderRow, ShipmentRow } from './order-row-schemas.ts'

const text = Type.String()

/** One row of the statements below: which table it came from, which order it belongs to, what it holds. */
export const Part = Type.Object({
  orderId: text,
  kind: Type.Enum(['order', 'item', 'issue', 'shipment', 'seen', 'same']),
  row: Type.Unknown(),
  owner: Type.Optional(Type.Object({ accountId: text, isTest: Type.Boolean() })),
})

type PartsSql = { readonly join?: string; readonly filter: string; readonly more?: string }
type PartOf = { readonly orderId: string; readonly kind: string; readonly row: unknown }

/**
 * Orders as rows of their parts: no single row of the answer nears the Data API's 64 KiB, and all of them its 1 MiB. What was found in
 * files that were replaced is kept and not read, nor are more than 700 parcels: what cannot be read cannot be delivered either.
 * `filter` chooses the orders `o`, with what they are joined to; `more` is another select of (row, part, place).
 */
export const selectParts = ({ join = '', filter, more = '' }: PartsSql): string => `
  with o as (select o.* from orders o ${join} where ${filter})
  select row from (
  select jsonb_build_object('orderId', o.id, 'kind', 'order', 'row', jsonb_build_object(
    'accountId', o.account_id, 'id', o.id, 'version', o.version, 'eventCount', o.event_count, 'stage', o.stage,
    'payment', o.payment, 'isTest', o.is_test, 'isHeld', o.is_held, 'doc', o.doc,
    'createdAt', ${isoTime('o.created_at')}, 'updatedAt', ${isoTime('o.updated_at')})
    || jsonb_strip_nulls(jsonb_build_object('filesExpireAt', ${isoTime('o.files_expire_at')},
      'filesGoneAt', ${isoTime('o.files_gone_at')}))) as row, 0 as part, 0 as place
  from o
  union all
  select jsonb_build_object('orderId', o.id, 'kind', 'item', 'row',
    jsonb_build_object('id', i.id, 'status', i.status, 'doc', i.doc)), 1, i.position
  from o join order_items i on i.account_id = o.account_id and i.order_id = o.id
  union all
  select jsonb_build_object('orderId', o.id, 'kind', 'issue', 'row', s.doc), 2, s.sequence
  from o join order_issues s on s.account_id = o.account_id and s.order_id = o.id
  where s.doc->>'ticketId' is null or exists (
    select from order_items i where i.account_id = o.account_id and i.order_id = o.id and i.id = s.item_id
      and i.doc->>'processTicketId' = s.doc->>'ticketId')
  union all
  select jsonb_build_object('orderId', o.id, 'kind', 'shipment', 'row', s.doc), 3, row_number() over (order by s.id)::int
  from o join lateral (select id, doc from shipments where account_id = o.account_id and order_id = o.id order by id limit 700) s on true
  ${more === '' ? '' : `union all ${more}`}
  ) parts order by part, place`

/** A timestamptz column as UTC ISO 8601 with milliseconds. */
export const isoTime = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/** The orders that the parts make up, in the order of their `order` rows. */
export function assembleOrders(parts: readonly PartOf[]): Order[] {
  const byOrder = Map.groupBy(parts, ({ orderId }) => orderId)
  const of = (orderId: string, kind: string) =>
    (byOrder.get(orderId) ?? []).filter((part) => part.kind === kind).map(({ row }) => row)
  return parts
    .filter(({ kind }) => kind === 'order')
    .map(({ orderId, row }) => {
      const { doc, ...columns } = parse('orders row', OrderRow, row)
      return {
        ...columns,
        ...doc,
        items: of(orderId, 'item').map(itemOf),
        issues: of(orderId, 'issue').map((issue): OrderIssue => parse('order_issues row', IssueRow, issue)),
        shipments: of(orderId, 'shipment').map((shipment): Shipment => parse('shipments row', ShipmentRow, shipment)),
      }
    })
}

function itemOf(row: unknown): Item {
  const { id, status, doc } = parse('order_items row', ItemRow, row)
  return { id, status, ...doc }
}

/** What goes into orders.doc. */
export const orderDocOf = (order: Order): string =>
  JSON.stringify({
    reference: order.reference,
    reprintOf: order.reprintOf,
    reprints: order.reprints,
    isConfirmed: order.isConfirmed,
    sale: order.sale,
    recipient: order.recipient,
    recipientChangedAt: order.recipientChangedAt,
    shippingMethod: order.shippingMethod,
    metadata: order.metadata,
    billing: order.billing,
    charges: order.charges,
    graceMinutes: order.graceMinutes,
    dueAt: order.dueAt,
    graceEndsAt: order.graceEndsAt,
    onRejectedFiles: order.onRejectedFiles,
    cancel: order.cancel,
    refundedItemIds: order.refundedItemIds,
    candidates: order.candidates,
    unnamedCandidates: order.unnamedCandidates,
    placeExactness: order.placeExactness,
    routing: order.routing,
  })

/** What goes into order_items, as the rows of a jsonb_to_recordset. */
export const itemRowsOf = (items: readonly Item[]): string =>
  JSON.stringify(items.map(({ id, status, ...doc }, position) => ({ id, status, position, doc })))
