import type { Product } from '#contracts/catalogue/product.ts'
import type { Box } from '#contracts/geometry/box.ts'
import type { ImageFacts } from '../inspect/facts.ts'
import type { Place } from './job-plan.ts'
import { fittingBox, type Part, partSize, regionOf, type Size, sizeOf, uprightSize } from './placement.ts'
import type { LooseNote, PlannedPage, PlanSource } from './plan-source.ts'
import { dpiOf } from './resolution.ts'
import { croppedPart, filledPart, type Shaping } from './shaping.ts'
import { percent } from './words.ts'

/** Cutting more than this off is told. */
const tellCropAbove = 0.1

export type Resolution = Product['resolution']
type Framing = {
  readonly resolution: Resolution
  readonly shaping?: Shaping
  /** The picture's edges are mirrored outwards as far as this. */
  readonly within?: Box
}

/** An image that fills `to`, cut around its middle or the point that the customer chose. */
export function fillWithImage(source: PlanSource<ImageFacts>, to: Box, framing: Framing): PlannedPage {
  const shaping = framing.shaping ?? {}
  const part = filledPart(uprightPixels(source.facts), sizeOf(to), shaping)
  return placed(source, part, to, framing, cropNotes(part, shaping))
}

/** An image that is seen whole, or as far as the customer cut it, in the middle of `area`. */
export function fitImage(source: PlanSource<ImageFacts>, area: Box, framing: Framing): PlannedPage {
  const part = croppedPart(framing.shaping ?? {})
  const to = fittingBox(partSize(uprightPixels(source.facts), part), area)
  return placed(source, part, to, { ...framing, within: to }, [])
}

/** Pixels as seen. */
export const uprightPixels = ({ widthPx, heightPx, orientation }: ImageFacts): Size =>
  uprightSize({ width: widthPx, height: heightPx }, orientation)

function placed(
  source: PlanSource<ImageFacts>,
  part: Part,
  to: Box,
  { resolution, within = to }: Framing,
  notes: readonly LooseNote[],
): PlannedPage {
  const { facts } = source
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
  }
  const all = [...notes, ...resolutionNotes(facts, dpiOf(drawing), resolution, to)]
  return { drawings: [drawing], notes: all.map((note) => ({ ...note, file: source.label, page: 1 })) }
}

/** What filling the frame cuts off, beyond the customer's own cut. */
export function cropNotes(part: Part, shaping: Shaping = {}): LooseNote[] {
  const cut = croppedPart(shaping)
  const lost = 1 - (part.width * part.height) / (cut.width * cut.height)
  if (lost <= tellCropAbove) return []
  const side = part.width / cut.width < part.height / cut.height ? 'left and right' : 'top and bottom'
  const around = shaping.focus ? 'around the point that you chose' : 'around its middle'
  return [
    {
      code: 'CROPPED_MORE_THAN',
      found: `${percent(lost)} of the picture is cut off, ${side}`,
      wanted: `at most ${percent(tellCropAbove)}`,
      action: `The picture fills its frame ${around}. Choose a focus or a crop, or send it in the shape of the product, to say what is seen.`,
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
