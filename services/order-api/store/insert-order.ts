import { Type } from 'typebox'
import { type Database, RuleBroken, type SqlValue } from '#chassis/database.ts'
import type { LedgerEntry } from '../ledger/entry.ts'
import type { NewEvent, Order, Ticket } from '../orders/order.ts'
import { balanceRule, bookingParameters, bookingSql } from './booking-sql.ts'
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
}

export type Inserted =
  | { readonly outcome: 'inserted' }
  /** The key is taken: by the same request earlier, or by another. */
  | { readonly outcome: 'key_taken' }
  /** The balance does not cover it: nothing was written. */
  | { readonly outcome: 'insufficient_credit' }
  | { readonly outcome: 'files_missing'; readonly missing: readonly string[] }

const Outcome = Type.Object({ inserted: Type.Boolean(), missing: Type.Array(Type.String()) })

/**
 * One statement, all or nothing: the idempotency key is the lock (a concurrent twin waits for it and then finds it taken),
 * and it is only taken when every file is the account's own.
 */
const insertSql = `
  with missing as (
    select wanted.id from jsonb_array_elements_text(:fileIds::jsonb) as wanted(id)
    where not exists (select from files f where f.account_id = :account::text and f.id = wanted.id)
  ), claimed as (
    insert into idempotency_keys (account_id, key, is_test, request_sha256, order_id, status, body, created_at)
    select :account::text, :key::text, :isTest::boolean, :requestSha256::text, :id::text, :status::int, :body::text, :at::timestamptz
    where not exists (select from missing)
    on conflict do nothing
    returning 1
  ), placed as (
    insert into orders (account_id, id, version, event_count, stage, payment, is_test, is_held, doc, due_at, created_at, updated_at)
    select :account::text, :id::text, 1, jsonb_array_length(:events::jsonb), :stage::text, :payment::text, :isTest::boolean,
      false, :doc::jsonb, :dueAt::timestamptz, :at::timestamptz, :at::timestamptz
    from claimed
  ), items as (
    insert into order_items (account_id, order_id, id, position, status, doc)
    select :account::text, :id::text, i.id, i.position, i.status, i.doc
    from claimed, jsonb_to_recordset(:items::jsonb) as i(id text, position int, status text, doc jsonb)
  ), happened as (
    insert into events (account_id, order_id, sequence, id, type, at, data)
    select :account::text, :id::text, e.place::int, e.value->>'id', e.value->>'type', :at::timestamptz, e.value->'data'
    from claimed, jsonb_array_elements(:events::jsonb) with ordinality as e(value, place)
  ), ${bookingSql('claimed')}, asked as (
    insert into tickets (id, account_id, order_id, item_id, kind, queue, body, created_at, ring_at, rings)
    select t.id, :account::text, :id::text, t."itemId", t.kind, t.queue, t.body, :at::timestamptz, :ringAt::timestamptz, 1
    from claimed, jsonb_to_recordset(:tickets::jsonb) as t(id text, "itemId" text, kind text, queue text, body jsonb)
  )
  select jsonb_build_object(
    'inserted', exists (select from claimed),
    'missing', coalesce((select jsonb_agg(id) from missing), '[]'::jsonb)) as row`

/** Writes a new order with its items, events and tickets, or nothing at all. */
export async function insertOrder(database: Database, { order, ...rest }: NewOrder): Promise<Inserted> {
  const outcome = await insert(database, {
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
    items: itemRowsOf(order.items),
    events: JSON.stringify(rest.events),
    tickets: JSON.stringify(rest.tickets),
    at: order.createdAt,
    ringAt: rest.ringAt.toISOString(),
  })
  if (outcome === 'insufficient_credit') return { outcome }
  if (outcome.inserted) return { outcome: 'inserted' }
  return outcome.missing.length > 0 ? { outcome: 'files_missing', missing: outcome.missing } : { outcome: 'key_taken' }
}

async function insert(database: Database, parameters: Readonly<Record<string, SqlValue>>) {
  try {
    const [outcome] = await database.rows(Outcome, insertSql, parameters)
    if (outcome) return outcome
  } catch (error) {
    if (error instanceof RuleBroken && error.rule === balanceRule) return 'insufficient_credit' as const
    throw error
  }
  throw new Error('The insert of an order gave no outcome')
}
