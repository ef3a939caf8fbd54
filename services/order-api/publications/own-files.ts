import { Type } from 'typebox'
import type { Database } from '#chassis/database.ts'
import type { PublicationFields } from '#contracts/order-api/publication.ts'
import { isoTime } from '../store/order-rows.ts'

/** A file of the account: the type that was announced, and since when it is gone, where it is. */
export type OwnFile = { readonly contentType: string; readonly expiredAt?: string }
export type OwnFiles = ReadonlyMap<string, OwnFile>

const Row = Type.Object({ id: Type.String(), contentType: Type.String(), expiredAt: Type.Optional(Type.String()) })
const filesSql = `select jsonb_strip_nulls(jsonb_build_object('id', f.id, 'contentType', f.content_type,
    'expiredAt', ${isoTime('f.expired_at')})) as row
  from jsonb_array_elements_text(:ids::jsonb) as wanted(id)
  join files f on f.account_id = :account::text and f.id = wanted.id`

/** Those of the files that a publication names which are, or were, the account's own. A file is never changed. */
export async function ownFiles(
  database: Database,
  accountId: string,
  { content, thumbnail }: PublicationFields,
): Promise<OwnFiles> {
  const named = [...(content.kind === 'file' ? [content.file] : []), thumbnail?.file]
  const ids = [...new Set(named.filter((id) => id !== undefined))]
  if (ids.length === 0) return new Map()
  const rows = await database.rows(Row, filesSql, { account: accountId, ids: JSON.stringify(ids) })
  return new Map(rows.map(({ id, ...file }) => [id, file]))
}
