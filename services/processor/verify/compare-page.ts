import type { Box } from '#contracts/geometry/box.ts'
import type { Bitmap } from '../pdfium/document.ts'
import { imageEngine } from '../pictures/sharp-engine.ts'
import type { ComponentPlan, Drawing, Keep, Place } from '../plan/job-plan.ts'
import { pixelsOf, type Share, shareOf } from './share.ts'
import { comparedPx, type SourcePictures, squared } from './source-pictures.ts'

/** Edges may fall between pixels: this share of each side is left out. */
const edge = 0.03

/**
 * Means of a channel (0–255): between page and source, between the source and white paper, and what one of page and source
 * shows that the other has neither there nor one pixel beside. Hairlines fall into the next pixel easily: then the first
 * is as much as the ink itself, the last nearly nothing.
 */
export type Difference = { readonly levels: number; readonly inkLevels: number; readonly missingLevels: number }

/**
 * How far a printed page is from its source over the part that both show; undefined for pages that are more than one
 * drawing, and for sources that the judge cannot show.
 */
export async function differenceOf(
  plan: ComponentPlan,
  drawings: readonly Drawing[],
  bitmap: Bitmap,
  sources: SourcePictures,
): Promise<Difference | undefined> {
  const drawing = onlyDrawing(drawings)
  if (!drawing) return undefined
  const sheet = cornered({ xMm: 0, yMm: 0, widthMm: plan.sheetWidthMm, heightMm: plan.sheetHeightMm })
  const to = drawing.draw === 'keep' ? plan.trimBox : drawing.to
  const seen = overlap(to, plan.trimBox)
  if (!seen) return undefined
  const source = await sources.of(drawing, inner(shareOf(cornered(seen), cornered(to))))
  if (!source) return undefined
  const raw = { width: bitmap.widthPx, height: bitmap.heightPx, channels: 4 } as const
  const part = pixelsOf(inner(shareOf(cornered(seen), sheet)), bitmap.widthPx, bitmap.heightPx)
  const page = await squared(imageEngine()(bitmap.data, { raw }), part)
  return {
    levels: meanDifference(source, page),
    inkLevels: meanDifference(source, Buffer.alloc(source.length, 255)),
    missingLevels: Math.max(meanMissing(source, page), meanMissing(page, source)),
  }
}

function onlyDrawing(drawings: readonly Drawing[]): Place | Keep | undefined {
  const last = drawings.at(-1)
  const rest = drawings.slice(0, -1)
  if (!last || !rest.every(({ draw }) => draw === 'fill')) return undefined
  return last.draw === 'place' || last.draw === 'keep' ? last : undefined
}

const cornered = ({ xMm, yMm, widthMm, heightMm }: Box) => ({ x: xMm, y: yMm, width: widthMm, height: heightMm })

function overlap(one: Box, other: Box): Box | undefined {
  const xMm = Math.max(one.xMm, other.xMm)
  const yMm = Math.max(one.yMm, other.yMm)
  const widthMm = Math.min(one.xMm + one.widthMm, other.xMm + other.widthMm) - xMm
  const heightMm = Math.min(one.yMm + one.heightMm, other.yMm + other.heightMm) - yMm
  return widthMm > 0 && heightMm > 0 ? { xMm, yMm, widthMm, heightMm } : undefined
}

const inner = ({ left, top, width, height }: Share): Share => ({
  left: left + edge * width,
  top: top + edge * height,
  width: width * (1 - 2 * edge),
  height: height * (1 - 2 * edge),
})

function meanDifference(one: Buffer, other: Buffer): number {
  let sum = 0
  for (let at = 0; at < one.length; at += 1) sum += Math.abs((one[at] ?? 0) - (other[at] ?? 0))
  return sum / (comparedPx * comparedPx * 3)
}

const channels = 3
const near = [-1, 0, 1].flatMap((down) => [-1, 0, 1].map((right) => ({ right, down })))

function meanMissing(shown: Buffer, there: Buffer): number {
  let sum = 0
  for (let at = 0; at < shown.length; at += 1) {
    const wanted = shown[at] ?? 0
    // Most pixels are alike where they are.
    if (wanted === there[at]) continue
    const found = around(there, at)
    sum += Math.max(0, Math.min(...found) - wanted, wanted - Math.max(...found))
  }
  return sum / (comparedPx * comparedPx * channels)
}

/** A channel of the pixel and of its neighbours inside the square. */
function around(picture: Buffer, at: number): number[] {
  const pixel = Math.floor(at / channels)
  const [x, y] = [pixel % comparedPx, Math.floor(pixel / comparedPx)]
  return near
    .filter(({ right, down }) => isInside(x + right) && isInside(y + down))
    .map(({ right, down }) => picture[at + (down * comparedPx + right) * channels] ?? 0)
}

const isInside = (place: number): boolean => place >= 0 && place < comparedPx
