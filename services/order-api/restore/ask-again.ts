import { Type } from 'typebox'
import type { Database } from '#chassis/database.ts'

/**
 * That an item was shipped answers its ticket, and nobody asks on. A restored database may have lost that it was delivered: print clients
 * are asked again, and say all that they said.
 */
const askSql = `update tickets t set answered_at = null, ring_at = :now::timestamptz
  from order_items i where i.account_id = t.account_id and i.order_id = t.order_id and i.id = t.item_id
    and i.status = 'shipped' and t.kind = 'production' and t.answered_at is not null
    and t.created_at > :now::timestamptz - interval '90 days'
  returning to_jsonb(t.id) as row`

/** Asks the facilities of all items that are on their way; says how many. Safe to repeat: what was heard is not heard twice. */
export async function askAboutShipped(database: Database, now: Date): Promise<number> {
  return (await database.rows(Type.String(), askSql, { now: now.toISOString() })).length
}
