import type { Finding } from '#contracts/findings.ts'
import type { ShownFinding } from '#contracts/order-api/finding.ts'
import { presentBox } from '../catalogue/present-geometry.ts'

/** A finding as the API shows it: snake_case, pages as ranges. */
export function presentFinding({ printedOn, where, ...words }: Finding): ShownFinding {
  return {
    ...words,
    ...(printedOn && { printed_on: { component: printedOn.component, pages: rangesOf(printedOn.pages) } }),
    ...(where && { where: presentBox(where) }),
  }
}

/** [1, 2, 3, 7] → "1-3, 7" */
function rangesOf(pages: readonly number[]): string {
  const starts = pages.filter((page, place) => page !== (pages[place - 1] ?? Number.NaN) + 1)
  return starts
    .map((start) => {
      let end = start
      for (const page of pages) if (page === end + 1) end = page
      return end === start ? `${start}` : `${start}-${end}`
    })
    .join(', ')
}
