export type PageRange = { readonly from: number; readonly to: number }

/** Rising page numbers as runs of neighbours: 1, 2, 3, 9 are 1–3 and 9–9. */
export function rangesOf(pages: readonly number[]): readonly PageRange[] {
  const ranges: PageRange[] = []
  for (const page of pages) {
    const last = ranges.at(-1)
    if (last?.to === page - 1) ranges[ranges.length - 1] = { from: last.from, to: page }
    else ranges.push({ from: page, to: page })
  }
  return ranges
}
