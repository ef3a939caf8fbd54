import type { Box } from '#contracts/geometry/box.ts'
import { millimetresPerInch } from '#contracts/geometry/box.ts'
import type { Product } from '#contracts/catalogue/product.ts'
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

/** An image that fills `to`, cut around its middle; `mirror` carries its edges on. */
export function fillWithImage(
  source: PlanSource<ImageFacts>,
  to: Box,
  resolution: Resolution,
  edge: Place['edge'] = 'clip',
): PlannedPage {
  const part = fillingPart(uprightPixels(source.facts), sizeOf(to))
  return placed(source, { part, to, edge, resolution, notes: cropNotes(part) })
}

/** An image that is seen whole in the middle of `area`. */
export function fitImage(source: PlanSource<ImageFacts>, area: Box, resolution: Resolution): PlannedPage {
  const to = fittingBox(uprightPixels(source.facts), area)
  return placed(source, { part: whole, to, edge: 'clip', resolution, notes: [] })
}

/** Pixels as seen. */
export const uprightPixels = ({ widthPx, heightPx, orientation }: ImageFacts): Size =>
  uprightSize({ width: widthPx, height: heightPx }, orientation)

type LooseNote = Omit<Note, 'file' | 'page'>
type Placement = {
  readonly part: Part
  readonly to: Box
  readonly edge: Place['edge']
  readonly resolution: Resolution
  readonly notes: readonly LooseNote[]
}

function placed(source: PlanSource<ImageFacts>, { part, to, edge, resolution, notes }: Placement): PlannedPage {
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
    edge,
    ...(reduceTo ? { reduceTo } : {}),
  }
  const all = [...notes, ...resolutionNotes(facts, dpi, resolution, to), ...stateNotes(facts), ...reduceNotes(facts, reduceTo)]
  return { drawings: [drawing], notes: all.map((note) => ({ ...note, file: source.label })) }
}

function cropNotes(part: Part): LooseNote[] {
  const lost = 1 - part.width * part.height
  if (lost <= tellCropAbove) return []
  const side = part.width < part.height ? 'left and right' : 'top and bottom'
  return [
    {
      code: 'CROPPED_MORE_THAN',
      found: `${percent(lost)} of the picture is cut off, ${side}`,
      wanted: `at most ${percent(tellCropAbove)}`,
      action: 'The picture fills the sheet around its middle. Send it in the shape of the product to choose what is seen.',
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

function stateNotes(facts: ImageFacts): LooseNote[] {
  const notes: LooseNote[] = []
  if (facts.orientation !== 1) {
    notes.push({
      code: 'ORIENTATION_APPLIED',
      found: `stored turned or mirrored (orientation ${facts.orientation})`,
      wanted: 'upright',
      action: 'The picture was turned upright.',
    })
  }
  if (facts.isDamaged) {
    notes.push({
      code: 'IMAGE_DAMAGED',
      found: 'the file ends early or has unreadable parts',
      wanted: 'a whole file',
      action: 'What could be read is printed. Look at the preview, and send the file again if parts are missing.',
    })
  }
  return [...notes, ...conversionNotes(facts)]
}

function conversionNotes(facts: ImageFacts): LooseNote[] {
  const notes: LooseNote[] = []
  if (facts.hasAlpha) {
    notes.push({ code: 'ALPHA_FLATTENED_WHITE', found: 'see-through parts', wanted: 'none', action: 'They were laid on white.' })
  }
  if (facts.depth === 'ushort') {
    notes.push({ code: 'DEPTH_16_TO_8', found: '16 bits a colour', wanted: '8 bits', action: 'The picture was rounded to 8 bits.' })
  }
  if (facts.hasProfile && !facts.isPassable && facts.format !== 'jpeg') {
    notes.push({
      code: 'PROFILE_CONVERTED',
      found: 'a colour profile of its own',
      wanted: 'sRGB',
      action: 'Colours were converted by the profile.',
    })
  }
  return notes
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
