import { type Static, Type } from 'typebox'
import { proofWorst } from '#contracts/order-api/publication.ts'

const text = Type.String()
const orNull = <S extends Parameters<typeof Type.Union>[0][number]>(schema: S) => Type.Union([schema, Type.Null()])
const state = { state: Type.Enum(['processing', 'ready', 'failed']), failure: orNull(text) }

/** How far the picture of a version is. */
export const ThumbnailRow = Type.Object(state)

/** What a publisher is told of a proof. */
export const ProofSummary = Type.Object({
  worst: Type.Enum(proofWorst),
  rejected: Type.Array(Type.Object({ offer: Type.Integer(), sku: text })),
})
export type ProofSummary = Static<typeof ProofSummary>

/** How far the proof of a version is. */
export const ProofRow = Type.Object({ ...state, summary: orNull(ProofSummary) })

/** Null: it was not asked for. */
export const WorkStates = Type.Object({ thumbnail: orNull(ThumbnailRow), proof: orNull(ProofRow) })
export type WorkStates = Static<typeof WorkStates>

const Rung = Type.Object({ isAsked: Type.Boolean(), isRung: Type.Boolean() })

/** What a statement asked for. */
export const WorkRungs = Type.Object({ thumbnail: Rung, proof: Rung })
export type WorkRungs = Static<typeof WorkRungs>

export const nothingRung: WorkRungs = {
  thumbnail: { isAsked: false, isRung: false },
  proof: { isAsked: false, isRung: false },
}

const asked = { state: 'processing', failure: null } as const

/** The states as they are after a statement that read `before` and asked for these. */
export const statesAfter = ({ thumbnail, proof }: WorkRungs, before: WorkStates): WorkStates => ({
  thumbnail: thumbnail.isAsked ? asked : before.thumbnail,
  proof: proof.isAsked ? { ...asked, summary: null } : before.proof,
})

/** The columns of a row `t` of thumbnails, and of a row `f` of proofs. */
export const thumbnailRowSql = `jsonb_build_object('state', t.state, 'failure', t.failure)`
export const proofRowSql = `jsonb_build_object('state', f.state, 'failure', f.failure, 'summary', f.summary)`
