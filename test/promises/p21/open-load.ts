import { Type } from 'typebox'

/** What came of orders that were sent at a fixed rate. */
export const OpenLoad = Type.Object({
  sent: Type.Integer(),
  /** By status and code of the answer. */
  counts: Type.Record(Type.String(), Type.Integer()),
  acceptedIds: Type.Array(Type.String()),
  perSecondAccepted: Type.Number(),
  latenciesMs: Type.Array(Type.Number()),
})
export type OpenLoad = {
  readonly sent: number
  readonly counts: Readonly<Record<string, number>>
  readonly acceptedIds: readonly string[]
  readonly perSecondAccepted: number
  readonly latenciesMs: readonly number[]
}
