import type { Bitmap, PdfiumDocument } from '../pdfium/document.ts'
import type { PdfPageFacts, RawBox } from './facts.ts'
import { besideCutMm, hasUndeclaredBleed, pointsPerMm } from './undeclared-bleed.ts'

const mostJudged = { here: 40, far: 3 } as const
const pixelsPerMm = 2
const mostPx = 1600
const whiteFrom = 246
/** With less print than this along the cut there is nothing that needs bleed. */
const leastInkedShare = 0.03
const goesOnFromShare = 0.6

/**
 * Pages, by index, on which to say whether print goes on beyond the cut: those that show more than their trim without
 * declaring a bleed. At most a few dozen are looked at, of a far file three; the others follow the majority.
 */
export function realBleeds(
  pages: readonly PdfPageFacts[],
  opened: PdfiumDocument,
  isFar = false,
): ReadonlyMap<number, boolean> {
  const doubtful = [...pages.keys()].filter((index) => hasUndeclaredBleed(pages[index]))
  const step = Math.max(1, Math.ceil(doubtful.length / (isFar ? mostJudged.far : mostJudged.here)))
  const judged = new Map<number, boolean>()
  for (const index of doubtful.filter((_, place) => place % step === 0)) {
    const page = pages[index]
    const isReal = page && index < opened.pageCount ? goesOnBeyondCut(uncropped(page), index + 1, opened) : undefined
    if (isReal !== undefined) judged.set(index, isReal)
  }
  if (judged.size === 0 || step === 1) return judged
  const isUsual = [...judged.values()].filter(Boolean).length * 2 >= judged.size
  return new Map(doubtful.map((index) => [index, judged.get(index) ?? isUsual]))
}

const uncropped = (page: PdfPageFacts): PdfPageFacts => ({ ...page, crop: page.media })

function goesOnBeyondCut(page: PdfPageFacts, number: number, opened: PdfiumDocument): boolean | undefined {
  const { crop } = page
  // A crop box hides what lies beyond the cut; it is printed all the same.
  opened.crop(number, crop)
  const scale = Math.min(pixelsPerMm / pointsPerMm(page), mostPx / Math.max(crop.width, crop.height))
  const seen = asSeen(page)
  const picture = opened.render(number, Math.round(seen.width * scale), Math.round(seen.height * scale), true)
  const beside = besideCutMm * pointsPerMm(page)
  let [all, inked, goesOn] = [0, 0, 0]
  for (const [inside, outside] of cutPairs(seen.trim, beside, 1 / scale)) {
    all += 1
    if (!isInked(picture, inside, scale, seen.height)) continue
    inked += 1
    if (isInked(picture, outside, scale, seen.height)) goesOn += 1
  }
  return inked < all * leastInkedShare ? undefined : goesOn >= inked * goesOnFromShare
}

type Point = readonly [x: number, y: number]

/** Points on both sides of the cut, all the way round. */
function* cutPairs(trim: RawBox, beside: number, step: number): Generator<readonly [inside: Point, outside: Point]> {
  const [right, top] = [trim.x + trim.width, trim.y + trim.height]
  for (let x = trim.x + beside; x < right - beside; x += step) {
    yield [
      [x, trim.y + beside],
      [x, trim.y - beside],
    ]
    yield [
      [x, top - beside],
      [x, top + beside],
    ]
  }
  for (let y = trim.y + beside; y < top - beside; y += step) {
    yield [
      [trim.x + beside, y],
      [trim.x - beside, y],
    ]
    yield [
      [right - beside, y],
      [right + beside, y],
    ]
  }
}

function isInked({ data, widthPx, heightPx }: Bitmap, [x, y]: Point, scale: number, height: number): boolean {
  const column = Math.min(widthPx - 1, Math.max(0, Math.floor(x * scale)))
  const row = Math.min(heightPx - 1, Math.max(0, Math.floor((height - y) * scale)))
  const at = (row * widthPx + column) * 4
  return Math.min(data[at] ?? 255, data[at + 1] ?? 255, data[at + 2] ?? 255) < whiteFrom
}

/** The page turned upright: its size, and where its trim is. */
function asSeen({ crop, trim = crop, orientation }: PdfPageFacts) {
  const [left, bottom] = [trim.x - crop.x, trim.y - crop.y]
  const [right, top] = [crop.width - left - trim.width, crop.height - bottom - trim.height]
  const upright = { width: crop.width, height: crop.height }
  const turned = { width: crop.height, height: crop.width }
  const sideways = { width: trim.height, height: trim.width }
  switch (orientation) {
    case 6:
      return { ...turned, trim: { x: bottom, y: right, ...sideways } }
    case 8:
      return { ...turned, trim: { x: top, y: left, ...sideways } }
    case 3:
      return { ...upright, trim: { x: right, y: top, width: trim.width, height: trim.height } }
    default:
      return { ...upright, trim: { x: left, y: bottom, width: trim.width, height: trim.height } }
  }
}
