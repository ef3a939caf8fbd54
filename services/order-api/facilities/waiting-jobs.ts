/** What is at a facility and has not left it. */
const atWork = `'queued', 'accepted', 'printing', 'printed', 'packed'`

/**
 * Part of a statement named `waiting`: facility and world → its jobs as the database counts them. The database is the truth: a queue may
 * have lost or doubled any of them. A facility that an item left for another one has no part in it.
 */
export const waitingSql = `waiting as (
    select t.queue as facility_id, o.is_test, count(*) as jobs, min(t.created_at) as oldest_at,
      count(*) filter (where i.status = 'queued') as unclaimed,
      min(t.created_at) filter (where i.status = 'queued') as oldest_unclaimed_at
    from tickets t
    join order_items i on i.account_id = t.account_id and i.order_id = t.order_id and i.id = t.item_id
    join orders o on o.account_id = t.account_id and o.id = t.order_id
    where t.kind = 'production' and t.answered_at is null and i.status in (${atWork})
      and i.doc->>'productionTicketId' = t.id
    group by t.queue, o.is_test
  )`
