import { Type } from 'typebox'
import { type Database, ResultTooLarge } from '#chassis/database.ts'
import { AccountEvent, type AccountEventList } from '#contracts/order-api/event.ts'
import { isoTime } from '../store/order-rows.ts'
import type { Owner } from '../store/order-store.ts'

const Row = Type.Object({
  highest: Type.Optional(Type.Integer()),
  event: Type.Optional(AccountEvent),
})

/** The highest number first, read in the same moment as the events: a filter that finds nothing still tells how far it looked. */
const selectSql = `
  select row from (
    select jsonb_build_object('highest', coalesce(max(account_sequence), 0)) as row, 0 as place
    from events where account_id = :account::text and is_test = :isTest::boolean and account_sequence is not null
    union all
    (select jsonb_build_object('event', jsonb_strip_nulls(jsonb_build_object('id', id, 'sequence', account_sequence, 'type', type,
      'at', ${isoTime('at')}, 'order_id', order_id)) || jsonb_build_object('data', data)), account_sequence
    from events where account_id = :account::text and is_test = :isTest::boolean and account_sequence > :after::bigint
      and (:type::text is null or (type = :type::text and account_sequence <= :reach::bigint))
    order by account_sequence limit :limit::int)
  ) found order by place`

/** So many events are looked through for those of one type: a rare one must not cost the whole log at every question. */
export const mostLookedThrough = 20_000

/** Numbered events above `after`, oldest first. `next` is where to go on, also when a filter found nothing. */
export async function readAccountEvents(
  database: Database,
  { accountId: account, isTest }: Owner,
  { after, limit, type = null }: { after: number; limit: number; type?: string | null },
): Promise<AccountEventList> {
  try {
    const reach = after + mostLookedThrough
    const rows = await database.rows(Row, selectSql, { account, isTest, after, limit: limit + 1, type, reach })
    const found = rows.flatMap(({ event }) => (event ? [event] : []))
    const highest = Math.max(after, ...rows.flatMap(({ highest: each = 0 }) => [each]))
    const data = found.slice(0, limit)
    if (found.length > limit) return { data, next: data.at(-1)?.sequence ?? after, has_more: true }
    if (type !== null && reach < highest) return { data, next: reach, has_more: true }
    return { data, next: highest, has_more: false }
  } catch (error) {
    // One answer of the Data API holds 1 MiB: less at a time, and `has_more` says so.
    if (!(error instanceof ResultTooLarge) || limit === 1) throw error
    return await readAccountEvents(
      database,
      { accountId: account, isTest },
      { after, limit: Math.ceil(limit / 4), type },
    )
  }
}
