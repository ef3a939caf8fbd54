import { Type } from 'typebox'
import type { Database } from '#chassis/database.ts'
import type { PublicationFields } from '#contracts/order-api/publication.ts'

/** Files of the account, each with the type that was announced. */
export type OwnFiles = ReadonlyMap<string, string>

const Row = Type.Object({ id: Type.String(), contentType: Type.String() })
const filesSql = `select jsonb_build_object('id', f.id, 'contentType', f.content_type) as row
  from jsonb_array_elements_text(:ids::jsonb) as wanted(id)
  join files f on f.account_id = :account::text and f.id = wanted.id and f.expired_at is null`

/** Those of the files that a publication names which are the account's own. A file is never changed; one that has expired is none any more. */
export async function ownFiles(
  database: Database,
  accountId: string,
  { content, thumbnail }: PublicationFields,
): Promise<OwnFiles> {
  const named = [...(content.kind === 'file' ? [content.file] : []), thumbnail?.file]
  const ids = [...new Set(named.filter((id) => id !== undefined))]
  if (ids.length === 0) return new Map()
  const rows = await database.rows(Row, filesSql, { account: accountId, ids: JSON.stringify(ids) })
  return new Map(rows.map(({ id, contentType }) => [id, contentType]))
}
