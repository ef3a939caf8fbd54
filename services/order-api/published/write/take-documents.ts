import { type Static, Type } from 'typebox'
import type { Database } from '#chassis/database.ts'
import { documentKinds } from '../document-kinds.ts'
import { lockedSql } from '../locked-sql.ts'
import { Copies } from './copy.ts'

const text = Type.String()

/** A document in hand: nobody else writes it until the lease ends, and only the holder of the lease says what became of it. */
export const TakenDocument = Type.Object({
  path: text,
  kind: Type.Enum(documentKinds),
  subject: Type.Record(text, Type.Union([text, Type.Boolean()])),
  tags: Type.Array(text),
  wanted: Type.Integer(),
  spreadBy: Type.Array(text),
  sha256: Type.Union([text, Type.Null()]),
  copies: Copies,
  tries: Type.Integer(),
  purgeTags: Type.Array(text),
  /** Its last holder did not come to the end: what lies in the stores may not be what the row says. */
  isTakenOver: Type.Boolean(),
})
export type TakenDocument = Static<typeof TakenDocument>

/** Far longer than a batch takes; whoever is slower is thought to be dead. */
export const leaseSeconds = 30
/** When a holder stops by himself, long before anybody else thinks so: no put of his is under way when the next one begins. */
export const holdSeconds = 20

const isEdited = `d.wanted > d.written and d.spread_by = '{}' and d.next_at <= :now::timestamptz`

/**
 * What was edited comes first, then what follows from other things, then what changes by itself. Of what was edited each account has its turn:
 * whoever brings ten thousand publications holds up nobody else's. A worker of another release than the one that started last takes nothing.
 * Prices change at midnight: what is looked at then follows from them, and is dropped by their tag where it is many.
 */
const takeSql = `
  with edited as (
    select d.path, d.lease from documents d join (
      select d.path, row_number() over (partition by d.subject->>'accountId' order by d.next_at) as place
      from documents d where ${isEdited} order by place, d.next_at limit :limit::int * 4
    ) waiting on waiting.path = d.path
    where ${isEdited}
    order by waiting.place, d.next_at limit :limit::int for update of d skip locked
  ), following as (
    select path, lease from documents where wanted > written and spread_by <> '{}' and next_at <= :now::timestamptz
    order by next_at limit :limit::int for update skip locked
  ), timed as (
    select path, lease from documents where render_at <= :now::timestamptz and (lease is null or next_at <= :now::timestamptz)
    order by render_at limit :limit::int for update skip locked
  ), chosen as (
    select path, min(lease) as lease from (
      select 0 as turn, * from edited union all select 1, * from following union all select 2, * from timed) due
    where exists (select from published_release where name = 'documents' and fingerprint = :release::text)
    group by path order by min(turn) limit :limit::int
  ), taken as (
    update documents d set lease = :lease::text, next_at = :leaseEnds::timestamptz,
      wanted = case when d.render_at <= :now::timestamptz then d.wanted + 1 else d.wanted end,
      changed_at = case when d.render_at <= :now::timestamptz then least(d.changed_at, d.render_at) else d.changed_at end,
      spread_by = case when d.render_at <= :now::timestamptz and d.render_at = date_trunc('day', d.render_at, 'UTC')
        then array(select unnest(d.spread_by) union select tag from unnest(d.tags) tag where tag like 'prices:%') else d.spread_by end,
      render_at = case when d.render_at <= :now::timestamptz then null else d.render_at end
    from chosen c where d.path = c.path
    returning d.*, c.lease is not null as is_taken_over
  )
  select jsonb_build_object('path', path, 'kind', kind, 'subject', subject, 'tags', tags, 'wanted', wanted,
    'spreadBy', spread_by, 'sha256', sha256, 'copies', copies, 'tries', tries, 'purgeTags', purge_tags,
    'isTakenOver', is_taken_over) as row
  from taken order by path`

export type Taking = {
  readonly limit: number
  readonly release: string
  /** Names this taking, and no other. */
  readonly lease: string
  readonly now: Date
}

/** Documents to be written now; each taken by one worker only. */
export const takeDocuments = (database: Database, { now, ...taking }: Taking): Promise<TakenDocument[]> =>
  database.rows(TakenDocument, takeSql, {
    ...taking,
    now: now.toISOString(),
    leaseEnds: new Date(now.getTime() + leaseSeconds * 1000).toISOString(),
  })

const registerSql = `
  with r as (
    select * from jsonb_to_recordset(:tags::jsonb) as r(path text, tags text[])
  ), held as (${lockedSql('d.path in (select path from r) and d.lease = :lease::text')})
  update documents d set tags = array(select unnest(d.tags) union select unnest(r.tags))
  from r join held on held.path = r.path where d.path = r.path
  returning to_jsonb(d.path) as row`

/**
 * Adds tags to documents in hand, before what the tags stand for is read: from then on whoever changes one of these things finds them.
 */
export async function registerTags(
  database: Database,
  lease: string,
  tags: readonly { readonly path: string; readonly tags: readonly string[] }[],
): Promise<void> {
  await database.rows(text, registerSql, { lease, tags: JSON.stringify(tags) })
}
