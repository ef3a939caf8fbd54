import type { Product } from '#contracts/catalogue/product.ts'
import type { Box } from '#contracts/geometry/box.ts'
import type { Component } from '#contracts/geometry/component.ts'
import type { ImageFacts, PdfFacts } from '../inspect/facts.ts'
import { black, white } from './colours.ts'
import { mostShapeDifference } from './interior.ts'
import type { Drawing } from './job-plan.ts'
import { planExactPdfPage } from './pdf-page.ts'
import { pdfSizeMm, placing, sheetOf, visibleBoxOf } from './pdf-size.ts'
import { cropNotes, fillWithImage, fitImage, uprightPixels } from './picture.ts'
import { fittingBox, partSize, type Size, shapeDifference, sizeOf } from './placement.ts'
import { blankPage, type Note, type PlannedPage, type PlanSource } from './plan-source.ts'
import { croppedPart, filledPart, type Shaping, turnedShaping } from './shaping.ts'
import { scaled } from './size-notes.ts'
import { asWanted, turnedSource } from './turn.ts'
import { percent } from './words.ts'

export type SheetRequest = {
  readonly product: Product
  readonly component: Component
  readonly source: PlanSource
  /** Page of a PDF; 1 for a picture. */
  readonly number: number
  readonly options: Readonly<Record<string, string>>
  readonly shaping: Shaping
}

/**
 * One side of a poster, card or canvas. A picture that lies on its side for the product is turned with the sheet, where nobody said how it
 * is to be seen.
 */
export function planSheet(asked: SheetRequest): PlannedPage {
  const request = { ...asked, source: asWanted(asked.source, asked.shaping) }
  const exact = asItIs(request)
  if (exact) return exact
  const { component } = request
  const area = areaOf(request)
  const seen = seenSize(request)
  const turned = { width: seen.height, height: seen.width }
  const isBetterTurned = shapeDifference(turned, sizeOf(area)) < shapeDifference(seen, sizeOf(area)) - 0.01
  if (!isBetterTurned || request.shaping.rotate !== undefined)
    return checkedShape(drawn(request, area), seen, area, request)
  const shaping = turnedShaping(request.shaping)
  const page = drawn({ ...request, source: turnedSource(request.source), shaping }, area)
  const note: Note = {
    code: 'PAGE_ROTATED',
    file: request.source.label,
    page: request.number,
    found: seen.width > seen.height ? 'a picture in landscape' : 'a picture in portrait',
    wanted: component.sheetWidthMm > component.sheetHeightMm ? 'landscape' : 'portrait',
    action: 'The picture was turned by 90° on the sheet; hang it the other way round.',
  }
  const checked = checkedShape(page, turned, area, request)
  return { ...checked, notes: [note, ...checked.notes] }
}

/** A PDF page that was drawn for this sheet. */
function asItIs(request: SheetRequest): PlannedPage | undefined {
  const { source, component, shaping, number } = request
  const { facts } = source
  const wrap = wrapOf(request)
  const isShaped = shaping.crop || shaping.rotate || shaping.fit === 'fit' || wrap === 'black' || wrap === 'white'
  if (facts.kind !== 'pdf' || isShaped) return undefined
  return planExactPdfPage({ ...source, facts }, number, component)
}

/** What the picture has to cover: with a plain wrap or a mirrored one only the face, otherwise the whole sheet. */
function areaOf(request: SheetRequest): Box {
  const { component, shaping } = request
  if (shaping.fit === 'fit') return component.safeBox
  return wrapOf(request) === 'image' ? sheetOf(component) : component.trimBox
}

/** `image` where the picture runs to the sheet's edge: posters and cards, and canvases by choice. */
function wrapOf({ product, options }: SheetRequest): string {
  if (product.construction.kind !== 'canvas') return 'image'
  return options.wrap ?? product.options.wrap?.default ?? 'mirror'
}

