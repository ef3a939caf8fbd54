import type { Box } from '#contracts/geometry/box.ts'
import type { PdfPageFacts, RawBox, Sides } from '../inspect/facts.ts'
import type { Keep, Place } from './job-plan.ts'
import { visibleBoxOf } from './pdf-size.ts'
import { millimetresOf } from './placement.ts'

export type Shown = {
  readonly page: PdfPageFacts
  readonly drawing: Place | Keep
  /** How much larger than in its file the page is printed. */
  readonly scale: number
}

/** Text that would lie further out than this was cut off with what it stands on. */
const mostBeyondMm = 10

/** How far from each side of the trim text is printed; negative beyond it, undefined where none can be there. */
export function textToTrimMm(shown: Shown, trim: Box, sheet: Box): Partial<Sides> {
  const { page, scale } = shown
  const own = page.textToSidesMm
  if (!own) return {}
  const { region, to, orientation } = placeOf(shown, sheet)
  const visible = visibleBoxOf(page)
  const mm = (units: number): number => millimetresOf(units, page.userUnit)
  const fromRegion = [
    own.left + mm(visible.x - region.x),
    own.bottom + mm(visible.y - region.y),
    own.right + mm(region.x + region.width - visible.x - visible.width),
    own.top + mm(region.y + region.height - visible.y - visible.height),
  ]
  const outside = [
    to.xMm - trim.xMm,
    to.yMm - trim.yMm,
    trim.xMm + trim.widthMm - to.xMm - to.widthMm,
    trim.yMm + trim.heightMm - to.yMm - to.heightMm,
  ]
  const [left, bottom, right, top] = asSeen(fromRegion, orientation).map((distance, side) => {
    const found = distance * scale + (outside[side] ?? 0)
    return found < -mostBeyondMm ? undefined : found
  })
  return {
    ...(left === undefined ? {} : { left }),
    ...(bottom === undefined ? {} : { bottom }),
    ...(right === undefined ? {} : { right }),
    ...(top === undefined ? {} : { top }),
  }
}

function placeOf({ page, drawing }: Shown, sheet: Box) {
  return drawing.draw === 'keep'
    ? { region: drawing.media, to: sheet, orientation: page.orientation }
    : { region: drawing.region, to: drawing.to, orientation: drawing.orientation }
}

/** Which side of the stored page is the left one when it is turned upright; the others follow. */
const leftSide: Readonly<Record<number, number>> = { 3: 2, 6: 1, 8: 3 }

function asSeen(sides: readonly number[], orientation: number): number[] {
  const from = leftSide[orientation] ?? 0
  return [...sides.slice(from), ...sides.slice(0, from)]
}

/** From where to where, across the sheet, each line of text reaches, in millimetres; nothing of a page that is turned. */
export function textSpansMm(shown: Shown, sheet: Box): { readonly fromMm: number; readonly toMm: number }[] {
  const { region, to, orientation } = placeOf(shown, sheet)
  if (orientation !== 1) return []
  const perUnit = to.widthMm / region.width
  return (shown.page.textBoxes ?? [])
    .filter((box) => meet(box, region))
    .map(({ x, width }) => {
      const fromMm = to.xMm + (x - region.x) * perUnit
      return { fromMm, toMm: fromMm + width * perUnit }
    })
}

const meet = (one: RawBox, other: RawBox): boolean =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height
