import { type Static, Type } from 'typebox'
import { Id } from '../ids.ts'
import { PublishedThumbnail } from '../published/publication-document.ts'

/** Edge 5 as well, processor → order-api: the pictures lie in the documents bucket, or there is none and why. */
export const ThumbnailResult = Type.Object({
  type: Type.Literal('thumbnail_result'),
  ticketId: Id('ticket'),
  publicationId: Id('publication'),
  accountId: Id('account'),
  isTest: Type.Boolean(),
  at: Type.String({ format: 'date-time' }),
  thumbnail: Type.Optional(PublishedThumbnail),
  /** For the publisher: what is wrong with the file, in one sentence. */
  failure: Type.Optional(Type.String({ maxLength: 500 })),
})
export type ThumbnailResult = Static<typeof ThumbnailResult>
