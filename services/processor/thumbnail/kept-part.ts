import type { PictureEdit } from '#contracts/order-api/publication.ts'
import type { RawBox } from '../inspect/facts.ts'

export type Size = { readonly widthPx: number; readonly heightPx: number }

/** From stored to seen: mirrored left to right first, then turned clockwise. */
export type Turn = { readonly isMirrored: boolean; readonly degrees: number }

/** What a camera's note of how it was held (EXIF orientation 1–8) asks for. */
const noted: Readonly<Record<number, Turn>> = {
  2: { isMirrored: true, degrees: 0 },
  3: { isMirrored: false, degrees: 180 },
  4: { isMirrored: true, degrees: 180 },
  5: { isMirrored: true, degrees: 270 },
  6: { isMirrored: false, degrees: 90 },
  7: { isMirrored: true, degrees: 90 },
  8: { isMirrored: false, degrees: 270 },
}

/** How stored pixels come to stand as the publisher wants them: upright, then turned by the edit. */
export function turnOf(orientation: number, rotate: PictureEdit['rotate'] = 0): Turn {
  const { isMirrored, degrees } = noted[orientation] ?? { isMirrored: false, degrees: 0 }
  return { isMirrored, degrees: (degrees + rotate) % 360 }
}

/** The same rectangle of pixels, seen after the turn. */
export const seenSize = ({ widthPx, heightPx }: Size, { degrees }: Turn): Size =>
  degrees % 180 === 0 ? { widthPx, heightPx } : { widthPx: heightPx, heightPx: widthPx }

/** What stays of a picture after its cut, in whole stored pixels with y upwards: a cut of less than a pixel keeps one. */
export function keptPart(stored: Size, turn: Turn, crop: PictureEdit['crop']): RawBox {
  if (!crop) return { x: 0, y: 0, width: stored.widthPx, height: stored.heightPx }
  const seen = seenSize(stored, turn)
  const [left, width] = span(crop.x, crop.width, seen.widthPx)
  const [top, height] = span(crop.y, crop.height, seen.heightPx)
  const part = turnedBack({ left, top, width, height }, seen, turn.degrees)
  const fromLeft = turn.isMirrored ? stored.widthPx - part.left - part.width : part.left
  return { x: fromLeft, y: stored.heightPx - part.top - part.height, width: part.width, height: part.height }
}

type Part = { readonly left: number; readonly top: number; readonly width: number; readonly height: number }

/** A part that reaches beyond the picture ends with it. */
function span(from: number, length: number, most: number): readonly [number, number] {
  const start = Math.min(most - 1, Math.round(from * most))
  const end = Math.min(most, Math.max(start + 1, Math.round((from + length) * most)))
  return [start, end - start]
}

function turnedBack({ left, top, width, height }: Part, seen: Size, degrees: number): Part {
  const right = seen.widthPx - left - width
  const bottom = seen.heightPx - top - height
  switch (degrees) {
    case 90:
      return { left: top, top: right, width: height, height: width }
    case 180:
      return { left: right, top: bottom, width, height }
    case 270:
      return { left: bottom, top: left, width: height, height: width }
    default:
      return { left, top, width, height }
  }
}
