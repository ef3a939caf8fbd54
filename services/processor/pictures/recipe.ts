import type { RawBox } from '../inspect/facts.ts'
import type { Place } from '../plan/job-plan.ts'

/** A rectangle of whole pixels, rows from the top. */
export type PixelBox = { readonly left: number; readonly top: number; readonly width: number; readonly height: number }

/** How a picture becomes the part of itself that is printed. */
export type Recipe = {
  /** Cut from the stored picture, then brought to `widthPx` × `heightPx`. */
  readonly cut?: PixelBox
  /** The whole picture is brought to this size first and `cutAfter` is taken from it: a decoder that skips pixels is used. */
  readonly whole?: { readonly widthPx: number; readonly heightPx: number }
  readonly cutAfter?: PixelBox
  readonly widthPx: number
  readonly heightPx: number
  /** The part of the stored picture that is left, in stored pixels, y upwards. */
  readonly covers: RawBox
}

type Size = { readonly widthPx: number; readonly heightPx: number }

/** From here on the JPEG and WebP decoders give a half, a quarter or an eighth of the picture for less work. */
const decodeSmallerFrom = 0.5
const decodeSmaller: readonly string[] = ['jpeg', 'webp']

/** The part of a picture of `stored` pixels that `place` shows, at the size that it asks for. Never larger than stored. */
export function recipeOf(
  stored: Size,
  format: string,
  { region, reduceTo }: Pick<Place, 'region' | 'reduceTo'>,
): Recipe {
  const across = Math.min(1, (reduceTo?.widthPx ?? stored.widthPx) / stored.widthPx)
  const down = Math.min(1, (reduceTo?.heightPx ?? stored.heightPx) / stored.heightPx)
  const isSmaller = Math.max(across, down) <= decodeSmallerFrom && decodeSmaller.includes(format)
  if (!isSmaller) {
    const cut = pixelsAround(region, stored, 1, 1)
    const size = { widthPx: scaled(cut.width, across), heightPx: scaled(cut.height, down) }
    return { cut, ...size, covers: coverOf(cut, stored, 1, 1) }
  }
  const whole = { widthPx: scaled(stored.widthPx, across), heightPx: scaled(stored.heightPx, down) }
  const [x, y] = [whole.widthPx / stored.widthPx, whole.heightPx / stored.heightPx]
  const cutAfter = pixelsAround(region, stored, x, y)
  const size = { widthPx: cutAfter.width, heightPx: cutAfter.height }
  return { whole, cutAfter, ...size, covers: coverOf(cutAfter, stored, x, y) }
}

const scaled = (pixels: number, scale: number): number => Math.max(1, Math.round(pixels * scale))

/** Smallest box of whole pixels, after scaling, that holds the region. */
function pixelsAround(region: RawBox, { widthPx, heightPx }: Size, x: number, y: number): PixelBox {
  const [left, right] = span(region.x * x, (region.x + region.width) * x, Math.round(widthPx * x))
  const fromTop = heightPx - region.y - region.height
  const [top, bottom] = span(fromTop * y, (heightPx - region.y) * y, Math.round(heightPx * y))
  return { left, top, width: right - left, height: bottom - top }
}

/** A hair of rounding in the plan's millimetres must not add a row. */
const hair = 0.001

function span(from: number, to: number, most: number): readonly [number, number] {
  const start = Math.min(most - 1, Math.max(0, Math.floor(from + hair)))
  return [start, Math.max(start + 1, Math.min(most, Math.ceil(to - hair)))]
}

const coverOf = ({ left, top, width, height }: PixelBox, { heightPx }: Size, x: number, y: number): RawBox => ({
  x: left / x,
  y: heightPx - (top + height) / y,
  width: width / x,
  height: height / y,
})
