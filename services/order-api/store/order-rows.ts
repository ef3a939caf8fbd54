import { Type } from 'typebox'
import { Product } from '#contracts/catalogue/product.ts'
import { Design } from '#contracts/design.ts'
import { facilityCauseCodes } from '#contracts/facility-causes.ts'
import { Finding } from '#contracts/findings.ts'
import { itemStates } from '#contracts/item-states.ts'
import { Preview, PrintFile } from '#contracts/messages/process-report.ts'
import { Currency } from '#contracts/money.ts'
import { cancelStates } from '#contracts/order-actions.ts'
import { Charges, shippingMethods } from '#contracts/order-api/charges.ts'
import { ItemFiles } from '#contracts/order-api/order-request.ts'
import { Recipient } from '#contracts/order-api/recipient.ts'
import { reprintFaults } from '#contracts/order-api/reprint.ts'
import { RoutingPolicy } from '#contracts/order-api/routing.ts'
import { paymentStates, stages } from '#contracts/order-states.ts'
import { parse } from '#contracts/parse.ts'
import type { Item, Order, OrderIssue, Shipment } from '../orders/order.ts'

const text = Type.String()
const texts = Type.Record(text, text)

const score = Type.Integer()
const Scores = Type.Object({ distance: score, cost: score, date: score, load: score, quality: score })

const OrderDoc = Type.Object({
  reference: Type.Optional(text),
  reprintOf: Type.Optional(Type.Object({ orderId: text, fault: Type.Enum(reprintFaults), reason: text })),
  reprints: Type.Optional(
    Type.Array(
      Type.Object({
        orderId: text,
        fault: Type.Enum(reprintFaults),
        items: Type.Array(Type.Object({ itemId: text, quantity: Type.Integer() })),
      }),
    ),
  ),
  isConfirmed: Type.Optional(Type.Boolean()),
  sale: Type.Optional(
    Type.Object({
      ...{ checkoutId: text, provider: text, paymentReference: text, paidAt: text },
      ...{ amountMinor: Type.Integer(), currency: Currency, refundedMinor: Type.Integer() },
    }),
  ),
  recipient: Recipient,
  recipientChangedAt: Type.Optional(text),
  shippingMethod: Type.Enum(shippingMethods),
  metadata: texts,
  billing: Type.Object({
    mode: Type.Enum(['prepaid', 'invoice', 'sale', 'facility', 'platform']),
    limitMinor: Type.Union([Type.Integer(), Type.Null()]),
  }),
  charges: Type.Optional(Charges),
  graceMinutes: Type.Integer(),
  dueAt: Type.Optional(text),
  graceEndsAt: Type.Optional(text),
  onRejectedFiles: Type.Enum(['reject', 'wait']),
  cancel: Type.Optional(Type.Object({ requestedAt: text, state: Type.Enum(cancelStates) })),
  refundedItemIds: Type.Array(text),
  candidates: Type.Array(
    Type.Object({
      facilityId: text,
      distanceKm: Type.Integer(),
      canMake: Type.Array(text),
      isChosen: Type.Boolean(),
      reason: text,
      costMinor: Type.Optional(Type.Integer()),
      currency: Type.Optional(Currency),
      promisedBy: Type.Optional(text),
      loadDays: Type.Optional(Type.Number()),
      scores: Type.Optional(Scores),
      total: Type.Optional(Type.Integer()),
    }),
  ),
  unnamedCandidates: Type.Optional(Type.Object({ makeNothing: Type.Integer(), others: Type.Integer() })),
  routing: Type.Optional(RoutingPolicy),
})

const OrderRow = Type.Object({
  accountId: text,
  id: text,
  version: Type.Integer(),
  eventCount: Type.Integer(),
  stage: Type.Enum(stages),
  payment: Type.Enum(paymentStates),
  isTest: Type.Boolean(),
  isHeld: Type.Boolean(),
  filesExpireAt: Type.Optional(text),
  filesGoneAt: Type.Optional(text),
  createdAt: text,
  updatedAt: text,
  doc: OrderDoc,
})

const EarlierTry = Type.Object({
  ...{ facilityId: text, jobId: text, at: text, cause: Type.Enum(facilityCauseCodes) },
  ...{ words: Type.Optional(text), reportKey: Type.Optional(text), receiptKey: Type.Optional(text) },
  cancelTicketId: Type.Optional(text),
})
const TakeBack = Type.Object({
  ...{ cause: Type.Enum(facilityCauseCodes), at: text, ticketId: Type.Optional(text) },
  state: Type.Enum(['claiming', 'left', 'asked', 'declined']),
})

const ItemRow = Type.Object({
  id: text,
  status: Type.Enum(itemStates),
  doc: Type.Object({
    quantity: Type.Integer(),
    title: Type.Optional(text),
    product: Product,
    options: texts,
    design: Type.Optional(Design),
    orderedPages: Type.Optional(Type.Integer()),
    files: Type.Optional(ItemFiles),
    publication: Type.Optional(Type.Object({ id: text, version: Type.Integer() })),
    facilityId: text,
    processTicketId: text,
    jobId: Type.Optional(text),
    productionTicketId: Type.Optional(text),
    earlier: Type.Optional(Type.Array(EarlierTry)),
    takeBack: Type.Optional(TakeBack),
    copies: Type.Optional(
      Type.Object({ printed: Type.Optional(Type.Integer()), packed: Type.Optional(Type.Integer()) }),
    ),
    delay: Type.Optional(Type.Object({ at: text, cause: Type.Optional(text), expectedAt: Type.Optional(text) })),
    lost: Type.Optional(Type.Array(Type.Object({ shipmentId: text, at: text }))),
    cancel: Type.Optional(Type.Object({ ticketId: text, state: Type.Enum(['asked', 'accepted', 'declined']) })),
    failure: Type.Optional(text),
    keptCopies: Type.Optional(Type.Integer()),
    pages: Type.Optional(Type.Integer()),
    progress: Type.Optional(Type.Object({ pagesDone: Type.Integer(), pagesOfAll: Type.Integer() })),
    printFiles: Type.Array(PrintFile),
    previews: Type.Array(Preview),
    reportKey: Type.Optional(text),
    receiptKey: Type.Optional(text),
  }),
})

const IssueRow = Type.Object({ itemId: text, at: text, ticketId: Type.Optional(text), finding: Finding })

const ShipmentRow = Type.Object({
  id: text,
  itemId: text,
  facilityId: text,
  carrier: text,
  trackingNumber: text,
  trackingUrl: Type.Optional(text),
  quantity: Type.Integer(),
  shippedAt: text,
})

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
    routing: order.routing,
  })

/** What goes into order_items, as the rows of a jsonb_to_recordset. */
export const itemRowsOf = (items: readonly Item[]): string =>
  JSON.stringify(items.map(({ id, status, ...doc }, position) => ({ id, status, position, doc })))
