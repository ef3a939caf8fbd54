import type { Publishing } from '../publishing.ts'
import type { DocumentStore } from '../write/document-store.ts'
import { endings } from '../write/pack-document.ts'
import { compareRow } from './compare-row.ts'
import { documentRows } from './document-rows.ts'
import type { Fault } from './fault.ts'
import { type ListedDocument, listedDocuments } from './listed-documents.ts'
import { missingProofs } from './missing-proofs.ts'
import { sideBySide } from './side-by-side.ts'
import { isOldOrphan } from './superfluous.ts'

export type Expected = {
  readonly publishing: Publishing
  /** Path of an immutable document → the one that names it. */
  readonly parts: ReadonlyMap<string, string>
  readonly signal: AbortSignal
}

/**
 * Walks one store and the outbox side by side, both in the order of their paths: memory does not grow with them. Rows are read after objects
 * are listed, and either may change meanwhile: what is found is a suspicion.
 */
export async function* suspectsIn(store: DocumentStore, expected: Expected): AsyncGenerator<Fault> {
  const { publishing, parts, signal } = expected
  const seenParts = new Set<string>()
  for await (const [row, listed] of sideBySide(documentRows(publishing.database), listedDocuments(store, signal))) {
    const path = row?.path ?? listed?.path ?? ''
    if (parts.has(path) && listed) seenParts.add(path)
    const fault = row
      ? compareRow(row, store, etagsOf(listed))
      : listed && unnamed(store.name, listed, parts, publishing.now())
    if (fault) yield fault
  }
  for (const [path, mendedBy] of parts) {
    if (!seenParts.has(path)) yield { store: store.name, kind: 'missing', path, mendedBy }
  }
  yield* missingProofs(store, expected)
}

const etagsOf = (listed: ListedDocument | undefined): ReadonlyMap<string, string> =>
  new Map([...(listed?.objects ?? [])].map(([ending, { etag }]) => [ending, etag]))

/** What lies there without a row of its own: part of a document, or nothing at all. */
function unnamed(
  store: Fault['store'],
  listed: ListedDocument,
  parts: Expected['parts'],
  now: Date,
): Fault | undefined {
  const { path, objects } = listed
  const mendedBy = parts.get(path)
  if (mendedBy !== undefined) {
    const isWhole = endings.every((ending) => objects.has(ending))
    return isWhole ? undefined : { store, kind: 'missing', path, mendedBy }
  }
  if (!isOldOrphan(listed, now)) return undefined
  return { store, kind: 'superfluous', path, superfluous: objects }
}
