import type { ByteSource } from '../pdf/byte-source.ts'
import { bodyOf, type JpegSegment } from './jpeg-segments.ts'

/** How stored numbers become colours, in the words of a PDF. */
export type JpegColour = {
  /** Adobe's mark in a four-colour file: ink values are stored the other way round. */
  readonly isInverted: boolean
  /** Three colours that are red, green and blue as stored, without a mark in the file that says so. */
  readonly colorTransform?: 0
}

/** Adobe's mark and its transform: 0 as stored, 1 luma and chroma, 2 the same with black. */
export function adobeMark(bytes: ByteSource, list: readonly JpegSegment[]) {
  for (const segment of list) {
    if (segment.marker !== 0xee) continue
    const body = bodyOf(bytes, segment)
    if (body.length >= 12 && body.toString('latin1', 0, 5) === 'Adobe') return { segment, transform: body[11] ?? 0 }
  }
  return undefined
}

const hasJfifMark = (bytes: ByteSource, list: readonly JpegSegment[]): boolean =>
  list.some((segment) => segment.marker === 0xe0 && bodyOf(bytes, segment, 5).toString('latin1') === 'JFIF\0')

/**
 * Undefined where programs differ: photo libraries believe the JFIF mark before Adobe's and before names of components,
 * a PDF knows no JFIF mark at all. Such a file is encoded anew.
 */
export function jpegColour(
  bytes: ByteSource,
  list: readonly JpegSegment[],
  ids: readonly number[],
): JpegColour | undefined {
  const transform = adobeMark(bytes, list)?.transform
  if (ids.length === 1) return { isInverted: false }
  if (ids.length === 4) {
    return transform === undefined || transform === 0 || transform === 2
      ? { isInverted: transform !== undefined }
      : undefined
  }
  const isJfif = hasJfifMark(bytes, list)
  const isNamedRgb = Buffer.from(ids).toString('latin1') === 'RGB'
  if (transform === undefined && !isNamedRgb) return { isInverted: false }
  if (transform === undefined) return isJfif ? undefined : { isInverted: false, colorTransform: 0 }
  if (transform === 1) return { isInverted: false }
  return transform === 0 && !isJfif ? { isInverted: false } : undefined
}
