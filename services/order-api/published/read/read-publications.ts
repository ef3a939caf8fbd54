import { Type } from 'typebox'
import type { Database } from '#chassis/database.ts'
import { RoutingPolicy } from '#contracts/order-api/routing.ts'
import { parse } from '#contracts/parse.ts'
import type { DocumentRef } from '../touch-sql.ts'
import { inHalves } from './in-halves.ts'
import { ShownPublication, shownFields } from './shown-publication.ts'
import { subjects } from './subjects.ts'

const Row = Type.Object({
  path: Type.String(),
  seller: Type.String(),
  routing: Type.Union([RoutingPolicy, Type.Null()]),
  shown: ShownPublication,
})

/** The newest version for those who have the link, the published one for everyone. Pictures only when they are there. */
const readSql = `
  select jsonb_build_object('path', w.path, 'seller', a.name, 'routing', a.routing, 'shown', jsonb_build_object(
      'id', p.id, 'isTest', p.is_test, 'version', v.version, 'thumbnail', case when t.state = 'ready' then t.doc end,
      'thumbnailFailure', case when w."isDraft" and t.state = 'failed' then t.failure end, 'fields', (
        select jsonb_object_agg(key, value) from jsonb_each(v.fields) where key = any(:fields::text[])))) as row
  from jsonb_to_recordset(:wanted::jsonb)
    as w(path text, "accountId" text, "isTest" boolean, "publicationId" text, "isDraft" boolean)
  join publications p on p.account_id = w."accountId" and p.is_test = w."isTest" and p.id = w."publicationId"
    and p.deleted_at is null
  join accounts a on a.id = p.account_id
  join publication_versions v on v.account_id = p.account_id and v.is_test = p.is_test and v.publication_id = p.id
    and v.version = case when w."isDraft" then p.version else p.published_version end
  left join thumbnails t on t.account_id = p.account_id and t.is_test = p.is_test and t.publication_id = p.id
    and t.key = v.thumbnail_key`

export type ShownByPath = {
  /** Without those of which there is nothing to be seen. */
  readonly shown: ReadonlyMap<string, ShownPublication>
  /** Names of the accounts. */
  readonly sellers: ReadonlyMap<string, string>
  /** Of the accounts that have one of their own. */
  readonly policies: ReadonlyMap<string, RoutingPolicy>
  readonly failed: ReadonlyMap<string, unknown>
}

/** What the documents of these publications show. */
export async function readPublications(database: Database, refs: readonly DocumentRef[]): Promise<ShownByPath> {
  const { rows, failed } = await inHalves(refs, (some) => {
    const wanted = some.map(({ path, kind, subject }) => ({
      ...parse('subject of a publication’s document', subjects.publication, subject),
      path,
      isDraft: kind === 'preview',
    }))
    return database.rows(Row, readSql, { wanted: JSON.stringify(wanted), fields: `{${shownFields.join(',')}}` })
  })
  return {
    shown: new Map(rows.map(({ path, shown }) => [path, shown])),
    sellers: new Map(rows.map(({ path, seller }) => [path, seller])),
    policies: new Map(rows.flatMap(({ path, routing }) => (routing === null ? [] : [[path, routing]]))),
    failed: new Map([...failed].map(([{ path }, cause]) => [path, cause])),
  }
}
