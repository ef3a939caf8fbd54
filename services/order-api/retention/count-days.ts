import { Type } from 'typebox'
import { assumedTransitDays } from '#contracts/retention.ts'
import type { Expiry } from './expire-orders.ts'
import { endedSql } from './family.ts'

const atOnce = 200

/** An order whose end is noticed late, such as one of before there was any expiry, keeps its files for so long at least. */
const noticedLateDays = 30

const daysOf = `make_interval(days => a.retention_days + case when o.stage = 'shipped' then ${assumedTransitDays} else 0 end)`

/**
 * From the event with which it ended, by the days that the account says now. Another version of the order: whoever is deciding about it
 * decides again, and readers see the date.
 */
const countSql = `
  with ended as (
    select o.account_id, o.id, coalesce((select max(e.at) from events e where e.account_id = o.account_id
      and e.order_id = o.id and e.type = 'order.' || o.stage), o.updated_at) as at
    from orders o
    where o.stage in (${endedSql}) and o.files_counted_from is distinct from o.stage
    order by o.id limit :limit::int for update of o skip locked
  )
  update orders o set version = o.version + 1, files_counted_from = o.stage,
    files_expire_at = case
      when o.files_gone_at is not null then o.files_expire_at
      when e.at < :now::timestamptz - interval '1 day'
        then greatest(e.at + ${daysOf}, :now::timestamptz + interval '${noticedLateDays} days')
      else e.at + ${daysOf} end
  from ended e join accounts a on a.id = e.account_id
  where o.account_id = e.account_id and o.id = e.id
  returning to_jsonb(o.id) as row`

/** Gives every order that has ended the day on which its files go. Safe to run anywhere, twice. */
export async function countDays({ database, now, signal }: Omit<Expiry, 'log'>): Promise<number> {
  let counted = 0
  while (!signal.aborted) {
    const orders = await database.rows(Type.String(), countSql, { now: now().toISOString(), limit: atOnce })
    counted += orders.length
    if (orders.length < atOnce) break
  }
  return counted
}
