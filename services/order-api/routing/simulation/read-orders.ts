import { type Static, Type } from 'typebox'
import type { Database } from '#chassis/database.ts'
import { newId } from '#chassis/ids.ts'
import { idPrefixes } from '#contracts/ids.ts'
import { Currency } from '#contracts/money.ts'
import { shippingMethods } from '#contracts/order-api/charges.ts'
import { isoTime } from '../../store/order-rows.ts'
import type { Owner } from '../../store/order-store.ts'

const text = Type.String()
const optional = Type.Union([text, Type.Null()])

/** Of an order what routing asks, and what became of it. */
export const ReplayedOrder = Type.Object({
  id: text,
  at: text,
  country: text,
  state: optional,
  postalCode: optional,
  method: Type.Enum(shippingMethods),
  currency: Type.Union([Currency, Type.Null()]),
  promisedBy: optional,
  sentAt: optional,
  items: Type.Array(
    Type.Object({
      sku: text,
      quantity: Type.Integer(),
      pages: Type.Union([Type.Integer(), Type.Null()]),
      options: Type.Record(text, text),
      facilityId: text,
    }),
  ),
})
export type ReplayedOrder = Static<typeof ReplayedOrder>

/** A page of fifty items an order stays below the 1 MiB of an answer. */
export const ordersOfAPage = 100

/** Ids begin with their time: an account's orders of a month are found without looking at those of years. */
const selectSql = `
  select jsonb_build_object('id', o.id, 'at', ${isoTime('o.created_at')},
    'country', o.doc->'recipient'->'address'->>'country', 'state', o.doc->'recipient'->'address'->>'state',
    'postalCode', o.doc->'recipient'->'address'->>'postal_code', 'method', o.doc->>'shippingMethod',
    'currency', o.doc->'charges'->>'currency',
    'promisedBy', (select max(s->>'latest') from jsonb_array_elements(o.doc->'charges'->'shipping') s),
    'sentAt', (select max(s.doc->>'shippedAt') from shipments s where s.account_id = o.account_id and s.order_id = o.id),
    'items', (select jsonb_agg(jsonb_build_object('sku', i.doc->'product'->>'sku', 'quantity', i.doc->'quantity',
        'pages', coalesce(i.doc->'pages', i.doc->'orderedPages'), 'options', i.doc->'options',
        'facilityId', i.doc->>'facilityId') order by i.position)
      from order_items i where i.account_id = o.account_id and i.order_id = o.id)) as row
  from orders o
  where o.account_id = :account::text and o.is_test = :isTest::boolean and o.id > :after::text and o.id < :before::text
    and o.stage not in ('draft', 'cancelled', 'rejected') and o.doc->>'reprintOf' is null
  order by o.id limit :limit::int`

/** Those that were really made, oldest first: without drafts, what was cancelled, and what was only printed again. */
export const readOrders = (
  database: Database,
  { accountId, isTest }: Owner,
  after: string,
  to: Date,
): Promise<ReplayedOrder[]> =>
  database.rows(ReplayedOrder, selectSql, {
    account: accountId,
    isTest,
    after,
    before: beginningOf(to),
    limit: ordersOfAPage,
  })

/** Sorts before every order of this time and behind all earlier ones. */
export const beginningOf = (time: Date): string => newId(idPrefixes.order, time).slice(0, idPrefixes.order.length + 11)
