import type { Sharp } from 'sharp'
import type { PictureEdit } from '#contracts/order-api/publication.ts'
import type { SourceFile } from '../sandbox/protocol.ts'
import type { Size, Turn } from './kept-part.ts'

/** Pixels of a part of a picture or page, sRGB on white, three bytes each, and how they are still to be turned. */
export type ShownPart = { readonly data: Buffer; readonly size: Size; readonly turn: Turn }

export type PartRequest = {
  readonly folder: string
  readonly source: SourceFile
  /** From 1; of a picture its first frame is shown. */
  readonly page: number
  readonly edit: PictureEdit
  readonly widestPx: number
}

/** From here on a picture is large enough to be taken as it is: four times the pixels take four times as long. */
const largePx = 1280

/** Taken at twice the size that is wanted, where there is so much: what is made of it is sharp. */
export const oversamplingOf = (widestPx: number): number => Math.max(1, Math.min(2, largePx / widestPx))

/** The pixels of a picture as they are shown on a screen. */
export async function shownPixels(picture: Sharp): Promise<Pick<ShownPart, 'data' | 'size'>> {
  const { data, info } = await picture
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { data, size: { widthPx: info.width, heightPx: info.height } }
}
