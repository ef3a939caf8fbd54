import { Type } from 'typebox'
import type { Database } from '#chassis/database.ts'
import type { Change } from '../orders/change.ts'
import { bookingParameters, bookingSql } from './booking-sql.ts'
import { itemRowsOf, orderDocOf } from './order-rows.ts'

const Saved = Type.Object({ version: Type.Integer() })

/** One statement: everything that a change brings, onto the version that it was decided on, or nothing. */
const saveSql = `
  with saved as (
    update orders set version = version + 1, event_count = event_count + jsonb_array_length(:events::jsonb),
      stage = :stage::text, payment = :payment::text, is_held = :isHeld::boolean, doc = :doc::jsonb,
      due_at = :dueAt::timestamptz, updated_at = :at::timestamptz
    where account_id = :account::text and id = :id::text and version = :version::int
    returning version, event_count - jsonb_array_length(:events::jsonb) as events_before
  ), items as (
    update order_items i set status = c.status, doc = c.doc
    from saved, jsonb_to_recordset(:items::jsonb) as c(id text, status text, doc jsonb)
    where i.account_id = :account::text and i.order_id = :id::text and i.id = c.id
  ), issues as (
    insert into order_issues (account_id, order_id, item_id, sequence, doc)
    select :account::text, :id::text, s.value->>'itemId', saved.version * 1000 + s.place::int, s.value
    from saved, jsonb_array_elements(:issues::jsonb) with ordinality as s(value, place)
  ), parcels as (
    insert into shipments (account_id, order_id, id, doc)
    select :account::text, :id::text, s->>'id', s from saved, jsonb_array_elements(:shipments::jsonb) as s
    on conflict do nothing
  ), happened as (
    insert into events (account_id, is_test, order_id, sequence, id, type, at, cause, data)
    select :account::text, :isTest::boolean, :id::text, saved.events_before + e.place::int, e.value->>'id', e.value->>'type',
      :at::timestamptz, case when e.place = 1 then :cause::text end, e.value->'data'
    from saved, jsonb_array_elements(:events::jsonb) with ordinality as e(value, place)
  ), ${bookingSql('saved')}, asked as (
    insert into tickets (id, account_id, order_id, item_id, kind, queue, body, created_at, ring_at, rings)
    select t.id, :account::text, :id::text, t."itemId", t.kind, t.queue, t.body, :at::timestamptz, :ringAt::timestamptz, 1
    from saved, jsonb_to_recordset(:tickets::jsonb) as t(id text, "itemId" text, kind text, queue text, body jsonb)
  ), answered as (
    update tickets set answered_at = :at::timestamptz
    from saved where answered_at is null and id in (select jsonb_array_elements_text(:answered::jsonb))
  ), patient as (
    update tickets set ring_at = :heardRingAt::timestamptz, heard_at = :at::timestamptz
    from saved where answered_at is null and id = :patienceTicket::text
  )
  select jsonb_build_object('version', version) as row from saved`

/** Saves a change; false when another change came first and this one must be decided again. */
export async function saveChange(
  database: Database,
  change: Change,
  facts: { readonly cause: string; readonly now: Date; readonly ringAt: Date; readonly heardRingAt: Date },
): Promise<boolean> {
  const { order } = change
  const changed = order.items.filter(({ id }) => change.changedItemIds.includes(id))
  const saved = await database.rows(Saved, saveSql, {
    account: order.accountId,
    id: order.id,
    version: order.version,
    stage: order.stage,
    payment: order.payment,
    isHeld: order.isHeld,
    doc: orderDocOf(order),
    dueAt: order.dueAt ?? null,
    ...bookingParameters(order, change.entries),
    items: itemRowsOf(changed),
    issues: JSON.stringify(change.newIssues),
    shipments: JSON.stringify(change.newShipments),
    events: JSON.stringify(change.events),
    tickets: JSON.stringify(change.newTickets),
    answered: JSON.stringify(change.answeredTicketIds),
    patienceTicket: change.patience?.ticketId ?? '',
    heardRingAt: facts.heardRingAt.toISOString(),
    cause: facts.cause,
    at: facts.now.toISOString(),
    ringAt: facts.ringAt.toISOString(),
  })
  return saved.length === 1
}
