import type { ProofTicket } from '#contracts/messages/proof-ticket.ts'
import type { ThumbnailTicket } from '#contracts/messages/thumbnail-ticket.ts'

/**
 * What processors are asked for the file of a publication: pictures that stand for it, and what it looks like in print. Each kind has its
 * table, all of the same shape; the row is the truth, the message on the processors' queue only a doorbell.
 */
export const workKinds = ['thumbnail', 'proof'] as const
export type WorkKind = (typeof workKinds)[number]

export const tableOf: Readonly<Record<WorkKind, string>> = { thumbnail: 'thumbnails', proof: 'proofs' }

export type WorkTicket = ThumbnailTicket | ProofTicket
