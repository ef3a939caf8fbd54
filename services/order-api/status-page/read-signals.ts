import { type Static, Type } from 'typebox'
import type { Database } from '#chassis/database.ts'
import { heardSql } from '../facilities/client-presence.ts'
import { thresholds } from './thresholds.ts'

const Seconds = Type.Number()
const Oldest = Type.Union([Seconds, Type.Null()], { description: 'null: nothing waits' })

export const Signals = Type.Object({
  processingSeconds: Oldest,
  /** One of each facility that has not taken something for that long, in no order. */
  deliverySeconds: Type.Array(Seconds),
  /** Since when nothing was heard of facilities that have jobs to take: one of each, in no order. */
  silenceSeconds: Type.Array(Seconds),
  facilities: Type.Integer(),
  documentsSeconds: Oldest,
  webhooksSeconds: Oldest,
})
/** How long what waits longest has waited; of tickets only what waits so long that it counts. */
export type Signals = Static<typeof Signals>

const secondsSince = (at: string): string => `extract(epoch from :now::timestamptz - ${at})::double precision`

/**
 * Tickets that nobody took: a job in work is not waiting, and one that is older than 90 days is not asked for any more. Their items are
 * looked at only where they are old enough to count: open tickets are as many as there are jobs in production. Of webhooks only those
 * whose receivers answer: the others wait for their owners.
 */
const signalsSql = `
  with ${heardSql}, waiting as (
    select t.kind, t.queue, min(t.created_at) as since from tickets t
    join order_items i on i.account_id = t.account_id and i.order_id = t.order_id and i.id = t.item_id
    where t.answered_at is null and t.created_at > :now::timestamptz - interval '90 days'
      and ((t.kind = 'process' and t.created_at <= :processingSince::timestamptz and i.status = 'pending')
        or (t.kind = 'production' and t.created_at <= :deliverySince::timestamptz and i.status = 'queued'))
    group by t.kind, t.queue
  )
  select jsonb_build_object(
    'processingSeconds', (select ${secondsSince('min(since)')} from waiting where kind = 'process'),
    'deliverySeconds', (select coalesce(jsonb_agg(${secondsSince('since')}), '[]'::jsonb) from waiting where kind = 'production'),
    'silenceSeconds', (select coalesce(jsonb_agg(${secondsSince('h.at')}), '[]'::jsonb) from heard h
      where h.at <= :silentSince::timestamptz and exists (select from tickets t
        join order_items i on i.account_id = t.account_id and i.order_id = t.order_id and i.id = t.item_id
        where t.kind = 'production' and t.queue = h.facility_id and t.answered_at is null and i.status = 'queued')),
    'facilities', (select count(*) from facilities),
    'documentsSeconds', (select ${secondsSince('min(changed_at)')} from documents where wanted > written),
    'webhooksSeconds', (select ${secondsSince('min(due.next_at)')} from webhooks h cross join lateral (
      select d.next_at from webhook_deliveries d
      where d.account_id = h.account_id and d.is_test = h.is_test and d.webhook_id = h.id and d.state = 'pending'
        and d.lease is null
      order by d.next_at limit 1) due
      where h.enabled and h.failing_since is null and due.next_at <= :now::timestamptz)
  ) as row`

/** Throws Transient when the database does not answer: then no order can be taken. */
export async function readSignals(database: Database, now: Date): Promise<Signals> {
  const before = (seconds: number): string => new Date(now.getTime() - seconds * 1000).toISOString()
  const [signals] = await database.rows(Signals, signalsSql, {
    now: now.toISOString(),
    processingSince: before(thresholds.processing.degradedSeconds),
    deliverySince: before(thresholds.delivery.degradedSeconds),
    silentSince: before(thresholds.silence.degradedSeconds),
  })
  if (!signals) throw new Error('A statement without a table always has one row')
  return signals
}
