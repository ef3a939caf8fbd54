import type { PdfPageFacts } from '../../services/processor/inspect/facts.ts'

/** What a page shows, turned as it is to be read, in points of 1/72 inch. */
export function sizeAsSeen({ trim, crop, userUnit, orientation }: PdfPageFacts): { width: number; height: number } {
  const { width, height } = trim ?? crop
  const isTurned = orientation >= 5
  return { width: (isTurned ? height : width) * userUnit, height: (isTurned ? width : height) * userUnit }
}