function drawn(request: SheetRequest, area: Box): PlannedPage {
  const { product, component, source, shaping, number } = request
  const { facts } = source
  const wrap = wrapOf(request)
  const within = wrap === 'mirror' && shaping.fit !== 'fit' ? sheetOf(component) : area
  const page =
    facts.kind === 'pdf'
      ? placePdf({ ...source, facts }, number, { area, within, shaping })
      : placePicture({ ...source, facts }, product, { area, within, shaping })
  return { notes: page.notes, drawings: [...ground(wrap, component), ...page.drawings] }
}

/**
 * A large black is a colour, not black ink: alone that prints as dark gray on canvas. As sRGB it goes through the output
 * profile into a deep black of all inks within the profile's own limit, beside pictures whose blacks went the same way.
 */
function ground(wrap: string, component: Component): Drawing[] {
  if (wrap !== 'black' && wrap !== 'white') return []
  return [{ draw: 'fill', box: sheetOf(component), colour: wrap === 'black' ? black : white }]
}

type Frame = { readonly area: Box; readonly within: Box; readonly shaping: Shaping }

function placePicture(source: PlanSource<ImageFacts>, { resolution }: Product, frame: Frame): PlannedPage {
  const { area, within, shaping } = frame
  if (shaping.fit === 'fit') return fitImage(source, area, { resolution, shaping })
  return fillWithImage(source, area, { resolution, shaping, within })
}

/** A PDF page treated as a picture: it fills `area`, or is seen whole in its middle. */
export function placePdf(source: PlanSource<PdfFacts>, number: number, { area, within, shaping }: Frame): PlannedPage {
  const page = source.facts.pages[number - 1]
  if (!page) return blankPage
  const visible = visibleBoxOf(page)
  const size = pdfSizeMm(page, visible)
  const isFitted = shaping.fit === 'fit'
  const part = isFitted ? croppedPart(shaping) : filledPart(size, sizeOf(area), shaping)
  const to = isFitted ? fittingBox(partSize(size, part), area) : area
  const by = percent(to.widthMm / (size.width * part.width))
  const what = isFitted ? `scaled to ${by} to be seen whole` : `scaled to ${by} to fill the sheet`
  const notes = [scaled(size, to, what), ...(isFitted ? [] : cropNotes(part, shaping))]
  return {
    drawings: [placing(source.index, number, page)(visible, part, to, isFitted ? to : within)],
    notes: notes.map((note) => ({ ...note, file: source.label, page: number })),
  }
}

/** Of the part that the customer's own cut leaves. */
function seenSize({ source: { facts }, number, shaping }: SheetRequest): Size {
  const cut = croppedPart(shaping)
  if (facts.kind === 'image') return partSize(uprightPixels(facts), cut)
  const page = facts.pages[number - 1]
  return page ? partSize(pdfSizeMm(page, visibleBoxOf(page)), cut) : { width: 1, height: 1 }
}

/** Nobody who chose to see all of it, or where it is cut, is refused for its shape. */
function checkedShape(
  page: PlannedPage,
  seen: Size,
  area: Box,
  { source, number, shaping }: SheetRequest,
): PlannedPage {
  const difference = shapeDifference(seen, sizeOf(area))
  if (difference <= mostShapeDifference || shaping.fit || shaping.focus) return page
  return { drawings: page.drawings, notes: [shapeNote(seen, sizeOf(area), source.label, number)] }
}

/** The refusal of a picture whose shape is too far from the product's. */
export function shapeNote(seen: Size, wanted: Size, label: string, number: number): Note {
  const ratio = ({ width, height }: Size): string => `${Number((width / height).toPrecision(2))} : 1`
  return {
    code: 'ASPECT_MISMATCH',
    file: label,
    page: number,
    found: `width to height ${ratio(seen)}`,
    wanted: `about ${ratio(wanted)}`,
    action: 'Cut the picture to the shape of the product, or choose a product of its shape.',
  }
}
