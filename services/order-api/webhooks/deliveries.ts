import { Type } from 'typebox'
import { type Database, ResultTooLarge } from '#chassis/database.ts'
import { Refused } from '#chassis/errors.ts'
import { WebhookDelivery } from '#contracts/order-api/webhook.ts'
import { isoTime } from '../store/order-rows.ts'
import type { Owner } from '../store/order-store.ts'

const ownSql = 'd.account_id = :account::text and d.is_test = :isTest::boolean and d.webhook_id = :webhook::text'
/** Whoever has it in hand gives the next attempt's time when it is over. */
const deliverySql = `jsonb_build_object('id', d.id, 'object', 'webhook_delivery', 'webhook_id', d.webhook_id, 'event_id', d.event_id,
  'event_type', (select e.type from events e where e.account_id = d.account_id and e.id = d.event_id), 'sequence', d.sequence,
  'state', d.state, 'next_attempt_at', ${isoTime('d.next_at')}, 'attempts', d.log, 'created_at', ${isoTime('d.created_at')})`

const listSql = `select ${deliverySql} as row from webhook_deliveries d where ${ownSql} and d.id < :before::text
  order by d.id desc limit :limit::int`

/** Above every id that can exist: the start of a list. */
const afterAll = 'dlv_~'

export type DeliveriesWanted = { readonly webhookId: string; readonly before?: string; readonly limit: number }

/** What was sent to one endpoint in the last 30 days, newest event first. */
export async function listDeliveries(
  database: Database,
  owner: Owner,
  { webhookId, before = afterAll, limit }: DeliveriesWanted,
): Promise<WebhookDelivery[]> {
  const { accountId: account, isTest } = owner
  try {
    return await database.rows(WebhookDelivery, listSql, { account, isTest, webhook: webhookId, before, limit })
  } catch (error) {
    if (!(error instanceof ResultTooLarge) || limit === 1) throw error
    // Each may hold ten answers of a thousand characters: halves until they fit into the 1 MiB of one answer.
    const half = Math.ceil(limit / 2)
    const first = await listDeliveries(database, owner, { webhookId, before, limit: half })
    const last = first.at(-1)
    if (!last || first.length < half) return first
    return [...first, ...(await listDeliveries(database, owner, { webhookId, before: last.id, limit: limit - half }))]
  }
}

const inHandSql = `(d.lease is not null and d.next_at > :now::timestamptz)`

/** An attempt that is in hand stays the only one: whoever asks again and again would otherwise fill the worker with them. */
const redeliverSql = `
  with d as (
    update webhook_deliveries d set state = 'pending', tries = 0,
      next_at = case when ${inHandSql} then d.next_at else :now::timestamptz end, lease = case when ${inHandSql} then d.lease end
    where ${ownSql} and d.id = :id::text
    returning d.*
  )
  select ${deliverySql} as row from d`

/** Begins a delivery anew, whatever became of it: same event, same id. Throws Refused `not_found`. */
export async function redeliver(
  database: Database,
  { accountId: account, isTest }: Owner,
  { webhookId, id, now }: { readonly webhookId: string; readonly id: string; readonly now: Date },
): Promise<WebhookDelivery> {
  const parameters = { account, isTest, webhook: webhookId, id, now: now.toISOString() }
  const [row] = await database.rows(WebhookDelivery, redeliverSql, parameters)
  if (row) return row
  throw new Refused('not_found', `There is no delivery ${id} at this endpoint; deliveries are kept for 30 days.`)
}

const keptDays = 30
const mostForgotten = 5_000
const forgetSql = `
  with old as (
    delete from webhook_deliveries d using (
      select account_id, is_test, webhook_id, id from webhook_deliveries where created_at < :before::timestamptz limit :limit::int) o
    where d.account_id = o.account_id and d.is_test = o.is_test and d.webhook_id = o.webhook_id and d.id = o.id
    returning 1
  )
  select jsonb_build_object('count', count(*)) as row from old`

/** Forgets all deliveries that are older than 30 days; the events themselves stay. Safe to run anywhere, twice. */
export async function forgetOldDeliveries(database: Database, now: Date, atOnce = mostForgotten): Promise<number> {
  const before = new Date(now.getTime() - keptDays * 24 * 3_600_000).toISOString()
  for (let forgotten = 0; ; ) {
    const [old] = await database.rows(Type.Object({ count: Type.Integer() }), forgetSql, { before, limit: atOnce })
    const count = old?.count ?? 0
    forgotten += count
    if (count < atOnce) return forgotten
  }
}
