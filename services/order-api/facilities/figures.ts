import { type Static, Type } from 'typebox'
import type { Database } from '#chassis/database.ts'
import { figureDays } from '#contracts/order-api/facility-view.ts'
import { makeIdAt } from '../orders/make-id.ts'

const count = Type.Integer({ minimum: 0 })

/** What a facility's own orders say of it: items that left it, those of them with a promised day, how many of those were late, how many were wrong. */
export const Figures = Type.Object({ items: count, promised: count, late: count, reprinted: count })
export type Figures = Static<typeof Figures>

export const noFigures: Figures = { items: 0, promised: 0, late: 0, reprinted: 0 }

/** Fewer say nothing, and would say something of single orders of others. */
const leastItems = 20

export type Shares = { readonly onTimePercent: number | null; readonly reprintPercent: number | null }

/** As percentages with one digit behind the point; null where there are too few. */
export const sharesOf = ({ items, promised, late, reprinted }: Figures): Shares => ({
  onTimePercent: promised < leastItems ? null : percentOf(promised - late, promised),
  reprintPercent: items < leastItems ? null : percentOf(Math.min(items, reprinted), items),
})

const percentOf = (part: number, all: number): number => Math.round((part / all) * 1000) / 10

/**
 * An item was late when its last parcel left after the last day that was promised for its arrival. Ids of orders begin with their time, and
 * nothing leaves half a year after it was ordered: that spares looking at every order there ever was.
 */
const countSql = `
  with parts as (
    select i.doc->>'facilityId' as facility_id, o.is_test, s.left_at,
      (select min(c->>'latest') from jsonb_array_elements(o.doc->'charges'->'shipping') c
        where c->'items' @> to_jsonb(i.position)) as latest,
      exists (select from jsonb_array_elements(o.doc->'reprints') r, jsonb_array_elements(r->'items') p
        where r->>'fault' = 'facility' and p->>'itemId' = i.id) as is_reprinted
    from orders o
    join order_items i on i.account_id = o.account_id and i.order_id = o.id
    cross join lateral (
      select max((s.doc->>'shippedAt')::timestamptz) as left_at from shipments s
      where s.account_id = o.account_id and s.order_id = o.id and s.doc->>'itemId' = i.id) s
    where o.id > :firstOrder::text and i.status in ('shipped', 'delivered') and s.left_at > :since::timestamptz
  ), counted as (
    select facility_id, is_test, count(*) as items, count(latest) as promised,
      count(*) filter (where left_at::date > latest::date) as late, count(*) filter (where is_reprinted) as reprinted
    from parts group by facility_id, is_test
  )
  insert into facility_figures (facility_id, is_test, counted_at, doc)
  select f.id, w.is_test, :now::timestamptz, jsonb_build_object('items', coalesce(c.items, 0), 'promised', coalesce(c.promised, 0),
    'late', coalesce(c.late, 0), 'reprinted', coalesce(c.reprinted, 0))
  from facilities f cross join (values (true), (false)) as w(is_test)
  left join counted c on c.facility_id = f.id and c.is_test = w.is_test
  on conflict (facility_id, is_test) do update set counted_at = excluded.counted_at, doc = excluded.doc
  returning to_jsonb(facility_id) as row`

/** Counts the figures of every facility anew; whoever reads them reads what was counted last. Safe to run anywhere, twice. */
export async function countFigures(database: Database, now: Date): Promise<void> {
  await database.rows(Type.String(), countSql, {
    now: now.toISOString(),
    since: daysBefore(now, figureDays).toISOString(),
    firstOrder: makeIdAt(() => daysBefore(now, longestLifeDays))('order'),
  })
}

const longestLifeDays = figureDays + 180
const daysBefore = (at: Date, days: number): Date => new Date(at.getTime() - days * 24 * 3_600_000)
