import { type Static, Type } from 'typebox'
import { type Database, RuleBroken, type SqlValue } from '#chassis/database.ts'
import type { LedgerEntry } from '../ledger/entry.ts'
import type { NewEvent, Order, Ticket } from '../orders/order.ts'
import { balanceRule, bookingParameters, bookingSql, openedByAnotherRule } from './booking-sql.ts'
import { itemRowsOf, orderDocOf } from './order-rows.ts'

export type NewOrder = {
  readonly order: Order
  readonly tickets: readonly Ticket[]
  readonly events: readonly NewEvent[]
  readonly entries: readonly LedgerEntry[]
  readonly fileIds: readonly string[]
  readonly idempotency: { readonly key: string; readonly requestSha256: string }
  /** The answer, kept for ever: a retry gets these bytes again. */
  readonly answer: { readonly status: number; readonly body: string }
  /** First time at which unanswered tickets are rung again. */
  readonly ringAt: Date
  /** An order that this one prints again: as it is then, onto the version that it was read at, and the event that says so. */
  readonly reprinted?: { readonly order: Order; readonly event: NewEvent }
}

export type Inserted =
  | { readonly outcome: 'inserted' }
  /** The key is taken: by the same request earlier, or by another. */
  | { readonly outcome: 'key_taken' }
  /** The balance does not cover it: nothing was written. */
  | { readonly outcome: 'insufficient_credit' }
  /** Another order has this reference: nothing was written. */
  | { readonly outcome: 'reference_taken' }
  | { readonly outcome: 'files_missing'; readonly missing: readonly string[] }
  /** The order that is to be printed again was changed meanwhile: decide anew. */
  | { readonly outcome: 'overtaken' }

const Outcome = Type.Object({
  inserted: Type.Boolean(),
  isOvertaken: Type.Boolean(),
  missing: Type.Array(Type.String()),
})

/** The index that a second order with the same reference breaks. */
const referenceRule = 'orders_reference'

/** What a statement does beside the new order: lock another one, ask for it, change it. */
type Beside = { readonly locked: string; readonly isThere: string; readonly changed: string }
const nothing: Beside = { locked: '', isThere: 'true', changed: '' }
const reprinted: Beside = {
  locked: `original as (
    select id from orders where account_id = :account::text and is_test = :isTest::boolean and id = :originalId::text
      and version = :originalVersion::int for update
  ), `,
  isThere: 'exists (select from original)',
  changed: `, linked as (
    update orders o set version = o.version + 1, event_count = o.event_count + 1, doc = :originalDoc::jsonb,
      updated_at = :at::timestamptz
    from claimed where o.account_id = :account::text and o.id = :originalId::text
    returning o.event_count
  ), told as (
    insert into events (account_id, is_test, order_id, sequence, id, type, at, data)
    select :account::text, :isTest::boolean, :originalId::text, linked.event_count, e->>'id', e->>'type', :at::timestamptz, e->'data'
    from linked, (select :originalEvent::jsonb as e) as told
  )`,
}

/**
 * One statement, all or nothing: the idempotency key is the lock (a concurrent twin waits for it and then finds it taken),
 * and it is only taken when every file is the account's own.
 */
