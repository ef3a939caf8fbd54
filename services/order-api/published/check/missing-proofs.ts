import { type Static, Type } from 'typebox'
import type { Database } from '#chassis/database.ts'
import { publicRoot } from '#contracts/published/document-paths.ts'
import type { DocumentStore } from '../write/document-store.ts'
import { endings } from '../write/pack-document.ts'
import type { Fault } from './fault.ts'
import type { Expected } from './find-faults.ts'
import { listedDocuments } from './listed-documents.ts'
import { sideBySide } from './side-by-side.ts'

const NamedProof = Type.Object({ path: Type.String(), mendedBy: Type.String() })
type NamedProof = Static<typeof NamedProof>

/** Of versions that visitors see, whose document is written and at rest: it names the proof. */
const pageSql = `
  select jsonb_build_object('path', f.path, 'mendedBy', d.path) as row
  from proofs f
  join publications p on p.account_id = f.account_id and p.is_test = f.is_test and p.id = f.publication_id and p.deleted_at is null
  join publication_versions v on v.account_id = p.account_id and v.is_test = p.is_test and v.publication_id = p.id
    and v.version = p.published_version and v.proof_key = f.key
  join documents d on d.kind = 'publication' and d.path = '${publicRoot}publications/' || p.id || '.json'
    and d.wanted = d.written and d.lease is null and d.sha256 is not null
  where f.state = 'ready' and f.path collate "C" > :after::text
  order by f.path collate "C" limit :limit::int`
const rowsAtOnce = 500

async function* namedProofs(database: Database): AsyncGenerator<NamedProof> {
  let after = ''
  for (;;) {
    const page = await database.rows(NamedProof, pageSql, { after, limit: rowsAtOnce })
    yield* page
    const last = page.at(-1)
    if (!last || page.length < rowsAtOnce) return
    after = last.path
  }
}

/** Proofs that documents name and that do not lie in a store as a whole. Walks both side by side: memory does not grow with them. */
export async function* missingProofs(
  store: DocumentStore,
  { publishing: { database }, signal }: Expected,
): AsyncGenerator<Fault> {
  const listed = listedDocuments(store, signal, `${publicRoot}proofs/`)
  for await (const [named, lying] of sideBySide(namedProofs(database), listed)) {
    const isWhole = endings.every((ending) => lying?.objects.has(ending))
    if (named && !isWhole) yield { store: store.name, kind: 'missing', ...named }
  }
}
