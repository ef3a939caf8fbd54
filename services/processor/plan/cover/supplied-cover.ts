import type { ImageFacts, PdfFacts, PdfPageFacts, RawBox } from '../../inspect/facts.ts'
import { mostShapeDifference } from '../interior.ts'
import { planExactPdfPage } from '../pdf-page.ts'
import { agree, pdfSizeMm, placing, sheetOf, visibleBoxOf } from '../pdf-size.ts'
import { fillWithImage, uprightPixels } from '../picture.ts'
import { centredIn, type Size, shapeDifference, sizeOf, whole } from '../placement.ts'
import { blankPage, type Note, type PlannedPage, type PlanSource } from '../plan-source.ts'
import { placePdf, shapeNote } from '../sheet.ts'
import { mm, sizeText } from '../words.ts'
import { type Art, type CoverRequest, panelBox } from './cover-request.ts'
import { planMadeCover } from './made-cover.ts'

/** A cover whose height is right and whose width is off by no more than this was drawn for another spine. */
const spineErrorUpToMm = 25
const heightToleranceMm = 1

/**
 * The cover that the customer sent. Right size: used as it is. Drawn for another spine: kept at its size, centred on the
 * spine. A front alone, or front and back: the rest is made. Anything else of a near shape: scaled to fill the sheet.
 */
export function planSuppliedCover(request: CoverRequest, source: PlanSource): PlannedPage {
  const { facts } = source
  return facts.kind === 'pdf' ? pdfCover(request, { ...source, facts }) : imageCover(request, { ...source, facts })
}

function pdfCover(request: CoverRequest, source: PlanSource<PdfFacts>): PlannedPage {
  const { cover } = request
  const page = source.facts.pages[0]
  if (!page) return blankPage
  if (areFrontAndBack(request, source.facts)) return sidesAlone(request, source, { source, number: 2, shaping: {} })
  if (source.facts.pageCount > 1) return { drawings: [], notes: [severalPages(request, source)] }
  const exact = planExactPdfPage(source, 1, cover)
  if (exact) return exact
  const visible = visibleBoxOf(page)
  const size = pdfSizeMm(page, visible)
  if (isFrontAlone(request, size)) return sidesAlone(request, source)
  if (isForOtherSpine(request, size)) {
    const bled = withOwnBleed(page)
    const to = centredIn(sheetOf(cover), pdfSizeMm(page, bled))
    const drawing = placing(source.index, 1, page)(bled, whole, to, sheetOf(cover))
    return { drawings: [drawing], notes: [spineNote(request, size, source.label)] }
  }
  if (shapeDifference(size, sizeOf(sheetOf(cover))) > mostShapeDifference) return misshapen(request, size, source.label)
  return placePdf(source, 1, { area: sheetOf(cover), within: sheetOf(cover), shaping: {} })
}

/** The trim with as much of the declared bleed as there is on every side, so that it stays in the middle. */
function withOwnBleed(page: PdfPageFacts): RawBox {
  const { trim, bleed } = page
  if (!trim || !bleed) return visibleBoxOf(page)
  const left = trim.x - bleed.x
  const below = trim.y - bleed.y
  const margin = Math.max(0, Math.min(left, below, bleed.width - trim.width - left, bleed.height - trim.height - below))
  return {
    x: trim.x - margin,
    y: trim.y - margin,
    width: trim.width + 2 * margin,
    height: trim.height + 2 * margin,
  }
}

function imageCover(request: CoverRequest, source: PlanSource<ImageFacts>): PlannedPage {
  const { cover, product } = request
  const pixels = uprightPixels(source.facts)
  if (isFrontAlone(request, pixels)) return sidesAlone(request, source)
  if (shapeDifference(pixels, sizeOf(sheetOf(cover))) > mostShapeDifference)
    return misshapen(request, pixels, source.label)
  return fillWithImage(source, sheetOf(cover), { resolution: product.resolution })
}

function isFrontAlone({ cover }: CoverRequest, size: Size): boolean {
  const toFront = shapeDifference(size, sizeOf(panelBox(cover, 'front')))
  return toFront < shapeDifference(size, sizeOf(sheetOf(cover))) && toFront < 1.3
}

/** Two pages, each of a cover's shape: the front and the back. */
const areFrontAndBack = (request: CoverRequest, { pages, pageCount }: PdfFacts): boolean =>
  pageCount === 2 && pages.every((page) => isFrontAlone(request, pdfSizeMm(page, visibleBoxOf(page))))

/** The supplied front, the back where there is one, and whatever is missing made to go with them. */
function sidesAlone(request: CoverRequest, source: PlanSource, back?: Art): PlannedPage {
  const front = { source, number: 1, shaping: {} }
  const made = planMadeCover({ ...request, front, back, areSidesWhole: true })
  const found = back ? 'front and back of the cover as two pages' : 'a front cover alone'
  const action = `${back ? 'The spine was' : 'Spine and back were'} made to go with it. Look at the preview.`
  const notes = made.notes.map((note) =>
    note.code === 'COVER_MADE' ? { ...note, file: source.label, found, action } : note,
  )
  return { drawings: made.drawings, notes }
}

function isForOtherSpine({ cover }: CoverRequest, size: Size): boolean {
  return [sizeOf(sheetOf(cover)), sizeOf(cover.trimBox)].some(
    ({ width, height }) =>
      agree({ width, height }, { ...size, width }, heightToleranceMm) &&
      Math.abs(width - size.width) <= spineErrorUpToMm,
  )
}

function spineNote({ cover, geometry }: CoverRequest, size: Size, file: string): Note {
  const isWithBleed = Math.abs(size.height - cover.sheetHeightMm) <= heightToleranceMm
  const wanted = isWithBleed ? sizeOf(sheetOf(cover)) : sizeOf(cover.trimBox)
  const spineMm = geometry.spine?.widthMm ?? 0
  return {
    code: 'SPINE_WIDTH_DIFFERS',
    file,
    page: 1,
    found: `${sizeText(size)}, drawn for a spine of ${mm(spineMm + size.width - wanted.width)} mm`,
    wanted: `${sizeText(sizeOf(sheetOf(cover)))} with bleed, for a spine of ${mm(spineMm)} mm at ${geometry.printedPages} pages`,
    action: 'The cover was kept at its size and centred on the spine. Send it at the wanted size to place it exactly.',
  }
}

function severalPages({ cover }: CoverRequest, { label, facts }: PlanSource<PdfFacts>): Note {
  return {
    code: 'PAGE_COUNT_OUT_OF_RANGE',
    file: label,
    page: 2,
    found: `${facts.pageCount} pages`,
    wanted: `one page of ${sizeText(sizeOf(sheetOf(cover)))}`,
    action: 'Send back, spine and front side by side on one page, front and back as two pages, or the front alone.',
  }
}

const misshapen = ({ cover }: CoverRequest, size: Size, label: string): PlannedPage => ({
  drawings: [],
  notes: [shapeNote(size, sizeOf(sheetOf(cover)), label, 1)],
})
