import type { Product } from '#contracts/catalogue/product.ts'
import type { Component } from '#contracts/geometry/component.ts'
import type { ImageFacts } from '../inspect/facts.ts'
import type { BookPage } from './binding.ts'
import { sheetOf } from './pdf-size.ts'
import { fillWithImage, fitImage, uprightPixels } from './picture.ts'
import { partSize, shapeDifference, sizeOf } from './placement.ts'
import { blankPage, type Note, type PlannedPage, type PlanSource } from './plan-source.ts'
import { croppedPart, type Shaping } from './shaping.ts'

/** A picture whose shape differs by more than this would lose more than half of itself. */
export const mostShapeDifference = 2.2

/** A picture on a page of its own, to the edge; seen whole where it is asked for, or where filling would lose too much. */
export function planPicturePage(
  source: PlanSource<ImageFacts>,
  target: BookPage,
  { resolution }: Product,
  shaping: Shaping,
): PlannedPage {
  const sheet = sheetOf(target)
  const framing = { resolution, shaping }
  if (shaping.fit === 'fit') return fitImage(source, target.safeBox, framing)
  const cut = partSize(uprightPixels(source.facts), croppedPart(shaping))
  if (shaping.fit === 'fill' || shapeDifference(cut, sizeOf(sheet)) <= mostShapeDifference) {
    return fillWithImage(source, sheet, framing)
  }
  const page = fitImage(source, target.safeBox, framing)
  const note: Note = {
    code: 'PAGE_SCALED',
    file: source.label,
    found: 'a picture of a very different shape than the page',
    wanted: 'about the shape of the page',
    action: 'It is shown whole, with white around it, as filling the page would cut away more than half.',
  }
  return { drawings: page.drawings, notes: [note, ...page.notes] }
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
  return [...pages, { drawings: [], notes: [note] }, ...Array.from({ length: missing - 1 }, () => blankPage)]
}
