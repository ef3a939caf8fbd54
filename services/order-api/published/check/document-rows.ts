import { type Static, Type } from 'typebox'
import type { Database } from '#chassis/database.ts'
import { Copies } from '../write/copy.ts'

const text = Type.String()

/** What the outbox says of a document. */
export const DocumentRow = Type.Object({
  path: text,
  sha256: Type.Union([text, Type.Null()]),
  copies: Copies,
  /** Nobody writes it, and nothing more is wanted. */
  isAtRest: Type.Boolean(),
})
export type DocumentRow = Static<typeof DocumentRow>

const rowSql = `jsonb_build_object('path', path, 'sha256', sha256, 'copies', copies,
  'isAtRest', wanted = written and lease is null) as row`
const rowsAtOnce = 500

const pageSql = `select ${rowSql} from documents where path > :after::text order by path limit :limit::int`

/** Every document, in the order of its path. */
export async function* documentRows(database: Database): AsyncGenerator<DocumentRow> {
  let after = ''
  for (;;) {
    const page = await database.rows(DocumentRow, pageSql, { after, limit: rowsAtOnce })
    yield* page
    const last = page.at(-1)
    if (!last || page.length < rowsAtOnce) return
    after = last.path
  }
}

const namedSql = `select ${rowSql} from documents where path = any(:paths::text[])`

export const rowsOf = (database: Database, paths: readonly string[]): Promise<DocumentRow[]> =>
  database.rows(DocumentRow, namedSql, { paths: `{${paths.map((path) => JSON.stringify(path)).join(',')}}` })
