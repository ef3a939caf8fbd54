import { Type } from 'typebox'
import type { Database } from '#chassis/database.ts'
import { lockedSql } from '../locked-sql.ts'
import type { Copies } from './copy.ts'

/** What became of a document that was in hand. */
export type Settlement = {
  readonly path: string
  /** What `wanted` was when it was taken. */
  readonly wanted: number
  /** Everyone who asks the first store gets it. Without, it is taken again at `nextAt`. */
  readonly isWritten: boolean
  /** Null: as they are. */
  readonly tags: readonly string[] | null
  readonly sha256: string | null
  readonly copies: Copies
  /** When it is looked at again although nobody edits anything. */
  readonly renderAt: Date | null
  readonly nextAt: Date
  /** Nobody knows yet what a holder put who did not come to the end: the next one takes over from him as well. */
  readonly isUnsure: boolean
  readonly tries: number
  readonly purgeTags: readonly string[]
  /** When these are dropped at the CDN (again); null: there is nothing to drop. */
  readonly purgeAt: Date | null
}

/**
 * Only the holder settles: whoever lost his lease changes nothing. What was wanted meanwhile stays wanted, and its edit is as old as this
 * moment at most.
 */
const settleSql = `
  with s as (
    select * from jsonb_to_recordset(:settlements::jsonb) as s(path text, wanted bigint, "isWritten" boolean, tags text[],
      sha256 text, copies jsonb, "renderAt" timestamptz, "nextAt" timestamptz, "isUnsure" boolean, tries int, "purgeTags" text[], "purgeAt" timestamptz)
  ), held as (${lockedSql('d.path in (select path from s) and d.lease = :lease::text')})
  update documents d set
    written = case when s."isWritten" then s.wanted else d.written end,
    tags = coalesce(s.tags, d.tags), sha256 = s.sha256, copies = s.copies, render_at = s."renderAt", tries = s.tries,
    written_at = case when s."isWritten" then :now::timestamptz else d.written_at end,
    changed_at = case when not s."isWritten" then d.changed_at when d.wanted > s.wanted then :now::timestamptz end,
    spread_by = case when s."isWritten" and d.wanted = s.wanted then '{}' else d.spread_by end,
    lease = case when s."isUnsure" then 'unsure' end, next_at = case when s."isWritten" then :now::timestamptz else s."nextAt" end,
    purge_tags = case when s."purgeAt" is null then d.purge_tags
      else array(select unnest(d.purge_tags) union select unnest(s."purgeTags")) end,
    purge_at = coalesce(s."purgeAt", d.purge_at)
  from s join held on held.path = s.path where d.path = s.path
  returning jsonb_build_object('path', d.path) as row`

/** Gives back what was in hand. */
export async function settleDocuments(
  database: Database,
  lease: string,
  settlements: readonly Settlement[],
  now: Date,
): Promise<void> {
  await database.rows(Type.Object({ path: Type.String() }), settleSql, {
    lease,
    settlements: JSON.stringify(settlements),
    now: now.toISOString(),
  })
}