const insertSql = ({ locked, isThere, changed }: Beside): string => `
  with ${locked}missing as (
    select wanted.id from jsonb_array_elements_text(:fileIds::jsonb) as wanted(id)
    where not exists (select from files f where f.account_id = :account::text and f.id = wanted.id and f.expired_at is null)
  ), claimed as (
    insert into idempotency_keys (account_id, key, is_test, request_sha256, order_id, status, body, created_at)
    select :account::text, :key::text, :isTest::boolean, :requestSha256::text, :id::text, :status::int, :body::text, :at::timestamptz
    where not exists (select from missing) and ${isThere}
    on conflict do nothing
    returning 1
  ), placed as (
    insert into orders (account_id, id, version, event_count, stage, payment, is_test, is_held, unique_reference, checkout_id, doc,
      due_at, created_at, updated_at)
    select :account::text, :id::text, 1, jsonb_array_length(:events::jsonb), :stage::text, :payment::text, :isTest::boolean,
      false, :uniqueReference::text, :checkoutId::text, :doc::jsonb, :dueAt::timestamptz, :at::timestamptz, :at::timestamptz
    from claimed
  ), items as (
    insert into order_items (account_id, order_id, id, position, status, doc)
    select :account::text, :id::text, i.id, i.position, i.status, i.doc
    from claimed, jsonb_to_recordset(:items::jsonb) as i(id text, position int, status text, doc jsonb)
  ), happened as (
    insert into events (account_id, is_test, order_id, sequence, id, type, at, data)
    select :account::text, :isTest::boolean, :id::text, e.place::int, e.value->>'id', e.value->>'type', :at::timestamptz, e.value->'data'
    from claimed, jsonb_array_elements(:events::jsonb) with ordinality as e(value, place)
  ), ${bookingSql('claimed')}, asked as (
    insert into tickets (id, account_id, order_id, item_id, kind, queue, body, created_at, ring_at, rings)
    select t.id, :account::text, :id::text, t."itemId", t.kind, t.queue, t.body, :at::timestamptz, :ringAt::timestamptz, 1
    from claimed, jsonb_to_recordset(:tickets::jsonb) as t(id text, "itemId" text, kind text, queue text, body jsonb)
  )${changed}
  select jsonb_build_object(
    'inserted', exists (select from claimed),
    'isOvertaken', not ${isThere},
    'missing', coalesce((select jsonb_agg(id) from missing), '[]'::jsonb)) as row`

/** Writes a new order with its items, events and tickets, or nothing at all. */
export async function insertOrder(database: Database, { order, ...rest }: NewOrder): Promise<Inserted> {
  const outcome = await insert(database, rest.reprinted ? insertReprintSql : insertPlainSql, {
    ...originalOf(rest.reprinted),
    account: order.accountId,
    id: order.id,
    ...bookingParameters(order, rest.entries),
    fileIds: JSON.stringify([...new Set(rest.fileIds)]),
    key: rest.idempotency.key,
    requestSha256: rest.idempotency.requestSha256,
    status: rest.answer.status,
    body: rest.answer.body,
    stage: order.stage,
    payment: order.payment,
    doc: orderDocOf(order),
    dueAt: order.dueAt ?? null,
    // What is printed again is the same order to its publisher; what many visitors buy has the reference of the page.
    uniqueReference: order.reprintOf || order.sale ? null : (order.reference ?? null),
    checkoutId: order.sale?.checkoutId ?? null,
    items: itemRowsOf(order.items),
    events: JSON.stringify(rest.events),
    tickets: JSON.stringify(rest.tickets),
    at: order.createdAt,
    ringAt: rest.ringAt.toISOString(),
  })
  if (typeof outcome === 'string') return { outcome }
  if (outcome.inserted) return { outcome: 'inserted' }
  if (outcome.isOvertaken) return { outcome: 'overtaken' }
  return outcome.missing.length > 0 ? { outcome: 'files_missing', missing: outcome.missing } : { outcome: 'key_taken' }
}

const insertPlainSql = insertSql(nothing)
const insertReprintSql = insertSql(reprinted)

function originalOf(original: NewOrder['reprinted']): Readonly<Record<string, SqlValue>> {
  if (!original) return {}
  const { order, event } = original
  return {
    originalId: order.id,
    originalVersion: order.version,
    originalDoc: orderDocOf(order),
    originalEvent: JSON.stringify(event),
  }
}

/** The first order of a currency opens its balance; of two at once one is told so, and finds it open the next time. */
async function insert(
  database: Database,
  sql: string,
  parameters: Readonly<Record<string, SqlValue>>,
  isAgain = false,
): Promise<Static<typeof Outcome> | 'insufficient_credit' | 'reference_taken'> {
  try {
    const [outcome] = await database.rows(Outcome, sql, parameters)
    if (outcome) return outcome
  } catch (error) {
    if (!(error instanceof RuleBroken)) throw error
    if (error.rule === balanceRule) return 'insufficient_credit'
    if (error.rule === referenceRule) return 'reference_taken'
    if (error.rule !== openedByAnotherRule || isAgain) throw error
    return insert(database, sql, parameters, true)
  }
  throw new Error('The insert of an order gave no outcome')
}
