import type { Box } from '#contracts/geometry/box.ts'
import type { PageTarget } from './pdf-size.ts'
import { type Size, sizeOf } from './placement.ts'
import type { LooseNote } from './plan-source.ts'
import { mm, percent, sizeText } from './words.ts'

/** Lengths that differ by rounding alone. */
export const touches = (one: number, other: number): boolean => Math.abs(one - other) < 1e-6

export const scaled = (size: Size, to: Box, what: string): LooseNote => ({
  code: 'PAGE_SCALED',
  found: `page of ${sizeText(size)}`,
  wanted: `${sizeText(sizeOf(to))}`,
  action: `The page was ${what}. Send pages of the wanted size to have them printed unchanged.`,
})

/** What there is beyond the trim, where it is not nothing. */
type OwnBleed = { readonly found?: string; readonly isKept?: boolean }

/** Of edges that were mirrored outwards, as far as `within`. */
export function mirrored({ trimBox, ...target }: PageTarget, within: Box, own: OwnBleed = {}): LooseNote[] {
  const bleedMm = Math.max(trimBox.xMm, trimBox.yMm)
  if (bleedMm === 0) return []
  const isAllAround = touches(within.widthMm, target.sheetWidthMm) && touches(within.heightMm, target.sheetHeightMm)
  return [
    {
      code: 'BLEED_MIRRORED',
      found: own.found ?? 'no bleed',
      wanted: isAllAround ? `${mm(bleedMm)} mm on every side` : `${mm(bleedMm)} mm where print meets the cut`,
      action: own.isKept
        ? 'The bleed that is there was kept; what is missing beyond it was filled with its mirror image.'
        : 'The outermost millimetres were mirrored outwards into the bleed.',
    },
  ]
}

/** A page that covers less of its paper than this has another shape: a portrait page in a landscape book. */
const leastCovered = 0.75

export function shapeNotes(size: Size, to: Box, { widthMm, heightMm }: Box): LooseNote[] {
  const covered = (to.widthMm * to.heightMm) / (widthMm * heightMm)
  if (covered >= leastCovered) return []
  return [
    {
      code: 'PAGE_SHAPE_DIFFERS',
      found: `page of ${sizeText(size)}: ${percent(1 - covered)} of its paper stays white`,
      wanted: `the shape of ${mm(widthMm)} × ${mm(heightMm)} mm`,
      action: 'Printed whole, in the middle. Choose a product of that shape, or export pages in the shape of this one.',
    },
  ]
}
