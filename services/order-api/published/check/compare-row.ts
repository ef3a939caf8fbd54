import { noCopy } from '../write/copy.ts'
import type { DocumentStore } from '../write/document-store.ts'
import { endings } from '../write/pack-document.ts'
import type { DocumentRow } from './document-rows.ts'
import type { Fault } from './fault.ts'

/** What is wrong with a document in one store, by the ETags that lie there; undefined: nothing, or it is being written. Pure. */
export function compareRow(
  row: DocumentRow,
  { name: store, bucket }: Pick<DocumentStore, 'name' | 'bucket'>,
  found: ReadonlyMap<string, string>,
): Fault | undefined {
  if (!row.isAtRest) return undefined
  const copy = row.copies[bucket] ?? noCopy
  const fault = (kind: Fault['kind']): Fault => ({ store, kind, path: row.path, mendedBy: row.path })
  if (row.sha256 !== copy.sha256) return fault('behind')
  const wanted = row.sha256 === null ? {} : copy.etags
  if (endings.some((ending) => wanted[ending] !== undefined && !found.has(ending))) return fault('missing')
  if (endings.some((ending) => wanted[ending] !== found.get(ending))) {
    return fault(row.sha256 === null ? 'superfluous' : 'differs')
  }
  return undefined
}
