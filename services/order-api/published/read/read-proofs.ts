import { Type } from 'typebox'
import type { Database } from '#chassis/database.ts'
import { parse } from '#contracts/parse.ts'
import type { DocumentRef } from '../touch-sql.ts'
import { inHalves } from './in-halves.ts'
import { subjects } from './subjects.ts'

const Row = Type.Object({ path: Type.String(), doc: Type.String() })

/** Of the version that each document shows; beside what it shows it would not fit one row of an answer. */
const readSql = `
  select jsonb_build_object('path', w.path, 'doc', f.doc) as row
  from jsonb_to_recordset(:wanted::jsonb)
    as w(path text, "accountId" text, "isTest" boolean, "publicationId" text, "isDraft" boolean)
  join publications p on p.account_id = w."accountId" and p.is_test = w."isTest" and p.id = w."publicationId"
    and p.deleted_at is null
  join publication_versions v on v.account_id = p.account_id and v.is_test = p.is_test and v.publication_id = p.id
    and v.version = case when w."isDraft" then p.version else p.published_version end
  join proofs f on f.account_id = p.account_id and f.is_test = p.is_test and f.publication_id = p.id
    and f.key = v.proof_key and f.state = 'ready'`

export type ProofsByPath = {
  /** The text of its document, as it was told, of those that have one. */
  readonly proofs: ReadonlyMap<string, string>
  readonly failed: ReadonlyMap<string, unknown>
}

/** What the files of these publications look like in print, by the document that shows them. */
export async function readProofs(database: Database, refs: readonly DocumentRef[]): Promise<ProofsByPath> {
  const { rows, failed } = await inHalves(refs, (some) => {
    const wanted = some.map(({ path, kind, subject }) => ({
      ...parse('subject of a publication’s document', subjects.publication, subject),
      path,
      isDraft: kind === 'preview',
    }))
    return database.rows(Row, readSql, { wanted: JSON.stringify(wanted) })
  })
  return {
    proofs: new Map(rows.map(({ path, doc }) => [path, doc])),
    failed: new Map([...failed].map(([{ path }, cause]) => [path, cause])),
  }
}
