import type { Box } from '#contracts/geometry/box.ts'
import type { Component } from '#contracts/geometry/component.ts'
import type { PdfFacts, PdfPageFacts, RawBox } from '../inspect/facts.ts'
import type { Drawing } from './job-plan.ts'
import {
  fillingPart,
  fittingBox,
  millimetresOf,
  type Part,
  regionOf,
  type Size,
  shapeDifference,
  sizeOf,
  uprightSize,
  whole,
} from './placement.ts'
import type { Note, PlannedPage, PlanSource } from './plan-source.ts'
import { percent, sizeText } from './words.ts'

/** Sheet sizes agree within this: layout programs round to whole points (0.35 mm). */
const sheetToleranceMm = 0.5
/** Half an A4 is 148.5 mm wide, an A5 148: pages this near to the trim are that size. */
const trimToleranceMm = 1
/** Differences above this are told. */
const tellAboveMm = 0.5
/** Bleed may be short by this much and still count as bleed. */
const bleedToleranceMm = 0.3
/** Shapes nearer than this are the same format at another scale. */
export const sameShapeWithin = 1.03

type Placed = { readonly drawings: readonly Drawing[]; readonly notes: readonly Omit<Note, 'file' | 'page'>[] }
export type PdfPageTarget = Pick<Component, 'sheetWidthMm' | 'sheetHeightMm' | 'trimBox'>

/**
 * One PDF page on one sheet. In this order: a page that brings its bleed is used as it is; one of trim size gets its
 * edges mirrored into the bleed; one of the same shape is scaled to the trim; any other is fitted with white around.
 */
export function planPdfPage(source: PlanSource<PdfFacts>, number: number, target: PdfPageTarget): PlannedPage {
  const page = source.facts.pages[number - 1]
  if (!page) return { drawings: [], notes: [] }
  return (
    planExactPdfPage(source, number, target) ??
    named(ofOtherSize(page, target, placing(source.index, number, page)), source, number)
  )
}

/** As `planPdfPage`, but only for a page that has the sheet's or the trim's size already. */
export function planExactPdfPage(
  source: PlanSource<PdfFacts>,
  number: number,
  target: PdfPageTarget,
): PlannedPage | undefined {
  const page = source.facts.pages[number - 1]
  if (!page) return undefined
  const place = placing(source.index, number, page)
  const placed = withOwnBleed(page, target, place) ?? ofTrimSize(page, target, place)
  return placed ? named(placed, source, number) : undefined
}

const named = ({ drawings, notes }: Placed, { label }: PlanSource<PdfFacts>, number: number): PlannedPage => ({
  drawings,
  notes: notes.map((note) => ({ ...note, file: label, page: number })),
})

/** Size in millimetres of a part of a PDF page, as seen. */
export function pdfSizeMm(page: PdfPageFacts, box: RawBox): Size {
  const { width, height } = uprightSize(box, page.orientation)
  return { width: millimetresOf(width, page.userUnit), height: millimetresOf(height, page.userUnit) }
}

export type Placing = (visible: RawBox, part: Part, to: Box, within?: Box) => Drawing

/** Draws parts of one page: the visible box, the upright part of it, and where that goes. */
export function placing(source: number, page: number, { orientation }: Pick<PdfPageFacts, 'orientation'>): Placing {
  return (visible, part, to, within = to) => ({
    draw: 'place',
    source,
    page,
    region: regionOf(visible, orientation, part),
    orientation,
    to,
    within,
  })
}

export const sheetOf = ({ sheetWidthMm, sheetHeightMm }: PdfPageTarget): Box => ({
  xMm: 0,
  yMm: 0,
  widthMm: sheetWidthMm,
  heightMm: sheetHeightMm,
})

/** The part of the page that people see: cut to its own trim where it says one. */
export const visibleBoxOf = (page: PdfPageFacts): RawBox => page.trim ?? page.crop

