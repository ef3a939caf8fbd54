import type { Box } from '#contracts/geometry/box.ts'
import type { PageTarget } from './pdf-size.ts'
import { type Size, sizeOf } from './placement.ts'
import type { LooseNote } from './plan-source.ts'
import { mm, sizeText } from './words.ts'

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
