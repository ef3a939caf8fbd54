import type { ThumbnailTicket } from '#contracts/messages/thumbnail-ticket.ts'
import type { MakeId } from '../orders/make-id.ts'
import { sourceKeyOf } from '../orders/sources.ts'
import type { Owner } from '../store/order-store.ts'
import type { Picture } from './picture.ts'

type Asked = { readonly publicationId: string; readonly picture: Picture; readonly now: Date; readonly makeId: MakeId }

/** The ticket that asks a processor for a picture of a publication; self-contained. */
export function thumbnailTicketOf(
  { accountId, isTest }: Owner,
  { publicationId, picture, now, makeId }: Asked,
): ThumbnailTicket {
  const { source, edit } = picture
  return {
    type: 'thumbnail',
    ticketId: makeId('ticket'),
    publicationId,
    accountId,
    isTest,
    issuedAt: now.toISOString(),
    source: {
      role: 'image',
      position: 0,
      ...('file' in source ? { key: sourceKeyOf(accountId, source.file) } : { url: source.url }),
    },
    edit,
  }
}