function withOwnBleed(page: PdfPageFacts, target: PdfPageTarget, place: Placing): Placed | undefined {
  const sheet = sheetOf(target)
  const bled = bledRegion(page, target)
  if (bled) return { drawings: [place(bled, whole, sheet)], notes: [] }
  if (page.trim && !agree(pdfSizeMm(page, page.trim), sizeOf(sheet), sheetToleranceMm)) return undefined
  for (const box of [page.crop, page.media]) {
    if (!agree(pdfSizeMm(page, box), sizeOf(sheet), sheetToleranceMm)) continue
    const note = {
      code: 'BOXES_SET',
      found: `page of ${sizeText(pdfSizeMm(page, box))} without a trim box`,
      wanted: `trim box of ${sizeText(sizeOf(target.trimBox))}`,
      action: 'The page has the size of the sheet with bleed; the trim box was set.',
    } as const
    return { drawings: [place(box, whole, sheet)], notes: [note] }
  }
  return undefined
}

/** The declared trim with the bleed around it, when trim and bleed are what the product wants. */
function bledRegion(page: PdfPageFacts, target: PdfPageTarget): RawBox | undefined {
  const { trim } = page
  const { trimBox } = target
  if (!trim || !agree(pdfSizeMm(page, trim), sizeOf(trimBox), trimToleranceMm)) return undefined
  const perMm = 1 / millimetresOf(1, page.userUnit)
  const margin = uprightSize({ width: trimBox.xMm * perMm, height: trimBox.yMm * perMm }, page.orientation)
  const wanted = {
    x: trim.x - margin.width,
    y: trim.y - margin.height,
    width: trim.width + 2 * margin.width,
    height: trim.height + 2 * margin.height,
  }
  return holds(page.bleed ?? page.media, wanted, bleedToleranceMm * perMm) ? wanted : undefined
}

function holds(outer: RawBox, inner: RawBox, tolerance: number): boolean {
  return (
    inner.x >= outer.x - tolerance &&
    inner.y >= outer.y - tolerance &&
    inner.x + inner.width <= outer.x + outer.width + tolerance &&
    inner.y + inner.height <= outer.y + outer.height + tolerance
  )
}

export function agree(one: Size, other: Size, withinMm: number): boolean {
  return Math.abs(one.width - other.width) <= withinMm && Math.abs(one.height - other.height) <= withinMm
}

function ofTrimSize(page: PdfPageFacts, target: PdfPageTarget, place: Placing): Placed | undefined {
  const { trimBox } = target
  for (const box of [visibleBoxOf(page), page.crop, page.media]) {
    const size = pdfSizeMm(page, box)
    if (!agree(size, sizeOf(trimBox), trimToleranceMm)) continue
    const notes = agree(size, sizeOf(trimBox), tellAboveMm) ? [] : [scaled(size, trimBox, 'stretched to the trim size')]
    return { drawings: [place(box, whole, trimBox, sheetOf(target))], notes: [...notes, ...mirrored(target)] }
  }
  return undefined
}

function ofOtherSize(page: PdfPageFacts, target: PdfPageTarget, place: Placing): Placed {
  const visible = visibleBoxOf(page)
  const size = pdfSizeMm(page, visible)
  const { trimBox } = target
  if (shapeDifference(size, sizeOf(trimBox)) <= sameShapeWithin) {
    const part = fillingPart(size, sizeOf(trimBox))
    const by = trimBox.widthMm / (size.width * part.width)
    return {
      drawings: [place(visible, part, trimBox, sheetOf(target))],
      notes: [scaled(size, trimBox, `scaled to ${percent(by)} to fill the page`), ...mirrored(target)],
    }
  }
  const to = fittingBox(size, trimBox)
  const by = percent(to.widthMm / size.width)
  return {
    drawings: [place(visible, whole, to)],
    notes: [scaled(size, trimBox, `scaled to ${by} to fit the page, with white beside it`)],
  }
}

export const scaled = (size: Size, trim: Box, what: string) =>
  ({
    code: 'PAGE_SCALED',
    found: `page of ${sizeText(size)}`,
    wanted: `${sizeText(sizeOf(trim))}`,
    action: `The page was ${what}. Send pages of the wanted size to have them printed unchanged.`,
  }) as const

function mirrored({ trimBox }: PdfPageTarget) {
  if (trimBox.xMm === 0 && trimBox.yMm === 0) return []
  const note = {
    code: 'BLEED_MIRRORED',
    found: 'no bleed',
    wanted: `${trimBox.xMm} mm on every side`,
    action: 'The outermost millimetres were mirrored outwards into the bleed.',
  } as const
  return [note]
}
