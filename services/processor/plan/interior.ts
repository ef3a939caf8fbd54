import type { Product } from '#contracts/catalogue/product.ts'
import type { Component } from '#contracts/geometry/component.ts'
import type { ImageFacts, PdfFacts } from '../inspect/facts.ts'
import { planPdfPage, sheetOf } from './pdf-page.ts'
import { fillWithImage, fitImage, uprightPixels } from './picture.ts'
import { shapeDifference, sizeOf } from './placement.ts'
import type { Note, PlannedPage, PlanSource } from './plan-source.ts'
import { mostShapeDifference } from './sheet.ts'

/** The pages of a book block from a PDF, in order. */
export function planPdfInterior(source: PlanSource<PdfFacts>, component: Component): PlannedPage[] {
  return source.facts.pages.map((_, index) => planPdfPage(source, index + 1, component))
}

/** The pages of a photo book: one picture a page, to the edge. */
export function planImageInterior(
  sources: readonly PlanSource<ImageFacts>[],
  component: Component,
  { resolution }: Product,
): PlannedPage[] {
  const sheet = sheetOf(component)
  return sources.map((source) => {
    if (shapeDifference(uprightPixels(source.facts), sizeOf(sheet)) <= mostShapeDifference) {
      return fillWithImage(source, sheet, resolution)
    }
    const page = fitImage(source, component.safeBox, resolution)
    const note: Note = {
      code: 'PAGE_SCALED',
      file: source.label,
      found: 'a picture of a very different shape than the page',
      wanted: 'about the shape of the page',
      action: 'It is shown whole, with white around it, as filling the page would cut away more than half.',
    }
    return { drawings: page.drawings, notes: [note, ...page.notes] }
  })
}

/** Blank pages at the end, up to the multiple that the binding needs. */
export function padded(pages: readonly PlannedPage[], { pages: wanted }: Component, product: Product): PlannedPage[] {
  const missing = wanted - pages.length
  if (missing <= 0) return [...pages]
  const multiple = product.construction.kind === 'book' ? product.construction.pages.multiple : 1
  const note: Note = {
    code: 'PAGES_PADDED',
    found: `${pages.length} pages`,
    wanted: `a multiple of ${multiple}`,
    action: `${missing} blank ${missing === 1 ? 'page was' : 'pages were'} added at the end.`,
  }
  const blank: PlannedPage = { drawings: [], notes: [] }
  return [...pages, { drawings: [], notes: [note] }, ...Array.from({ length: missing - 1 }, () => blank)]
}
