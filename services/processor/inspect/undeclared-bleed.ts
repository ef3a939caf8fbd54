import type { PdfPageFacts } from './facts.ts'

/** Print is looked for this far inside and outside the cut. */
export const besideCutMm = 1

export const pointsPerMm = ({ userUnit }: PdfPageFacts): number => 72 / 25.4 / userUnit

/** Does the page show more than its trim without declaring a bleed? */
export function hasUndeclaredBleed(page: PdfPageFacts | undefined): boolean {
  if (!page?.trim) return false
  const { trim, media, bleed = media } = page
  const isDeclared = bleed.width < media.width - 1 || bleed.height < media.height - 1
  const besideCut = besideCutMm * pointsPerMm(page)
  return !isDeclared && media.width - trim.width > 2 * besideCut && media.height - trim.height > 2 * besideCut
}
