import { parse } from '#contracts/parse.ts'
import { comparePages } from './compare-pages.ts'
import { type Comparison, ComparisonRequest } from './comparer.ts'

process.on('message', async (message) => {
  let comparison: Comparison = { compared: 0, same: 0, worst: 0 }
  try {
    comparison = await comparePages(parse('ComparisonRequest', ComparisonRequest, message))
  } catch {
    // PDFium cannot open the source: there is nothing to hold the print file against.
  }
  process.send?.(comparison)
})
