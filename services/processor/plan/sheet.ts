import type { Product } from '#contracts/catalogue/product.ts'
import type { Box } from '#contracts/geometry/box.ts'
import type { Component } from '#contracts/geometry/component.ts'
import type { ImageFacts, PdfFacts } from '../inspect/facts.ts'
import { black, white } from './colours.ts'
import type { Drawing } from './job-plan.ts'
import { pdfSizeMm, placing, planExactPdfPage, scaled, sheetOf, visibleBoxOf } from './pdf-page.ts'
import { cropNotes, fillWithImage, uprightPixels } from './picture.ts'
import { fillingPart, type Size, shapeDifference, sizeOf } from './placement.ts'
import type { Note, PlannedPage, PlanSource } from './plan-source.ts'
import { turnedSource } from './turn.ts'
import { percent } from './words.ts'

/** A picture whose shape differs by more than this would lose more than half of itself. */
export const mostShapeDifference = 2.2

export type SheetRequest = {
  readonly product: Product
  readonly component: Component
  readonly source: PlanSource
  readonly options: Readonly<Record<string, string>>
}

/** The one sheet of a poster or canvas. A picture that lies on its side for the product is turned with the sheet. */
export function planSheet(request: SheetRequest): PlannedPage {
  const { source, component } = request
  const area = areaOf(request)
  const upright = planUpright(request, source, area)
  if (upright.isExact) return upright
  const seen = seenSize(source)
  const isBetterTurned =
    shapeDifference({ width: seen.height, height: seen.width }, sizeOf(area)) <
    shapeDifference(seen, sizeOf(area)) - 0.01
  if (!isBetterTurned) return checkedShape(upright, seen, area, source.label)
  const turned = planUpright(request, turnedSource(source), area)
  const note: Note = {
    code: 'PAGE_ROTATED',
    file: source.label,
    found: seen.width > seen.height ? 'a picture in landscape' : 'a picture in portrait',
    wanted: component.sheetWidthMm > component.sheetHeightMm ? 'landscape' : 'portrait',
    action: 'The picture was turned by 90° on the sheet; hang it the other way round.',
  }
  const turnedSize = { width: seen.height, height: seen.width }
  const checked = checkedShape(turned, turnedSize, area, source.label)
  return { ...checked, notes: [note, ...checked.notes] }
}

/** What the picture has to cover: with a plain wrap or a mirrored one only the face, otherwise the whole sheet. */
function areaOf({ product, component, options }: SheetRequest): Box {
  return wrapOf(product, options) === 'image' ? sheetOf(component) : component.trimBox
}

/** `image` where the picture runs to the sheet's edge: posters, and canvases by choice. */
function wrapOf(product: Product, options: Readonly<Record<string, string>>): string {
  if (product.construction.kind !== 'canvas') return 'image'
  return options.wrap ?? product.options.wrap?.default ?? 'mirror'
}

type Upright = PlannedPage & { readonly isExact: boolean }

function planUpright(request: SheetRequest, source: PlanSource, area: Box): Upright {
  const { product, component, options } = request
  const wrap = wrapOf(product, options)
  const within = wrap === 'mirror' ? sheetOf(component) : area
  const { facts } = source
  if (facts.kind === 'image') {
    const page = fillWithImage({ ...source, facts }, area, product.resolution, within)
    return { ...page, drawings: [...ground(wrap, component), ...page.drawings], isExact: false }
  }
  const exact = wrap === 'mirror' || wrap === 'image' ? planExactPdfPage({ ...source, facts }, 1, component) : undefined
  if (exact) return { ...exact, isExact: true }
  const page = fillWithPdf({ ...source, facts }, area, within)
  return { ...page, drawings: [...ground(wrap, component), ...page.drawings], isExact: false }
}

function ground(wrap: string, component: Component): Drawing[] {
  if (wrap !== 'black' && wrap !== 'white') return []
  return [{ draw: 'fill', box: sheetOf(component), colour: wrap === 'black' ? black : white }]
}

/** A PDF page treated as a picture: it fills `area`, cut around its middle. */
export function fillWithPdf(source: PlanSource<PdfFacts>, area: Box, within: Box): PlannedPage {
  const page = source.facts.pages[0]
  if (!page) return { drawings: [], notes: [] }
  const visible = visibleBoxOf(page)
  const size = pdfSizeMm(page, visible)
  const part = fillingPart(size, sizeOf(area))
  const by = area.widthMm / (size.width * part.width)
  const notes = [scaled(size, area, `scaled to ${percent(by)} to fill the sheet`), ...cropNotes(part)]
  return {
    drawings: [placing(source.index, 1, page)(visible, part, area, within)],
    notes: notes.map((note) => ({ ...note, file: source.label, page: 1 })),
  }
}

function seenSize({ facts }: PlanSource<ImageFacts | PdfFacts>): Size {
  if (facts.kind === 'image') return uprightPixels(facts)
  const page = facts.pages[0]
  return page ? pdfSizeMm(page, visibleBoxOf(page)) : { width: 1, height: 1 }
}

function checkedShape(page: PlannedPage, seen: Size, area: Box, label: string): PlannedPage {
  const difference = shapeDifference(seen, sizeOf(area))
  if (difference <= mostShapeDifference) return page
  return { drawings: page.drawings, notes: [shapeNote(seen, sizeOf(area), label)] }
}

/** The refusal of a picture whose shape is too far from the product's. */
export function shapeNote(seen: Size, wanted: Size, label: string): Note {
  const ratio = ({ width, height }: Size): string => `${Number((width / height).toPrecision(2))} : 1`
  return {
    code: 'ASPECT_MISMATCH',
    file: label,
    found: `width to height ${ratio(seen)}`,
    wanted: `about ${ratio(wanted)}`,
    action: 'Cut the picture to the shape of the product, or choose a product of its shape.',
  }
}
