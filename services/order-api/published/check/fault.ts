import type { DocumentStore, LyingObject } from '../write/document-store.ts'

/**
 * What is not as it should be. missing: an object is not there. differs: another one lies there. behind: the store does not have the newest text
 * yet, which is known and being made up for. superfluous: nothing names it.
 */
const faultKinds = ['missing', 'differs', 'behind', 'superfluous'] as const

export type Fault = {
  readonly store: DocumentStore['name']
  readonly kind: (typeof faultKinds)[number]
  readonly path: string
  /** The document whose writing mends it; none for what only has to go. */
  readonly mendedBy?: string | undefined
  /** The objects that have to go, as they were found, by their endings. */
  readonly superfluous?: ReadonlyMap<string, LyingObject>
}
