import { type Static, Type } from 'typebox'
import { Finding } from '../findings.ts'
import { Id } from '../ids.ts'
import { mostOffers } from '../order-api/publication-fields.ts'
import { mostFindingsOfFit, ProofDocument, ProofFit } from '../published/proof-document.ts'

const JudgedFit = Type.Object({
  ...ProofFit.properties,
  findings: Type.Array(Finding, { maxItems: mostFindingsOfFit, description: 'the gravest first' }),
})
export type JudgedFit = Static<typeof JudgedFit>

/** As it is published, but for the words in which findings are shown. */
export const Proof = Type.Object({
  ...ProofDocument.properties,
  fits: Type.Array(JudgedFit, { maxItems: mostOffers }),
})
export type Proof = Static<typeof Proof>

/** A row of the database's answer has 64 KiB with quotes escaped in it, and a visitor's page holds all of it. */
export const mostProofBytes = 40 * 1024

/** Edge 5 as well, processor → order-api: what the file becomes, with pictures in the documents bucket; or why nobody can tell. */
export const ProofResult = Type.Object({
  type: Type.Literal('proof_result'),
  ticketId: Id('ticket'),
  publicationId: Id('publication'),
  accountId: Id('account'),
  isTest: Type.Boolean(),
  at: Type.String({ format: 'date-time' }),
  proof: Type.Optional(Proof),
  /** For the publisher: why nobody could look at it, in one sentence. */
  failure: Type.Optional(Type.String({ maxLength: 500 })),
})
export type ProofResult = Static<typeof ProofResult>
