import { type Static, Type } from 'typebox'
import { Id } from '../ids.ts'

/**
 * /public/v1/buttons/<hash of a publishable key>.json: what a button stands for that names only its account (`account="pk_…"`) and brings a
 * file. It is there as long as the key lives and the account has chosen a publication for this.
 */
export const ButtonDocument = Type.Object(
  { object: Type.Literal('button'), is_test: Type.Boolean(), publication_id: Id('publication') },
  { additionalProperties: false },
)
export type ButtonDocument = Static<typeof ButtonDocument>
