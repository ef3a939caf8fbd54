import type { Product } from '#contracts/catalogue/product.ts'
import type { PdfFacts, PdfPageFacts } from '../inspect/facts.ts'
import type { Drawing, Place } from './job-plan.ts'
import { isPaintedOnly, pdfSizeMm } from './pdf-size.ts'
import type { LooseNote, Note, PlanSource } from './plan-source.ts'
import { type TextPlace, textNotes, typeNotes } from './text-notes.ts'

type Drawn = {
  readonly page: PdfPageFacts
  readonly facts: PdfFacts
  readonly drawing: Exclude<Drawing, { draw: 'fill' | 'words' }>
  /** How much larger than in its file the page is printed. */
  readonly scale: number
  readonly product: Product
}

/** What there is to tell about the content of the PDF pages on one page, at the size at which they are printed; each once. */
export function pageConditionNotes(
  drawings: readonly Drawing[],
  sources: readonly PlanSource[],
  place: TextPlace,
  seen: Set<string>,
): Note[] {
  const { product } = place
  return drawings.flatMap((drawing) => {
    if (drawing.draw !== 'place' && drawing.draw !== 'keep') return []
    const source = sources.find(({ index }) => index === drawing.source)
    const page = source?.facts.kind === 'pdf' ? source.facts.pages[drawing.page - 1] : undefined
    const key = `${drawing.source}/${drawing.page}`
    if (source?.facts.kind !== 'pdf' || !page || seen.has(key)) return []
    seen.add(key)
    const drawn = {
      page,
      facts: source.facts,
      drawing,
      scale: drawing.draw === 'keep' ? 1 : scaleOf(page, drawing),
      product,
    }
    // Of a page that is on the cover too, distances differ; what its content is made of does not.
    const printedOn = { component: place.component.component, pages: [place.number] }
    const ofText = textNotes(drawn, place).map((note) => ({ ...note, printedOn }))
    // A page that is shown small on a made cover is a picture there: nobody reads it.
    const isPictured = place.component.component === 'cover' && source.role !== 'cover'
    const ofType = isPictured ? [] : typeNotes(drawn)
    const notes = [...fontNotes(drawn), ...coarseNotes(drawn), ...ofType, ...ofText]
    return notes.map((note) => ({ ...note, file: source.label, page: drawing.page }))
  })
}

function scaleOf(page: PdfPageFacts, { region, orientation, to }: Place): number {
  return to.widthMm / pdfSizeMm({ ...page, orientation }, region).width
}

function fontNotes({ page, facts, drawing }: Drawn): LooseNote[] {
  if (page.fonts === 'standard' && !isPaintedOnly(page)) {
    return [
      {
        code: 'FONT_EMBEDDED_STANDARD14',
        found: 'type in one of the 14 fonts that PDF readers know, not in the file',
        wanted: 'every font in the file',
        action: 'A free font of the same widths was put into the print file.',
      },
    ]
  }
  if (!isPaintedOnly(page)) return []
  const dpi = drawing.draw === 'place' ? (drawing.rasterDpi ?? 300) : 300
  const painted: LooseNote = {
    code: 'PAGE_RASTERISED',
    found: page.fonts === 'missing' ? 'type whose font is not in the file' : 'a page that only one program shows right',
    wanted: 'a page that every press shows the same',
    action: `The page is printed as a picture of ${dpi} dpi. Compare the preview with your document.`,
  }
  return page.fonts === 'missing' ? [painted, substituted(facts)] : [painted]
}

function substituted({ missingFonts = [] }: PdfFacts): LooseNote {
  const names = missingFonts.slice(0, 5).join(', ')
  return {
    code: 'FONT_SUBSTITUTED',
    found: names ? `fonts that are not in the file: ${names}` : 'a font that is not in the file',
    wanted: 'every font in the file',
    action: 'Another font stands in for it. Export the PDF again with all fonts embedded.',
  }
}

function coarseNotes({ page, scale, product }: Drawn): LooseNote[] {
  if (!page.coarsestDpi) return []
  const { minimumDpi, goodDpi } = product.resolution
  const dpi = page.coarsestDpi / scale
  if (dpi >= minimumDpi) return []
  return [
    {
      code: 'RESOLUTION_LOW',
      found: `a picture of ${Math.floor(dpi)} dpi on the page`,
      wanted: `at least ${minimumDpi} dpi, good from ${goodDpi} dpi`,
      action: 'Printed as it is. Place the picture at its full resolution, or smaller, and export the PDF again.',
    },
  ]
}
