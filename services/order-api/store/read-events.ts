import type { Static } from 'typebox'
import { type Database, ResultTooLarge } from '#chassis/database.ts'
import { OrderEventEntry } from '#contracts/order-api/order-lists.ts'
import { isoTime } from './order-rows.ts'

const selectSql = `select jsonb_build_object('id', id, 'order_id', order_id, 'sequence', sequence, 'type', type,
    'at', ${isoTime('at')}, 'data', data) as row
  from events where account_id = :account::text and order_id = :id::text and sequence > :after::int
  order by sequence limit :limit::int`

type Entry = Static<typeof OrderEventEntry>

/** Events of one order from `after` on, oldest first; read in parts, as one answer of the Data API holds 1 MiB. */
export async function readEvents(database: Database, accountId: string, orderId: string): Promise<Entry[]> {
  const events: Entry[] = []
  let limit = 1000
  for (;;) {
    const parameters = { account: accountId, id: orderId, after: events.at(-1)?.sequence ?? 0, limit }
    try {
      const part = await database.rows(OrderEventEntry, selectSql, parameters)
      events.push(...part)
      if (part.length < limit) return events
    } catch (error) {
      if (!(error instanceof ResultTooLarge) || limit === 1) throw error
      limit = Math.ceil(limit / 4)
    }
  }
}
