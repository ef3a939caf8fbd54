import { type Static, Type } from 'typebox'
import { Id } from '../ids.ts'
import { PictureEdit } from '../order-api/publication.ts'
import { Source } from './process-ticket.ts'

/** Widths that are made, in pixels; never wider than the picture is. */
export const thumbnailWidthsPx = [160, 320, 640] as const

/**
 * Edge 3 as well, order-api → processor: a picture of a file, turned and cut, in every size and format that browsers take. The first page
 * of a document. Delivered at least once; the same ticket twice gives the same pictures under the same names.
 */
export const ThumbnailTicket = Type.Object({
  type: Type.Literal('thumbnail'),
  ticketId: Id('ticket'),
  publicationId: Id('publication'),
  accountId: Id('account'),
  isTest: Type.Boolean(),
  issuedAt: Type.String({ format: 'date-time' }),
  source: Source,
  edit: PictureEdit,
})
export type ThumbnailTicket = Static<typeof ThumbnailTicket>
