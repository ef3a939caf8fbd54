import { type Static, Type } from 'typebox'
import type { Database } from '#chassis/database.ts'
import { parse } from '#contracts/parse.ts'
import { isoTime } from '../../store/order-rows.ts'
import type { DocumentRef } from '../touch-sql.ts'
import { inHalves } from './in-halves.ts'
import { subjects } from './subjects.ts'

/** What the buttons of a publishable key stand for, as long as the key lives. */
export const ShownButton = Type.Object({
  isTest: Type.Boolean(),
  publicationId: Type.String(),
  /** Whether everyone sees the publication, and each page brings its own file. */
  isOfPages: Type.Boolean(),
  /** Null: never. */
  expiresAt: Type.Union([Type.String(), Type.Null()]),
})
export type ShownButton = Static<typeof ShownButton>

const Row = Type.Object({ path: Type.String(), shown: ShownButton })

const readSql = `
  select jsonb_build_object('path', w.path, 'shown', jsonb_build_object('isTest', b.is_test, 'publicationId', b.publication_id,
    'expiresAt', ${isoTime('k.expires_at')}, 'isOfPages', exists (
      select from publications p join publication_versions v on v.account_id = p.account_id and v.is_test = p.is_test
        and v.publication_id = p.id and v.version = p.published_version
      where p.account_id = b.account_id and p.is_test = b.is_test and p.id = b.publication_id and p.deleted_at is null
        and v.fields->'content'->>'kind' = 'page'))) as row
  from jsonb_to_recordset(:wanted::jsonb) as w(path text, "accountId" text, "isTest" boolean, "keyId" text)
  join api_keys k on k.account_id = w."accountId" and k.is_test = w."isTest" and k.id = w."keyId" and k.kind = 'publishable'
    and k.revoked_at is null and (k.expires_at is null or k.expires_at > :now::timestamptz)
  join button_publications b on b.account_id = k.account_id and b.is_test = k.is_test`

export type ButtonsByPath = {
  /** Without those whose key does not live, or whose account chose no publication. */
  readonly buttons: ReadonlyMap<string, ShownButton>
  readonly failed: ReadonlyMap<string, unknown>
}

/** What the documents of these keys show. */
export async function readButtons(database: Database, refs: readonly DocumentRef[], now: Date): Promise<ButtonsByPath> {
  const { rows, failed } = await inHalves(refs, (some) => {
    const wanted = some.map(({ path, subject }) => ({
      ...parse('subject of a button', subjects.button, subject),
      path,
    }))
    return database.rows(Row, readSql, { wanted: JSON.stringify(wanted), now: now.toISOString() })
  })
  return {
    buttons: new Map(rows.map(({ path, shown }) => [path, shown])),
    failed: new Map([...failed].map(([{ path }, cause]) => [path, cause])),
  }
}
