import { type Copies, noCopy } from './copy.ts'
import type { DocumentStore } from './document-store.ts'
import type { RenderedDocument } from './render-taken.ts'
import type { TakenDocument } from './take-documents.ts'
import { type CopyResult, deleteCopy, type Knowledge, writeCopy } from './write-copy.ts'

/** What became of a document in each store; in the first one first. */
export type WrittenDocument = {
  readonly rendered: RenderedDocument
  readonly results: readonly StoreResult[]
}
export type StoreResult = { readonly store: Pick<DocumentStore, 'name' | 'bucket'>; readonly result: CopyResult }

/** Writes a document to a store, or takes it away. Undefined for one that could not be rendered: there is nothing to write. */
export async function writeDocument(
  store: DocumentStore,
  rendered: RenderedDocument,
  signal: AbortSignal,
): Promise<StoreResult | undefined> {
  if ('cause' in rendered) return undefined
  const { taken, packed } = rendered
  const copy = copyIn(store, taken)
  const result = packed
    ? await writeCopy(store, packed, copy, signal)
    : await deleteCopy(store, taken.path, copy, knowledgeOf(store, taken), signal)
  return { store, result }
}

/** Where a holder died nobody knows what he put last: only that nothing may be replaced that is not known. */
function copyIn({ bucket }: DocumentStore, { copies, isTakenOver }: TakenDocument) {
  const { sha256, etags } = copies[bucket] ?? noCopy
  return { sha256: isTakenOver ? null : sha256, etags }
}

/** A copy without a hash may be more than its ETags say: a store whose answer was lost may have done what it was told. */
function knowledgeOf({ bucket }: DocumentStore, { copies, isTakenOver }: TakenDocument): Knowledge {
  const { [bucket]: known } = copies
  return {
    isSure: !isTakenOver && known?.sha256 !== null,
    wasThere: isTakenOver || Object.keys(known?.etags ?? {}).length > 0,
  }
}

/** What is known of all copies now. */
export const copiesOf = ({ rendered, results }: WrittenDocument): Copies => ({
  ...rendered.taken.copies,
  ...Object.fromEntries(results.map(({ store, result }) => [store.bucket, result.copy])),
})
