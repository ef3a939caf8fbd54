import type { Source } from '#contracts/messages/process-ticket.ts'
import type { ProofTicket } from '#contracts/messages/proof-ticket.ts'
import type { ThumbnailTicket } from '#contracts/messages/thumbnail-ticket.ts'
import type { MakeId } from '../orders/make-id.ts'
import { sourceKeyOf } from '../orders/sources.ts'
import type { Owner } from '../store/order-store.ts'
import type { Picture } from './picture.ts'
import type { WantedProof } from './proof.ts'

type Asked = { readonly publicationId: string; readonly now: Date; readonly makeId: MakeId }

/** The ticket that asks a processor for a picture of a publication; self-contained. */
export const thumbnailTicketOf = (owner: Owner, { source, edit }: Picture, asked: Asked): ThumbnailTicket => ({
  type: 'thumbnail',
  ...headingOf(owner, asked),
  source: sourceIn(owner, source),
  edit,
})

/** The ticket that asks a processor what the file of a publication looks like in print; self-contained. */
export const proofTicketOf = (owner: Owner, { source, ...wanted }: WantedProof, asked: Asked): ProofTicket => ({
  type: 'proof',
  ...headingOf(owner, asked),
  source: sourceIn(owner, source),
  ...wanted,
})

const headingOf = ({ accountId, isTest }: Owner, { publicationId, now, makeId }: Asked) => ({
  ticketId: makeId('ticket'),
  publicationId,
  accountId,
  isTest,
  issuedAt: now.toISOString(),
})

const sourceIn = ({ accountId }: Owner, source: Picture['source']): Source => ({
  role: 'image',
  position: 0,
  ...('file' in source ? { key: sourceKeyOf(accountId, source.file) } : { url: source.url }),
})
