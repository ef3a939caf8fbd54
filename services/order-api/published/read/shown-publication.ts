import { type Static, Type } from 'typebox'
import { PublicationFields } from '#contracts/order-api/publication.ts'
import { PublishedThumbnail } from '#contracts/published/publication-document.ts'

/** What of a version goes into its document. */
export const shownFields = [
  'title',
  'texts',
  'content',
  'offers',
  'currency',
  'country',
  'theme',
  'valid_from',
  'valid_until',
  'reference',
] as const

/** A version of a publication as its document is made of it. */
export const ShownPublication = Type.Object({
  id: Type.String(),
  isTest: Type.Boolean(),
  version: Type.Integer(),
  fields: Type.Pick(PublicationFields, shownFields),
  /** Null: there is none, or it is not made yet. */
  thumbnail: Type.Union([PublishedThumbnail, Type.Null()]),
  /** Of a draft: why there is none. */
  thumbnailFailure: Type.Union([Type.String(), Type.Null()]),
})
export type ShownPublication = Static<typeof ShownPublication>
