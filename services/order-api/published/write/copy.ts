import { type Static, Type } from 'typebox'

/** What is known of the copy of a document in one store. */
export const Copy = Type.Object({
  /** Of what lies there; null: nothing does, or it is not known what. */
  sha256: Type.Union([Type.String(), Type.Null()]),
  /** Ending → ETag. */
  etags: Type.Record(Type.String(), Type.String()),
})
export type Copy = Static<typeof Copy>

/** By bucket: where another region takes over, the first store is another one. */
export const Copies = Type.Record(Type.String(), Copy)
export type Copies = Static<typeof Copies>

export const noCopy: Copy = { sha256: null, etags: {} }
