import type { Product } from '#contracts/catalogue/product.ts'
import type { Box } from '#contracts/geometry/box.ts'
import { millimetresPerInch } from '#contracts/geometry/box.ts'
import type { ImageFacts } from '../inspect/facts.ts'
import type { Place } from './job-plan.ts'
import { fillingPart, fittingBox, type Part, regionOf, type Size, sizeOf, uprightSize, whole } from './placement.ts'
import type { Note, PlannedPage, PlanSource } from './plan-source.ts'
import { percent } from './words.ts'

/** Cutting more than this off is told. */
const tellCropAbove = 0.1
/** Reduced only above this multiple of the good resolution, and only where it saves much. */
const reduceAbove = 1.5
const reduceAbovePixels = 24_000_000

export type Resolution = Product['resolution']

/** An image that fills `to`, cut around its middle; its edges are mirrored outwards as far as `within`. */
export function fillWithImage(
  source: PlanSource<ImageFacts>,
  to: Box,
  resolution: Resolution,
  within: Box = to,
): PlannedPage {
  const part = fillingPart(uprightPixels(source.facts), sizeOf(to))
  return placed(source, { part, to, within, resolution, notes: cropNotes(part) })
}

/** An image that is seen whole in the middle of `area`. */
export function fitImage(source: PlanSource<ImageFacts>, area: Box, resolution: Resolution): PlannedPage {
  const to = fittingBox(uprightPixels(source.facts), area)
  return placed(source, { part: whole, to, within: to, resolution, notes: [] })
}

/** Pixels as seen. */
export const uprightPixels = ({ widthPx, heightPx, orientation }: ImageFacts): Size =>
  uprightSize({ width: widthPx, height: heightPx }, orientation)

export type LooseNote = Omit<Note, 'file' | 'page'>
type Placement = {
  readonly part: Part
  readonly to: Box
  readonly within: Box
  readonly resolution: Resolution
  readonly notes: readonly LooseNote[]
}

function placed(source: PlanSource<ImageFacts>, { part, to, within, resolution, notes }: Placement): PlannedPage {
  const { facts } = source
  const dpi = (uprightPixels(facts).width * part.width) / (to.widthMm / millimetresPerInch)
  const reduceTo = reduction(facts, dpi, resolution)
  const drawing: Place = {
    draw: 'place',
    source: source.index,
    page: 1,
    region: regionOf({ x: 0, y: 0, width: facts.widthPx, height: facts.heightPx }, facts.orientation, part),
    orientation: facts.orientation,
    to,
    within,
    pixels: { widthPx: facts.widthPx, heightPx: facts.heightPx },
    isPassable: facts.isPassable,
    ...(reduceTo ? { reduceTo } : {}),
  }
  const all = [...notes, ...resolutionNotes(facts, dpi, resolution, to), ...reduceNotes(facts, reduceTo)]
  return { drawings: [drawing], notes: all.map((note) => ({ ...note, file: source.label })) }
}

export function cropNotes(part: Part): LooseNote[] {
  const lost = 1 - part.width * part.height
  if (lost <= tellCropAbove) return []
  const side = part.width < part.height ? 'left and right' : 'top and bottom'
  return [
    {
      code: 'CROPPED_MORE_THAN',
      found: `${percent(lost)} of the picture is cut off, ${side}`,
      wanted: `at most ${percent(tellCropAbove)}`,
      action:
        'The picture fills the sheet around its middle. Send it in the shape of the product to choose what is seen.',
    },
  ]
}

function resolutionNotes(facts: ImageFacts, dpi: number, wanted: Resolution, to: Box): LooseNote[] {
  if (dpi >= wanted.minimumDpi) return []
  const { width, height } = uprightPixels(facts)
  const code = dpi < wanted.rejectBelowDpi ? 'RESOLUTION_TOO_LOW' : 'RESOLUTION_LOW'
  const limit = code === 'RESOLUTION_LOW' ? wanted.minimumDpi : wanted.rejectBelowDpi
  const factor = wanted.minimumDpi / dpi
  const better = `${Math.ceil(width * factor)} × ${Math.ceil(height * factor)}`
  const advice = `Send the picture with at least ${better} pixels, or choose a smaller product.`
  return [
    {
      code,
      where: to,
      found: `${Math.floor(dpi)} dpi (${width} × ${height} pixels)`,
      wanted: `at least ${limit} dpi, good from ${wanted.goodDpi} dpi`,
      action: code === 'RESOLUTION_LOW' ? `Printed as it is. ${advice}` : advice,
    },
  ]
}

function reduction(facts: ImageFacts, dpi: number, { goodDpi }: Resolution) {
  if (dpi <= reduceAbove * goodDpi || facts.widthPx * facts.heightPx <= reduceAbovePixels) return undefined
  const factor = goodDpi / dpi
  return { widthPx: Math.ceil(facts.widthPx * factor), heightPx: Math.ceil(facts.heightPx * factor) }
}

function reduceNotes(facts: ImageFacts, reduceTo: ReturnType<typeof reduction>): LooseNote[] {
  if (!reduceTo) return []
  return [
    {
      code: 'IMAGE_DOWNSAMPLED',
      found: `${facts.widthPx} × ${facts.heightPx} pixels`,
      wanted: `${reduceTo.widthPx} × ${reduceTo.heightPx} pixels`,
      action: 'The picture was reduced to the resolution at which nothing more is gained.',
    },
  ]
}
