import { Type } from 'typebox'
import type { Database } from '#chassis/database.ts'
import { itemStates } from '#contracts/item-states.ts'
import type { KnownItem } from './compare-claims.ts'
import type { ClaimFound } from './read-claims.ts'

const text = Type.String()
const Found = Type.Object({
  ...{ claimedJobId: text, orderId: text, itemId: text, facilityId: text },
  status: Type.Enum(itemStates),
  jobId: Type.Optional(text),
  earlier: Type.Optional(Type.Array(Type.Object({ facilityId: text, jobId: text }))),
})

const item = `jsonb_strip_nulls(jsonb_build_object('claimedJobId', c.job, 'orderId', i.order_id, 'itemId', i.id,
    'facilityId', i.doc->>'facilityId', 'status', i.status, 'jobId', i.doc->>'jobId',
    'earlier', i.doc->'earlier')) as row`
const claims = `jsonb_to_recordset(:claims::jsonb) as c(job text, "orderId" text, "itemId" text)`

const byItemSql = `select ${item} from ${claims}
  join orders o on o.id = c."orderId"
  join order_items i on i.account_id = o.account_id and i.order_id = o.id and i.id = c."itemId"`

/** Reads every item there is: for claims that do not name theirs, and for orders that were sent again and have another id now. */
const byJobSql = `select ${item} from ${claims} join order_items i on i.doc->>'jobId' = c.job`

const mostAtOnce = 500

/** The items that the claims are of, by job, as far as the database knows them. */
export async function knownItems(
  database: Database,
  claimed: readonly ClaimFound[],
): Promise<ReadonlyMap<string, KnownItem>> {
  const known = new Map<string, KnownItem>()
  for (const sql of [byItemSql, byJobSql]) {
    const wanted = claimed.filter(({ jobId }) => !known.has(jobId))
    for (let from = 0; from < wanted.length; from += mostAtOnce) {
      const rows = wanted.slice(from, from + mostAtOnce).map(({ jobId: job, orderId, itemId }) => ({
        ...{ job, orderId, itemId },
      }))
      for (const { claimedJobId, ...found } of await database.rows(Found, sql, { claims: JSON.stringify(rows) })) {
        known.set(claimedJobId, found)
      }
    }
  }
  return known
}
