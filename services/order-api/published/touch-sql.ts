import type { SqlValue } from '#chassis/database.ts'
import type { CacheTag } from '#contracts/published/cache-tags.ts'
import { buttonHashLength, documentPaths } from '#contracts/published/document-paths.ts'
import type { DocumentKind } from './document-kinds.ts'
import { lockedSql } from './locked-sql.ts'

/** A document that is to be there: its path, and the ids that its kind is looked up by. */
export type DocumentRef = {
  readonly path: string
  readonly kind: DocumentKind
  readonly subject: Readonly<Record<string, string | boolean>>
}

/** Whoever has it in hand is not disturbed: when he is done he sees that more is wanted. */
const again = (
  at: string,
): string => `wanted = documents.wanted + 1, changed_at = coalesce(documents.changed_at, ${at}),
      next_at = case when documents.lease is null then least(documents.next_at, ${at}) else documents.next_at end`

/** Known from the start, so that whoever spreads a change of it finds a document that was never written. */
const firstTags = `case when d.subject->>'publicationId' is null then '{}'::text[]
      else array['publication:' || (d.subject->>'publicationId')] end`

/**
 * Part of a statement named `touched`: these documents are written anew, when the part named `when` has a row. It reads the parameters of
 * `touchParameters`. A document that is not there yet comes into being; one whose subject is gone is taken away.
 */
export const touchSql = (when: string): string => touch(`exists (select from ${when})`)

const touch = (condition: string): string =>
  touched(
    `select * from jsonb_to_recordset(:touchedDocuments::jsonb) as d(path text, kind text, subject jsonb) where ${condition}`,
  )

const [buttonStart = '', buttonEnd = ''] = documentPaths.button('|').split('|')

/**
 * Part of a statement named `touched`: the documents of the publishable keys among `keys`, a part with rows of `api_keys`, are written anew. Which
 * keys those are may be known to the statement alone.
 */
export const touchButtonsSql = (keys: string): string =>
  touched(`select '${buttonStart}' || left(k.sha256, ${buttonHashLength}) || '${buttonEnd}' as path, 'button' as kind,
      jsonb_build_object('accountId', k.account_id, 'isTest', k.is_test, 'keyId', k.id) as subject
    from ${keys} k where k.kind = 'publishable'`)

const touched = (documents: string): string => `touched as (
    insert into documents (path, kind, subject, tags, wanted, changed_at, next_at)
    select d.path, d.kind, d.subject, ${firstTags}, 1, :touchedAt::timestamptz, :touchedAt::timestamptz
    from (${documents}) d
    order by d.path collate "C"
    on conflict (path) do update set ${again(':touchedAt::timestamptz')}, spread_by = '{}'
  )`

export const touchParameters = (documents: readonly DocumentRef[], at: Date): Readonly<Record<string, SqlValue>> => ({
  touchedDocuments: JSON.stringify(documents),
  touchedAt: at.toISOString(),
})

/**
 * Part of a statement named `spread`: every document that was made of one of these things is written anew, when the part named `when` has a row.
 * Not beside `touchSql` for the same document, as one statement changes a row once: there, `touchAndSpreadSql`.
 */
export const spreadSql = (when: string): string =>
  spread(lockedSql(`d.tags && :spreadTags::text[] and exists (select from ${when})`))

/** Parts of a statement that are both: what is touched by name is left to that, and all rows are taken in one order. */
export const touchAndSpreadSql = (when: string): string => `named as (
    select path from jsonb_to_recordset(:touchedDocuments::jsonb) as n(path text)
  ), locked as (${lockedSql(`exists (select from ${when}) and d.path in (
      select path from documents where tags && :spreadTags::text[] union select path from named)`)}
  ), ${touch(`exists (select from ${when}) and (select count(*) from locked) >= 0`)},
  ${spread('select path from locked where path not in (select path from named)')}`

/**
 * By which tags is remembered: many documents that change for one reason are dropped at the CDN by that one tag, and come after those that
 * somebody edits.
 */
const spread = (paths: string): string => `spread as (
    update documents set ${again(':spreadAt::timestamptz')},
      spread_by = array(select unnest(documents.spread_by) union
        select tag from unnest(documents.tags) tag where tag = any(:spreadTags::text[]))
    from (${paths}) found where documents.path = found.path
  )`

export const spreadParameters = (tags: readonly CacheTag[], at: Date): Readonly<Record<string, SqlValue>> => ({
  spreadTags: `{${tags.map((tag) => JSON.stringify(tag)).join(',')}}`,
  spreadAt: at.toISOString(),
})
