import type { Font, Glyph } from '@cantoo/fontkit'
import { printable } from './printable.ts'
import type { Typefaces } from './typefaces.ts'
import { visualRuns } from './visual-runs.ts'

/** A glyph where it stands, in ems from the line's left end and its foot. */
export type PlacedGlyph = { readonly font: Font; readonly glyph: Glyph; readonly xEm: number; readonly yEm: number }
export type ShapedLine = { readonly glyphs: readonly PlacedGlyph[]; readonly widthEm: number }

/** One line as it is drawn: letters joined, marks in their places, each part in its direction. */
export function shapeLine(text: string, typefaces: Typefaces): ShapedLine {
  const glyphs: PlacedGlyph[] = []
  let x = 0
  for (const run of visualRuns(printable(text, typefaces), typefaces)) {
    const { font } = run
    const { glyphs: shaped, positions } = font.layout(run.text, undefined, undefined, undefined, directionOf(run))
    for (const [index, glyph] of shaped.entries()) {
      const { xOffset = 0, yOffset = 0, xAdvance = glyph.advanceWidth } = positions?.[index] ?? {}
      const em = font.unitsPerEm
      glyphs.push({ font, glyph, xEm: x + xOffset / em, yEm: yOffset / em })
      x += xAdvance / em
    }
  }
  return { glyphs, widthEm: x }
}

const directionOf = ({ isRightToLeft }: { readonly isRightToLeft: boolean }) => (isRightToLeft ? 'rtl' : 'ltr')
