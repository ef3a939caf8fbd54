/** What is at a facility and has not left it. */
const atWork = `'queued', 'accepted', 'printing', 'printed', 'packed'`

/** When its facility last said something new of the job of a ticket `t`. A client that only repeats itself moves nothing. */
export const movedAt = 'coalesce(t.heard_at, t.created_at)'

/** Shops close over weekends. */
const stuckAfterDays = 3

/**
 * Whether a print client took the job of ticket `t` and item `i` and nobody speaks of it any more: not for three days, and the day on which
 * it was to leave, by its production days, is over. Another client of the facility may be well: nothing else shows it.
 */
export const isStuck = `(i.status <> 'queued' and ${movedAt} <= :now::timestamptz - interval '${stuckAfterDays} days'
      and coalesce((i.doc->>'leavesBy')::timestamptz, t.created_at) <= :now::timestamptz - interval '1 day')`

/**
 * Part of a statement named `waiting`: facility and world → its jobs as the database counts them. The database is the truth: a queue may
 * have lost or doubled any of them. A facility that an item left for another one has no part in it. It reads the parameter `now`.
 */
export const waitingSql = `waiting as (
    select t.queue as facility_id, o.is_test, count(*) as jobs, min(t.created_at) as oldest_at,
      count(*) filter (where i.status = 'queued') as unclaimed,
      min(t.created_at) filter (where i.status = 'queued') as oldest_unclaimed_at,
      min(${movedAt}) filter (where i.status <> 'queued') as oldest_moved_at,
      count(*) filter (where ${isStuck}) as stuck, min(${movedAt}) filter (where ${isStuck}) as stuck_since
    from tickets t
    join order_items i on i.account_id = t.account_id and i.order_id = t.order_id and i.id = t.item_id
    join orders o on o.account_id = t.account_id and o.id = t.order_id
    where t.kind = 'production' and t.answered_at is null and i.status in (${atWork})
      and i.doc->>'productionTicketId' = t.id
    group by t.queue, o.is_test
  )`
