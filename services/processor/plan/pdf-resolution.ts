import type { Product } from '#contracts/catalogue/product.ts'
import type { Drawing } from './job-plan.ts'
import { pdfSizeMm } from './pdf-page.ts'
import type { Note, PlanSource } from './plan-source.ts'

/** What there is to tell about coarse pictures inside PDF pages, at the size at which the pages are printed. */
export function pdfResolutionNotes(
  drawings: readonly Drawing[],
  sources: readonly PlanSource[],
  { minimumDpi, goodDpi }: Product['resolution'],
): Note[] {
  return drawings.flatMap((drawing) => {
    if (drawing.draw !== 'place') return []
    const source = sources.find(({ index }) => index === drawing.source)
    const page = source?.facts.kind === 'pdf' ? source.facts.pages[drawing.page - 1] : undefined
    if (!source || !page?.coarsestDpi) return []
    const printedWidthMm = drawing.to.widthMm
    const ownWidthMm = pdfSizeMm({ ...page, orientation: drawing.orientation }, drawing.region).width
    const dpi = page.coarsestDpi * (ownWidthMm / printedWidthMm)
    if (dpi >= minimumDpi) return []
    const note: Note = {
      code: 'RESOLUTION_LOW',
      file: source.label,
      page: drawing.page,
      found: `a picture of ${Math.floor(dpi)} dpi on the page`,
      wanted: `at least ${minimumDpi} dpi, good from ${goodDpi} dpi`,
      action: 'Printed as it is. Place the picture at its full resolution, or smaller, and export the PDF again.',
    }
    return [note]
  })
}
