import type { PictureEdit, PublicationFields } from '#contracts/order-api/publication.ts'
import { fingerprintOf } from '../store/idempotency.ts'

/** The picture that stands for a publication: of which file, and what is done to it. */
export type Picture = {
  readonly source: { readonly file: string } | { readonly url: string }
  readonly edit: PictureEdit
}

/** The picture that these fields ask for: the publisher's own, or page 1 of the content. Undefined where the content comes later. */
export function pictureOf({
  content,
  thumbnail = {},
}: Pick<PublicationFields, 'content' | 'thumbnail'>): Picture | undefined {
  const { file, url, edit = {} } = thumbnail
  if (file !== undefined) return { source: { file }, edit }
  if (url !== undefined) return { source: { url }, edit }
  switch (content.kind) {
    case 'file':
      return { source: { file: content.file }, edit }
    case 'url':
      return { source: { url: content.url }, edit }
    case 'page':
    case 'asynchronous':
      return undefined
    default:
      return content satisfies never
  }
}

/** By which versions that ask for the same picture share it: 64 hex digits. */
export const thumbnailKeyOf = ({ source, edit }: Picture): string => fingerprintOf({ source, edit: inShort(edit) })

/** Without what changes nothing: not turned, nothing cut off. */
function inShort({ rotate = 0, crop }: PictureEdit): PictureEdit {
  const isWhole = crop === undefined || (crop.x === 0 && crop.y === 0 && crop.width === 1 && crop.height === 1)
  return { ...(rotate === 0 ? {} : { rotate }), ...(isWhole ? {} : { crop }) }
}
