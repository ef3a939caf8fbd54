/** Millimetres to add on the bind side so that text does not fall into the fold (Lulu's table, PRINT-FACTS §1). */
const gutterBands = [
  { toPages: 60, gutterMm: 0 },
  { toPages: 150, gutterMm: 3.2 },
  { toPages: 400, gutterMm: 12.7 },
  { toPages: 600, gutterMm: 15.9 },
  { toPages: Number.POSITIVE_INFINITY, gutterMm: 19 },
] as const

/** Gutter for a glued block of `pages` pages, in millimetres. */
export function gutterMmOf(pages: number): number {
  return gutterBands.find((band) => pages <= band.toPages)?.gutterMm ?? 0
}
