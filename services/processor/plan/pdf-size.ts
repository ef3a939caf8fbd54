import type { Box } from '#contracts/geometry/box.ts'
import type { Component } from '#contracts/geometry/component.ts'
import type { PdfPageFacts, RawBox } from '../inspect/facts.ts'
import type { Place } from './job-plan.ts'
import { millimetresOf, type Part, regionOf, type Size, uprightSize } from './placement.ts'

/** A sheet or a part of one that a page goes onto. */
export type PageTarget = Pick<Component, 'sheetWidthMm' | 'sheetHeightMm' | 'trimBox'> & {
  /** Kept free beside the fold, inside the trim. */
  readonly gutter?: Gutter
  /** The page is only a part of what is printed, so that it has to be drawn and cannot be kept. */
  readonly isPart?: boolean
}
export type Gutter = { readonly leftMm: number; readonly rightMm: number }

/** The box without the gutter. */
export function besideGutter(box: Box, gutter: Gutter | undefined): Box {
  const { leftMm, rightMm } = gutter ?? { leftMm: 0, rightMm: 0 }
  return { ...box, xMm: box.xMm + leftMm, widthMm: box.widthMm - leftMm - rightMm }
}

export const sheetOf = ({ sheetWidthMm, sheetHeightMm }: Pick<Component, 'sheetWidthMm' | 'sheetHeightMm'>): Box => ({
  xMm: 0,
  yMm: 0,
  widthMm: sheetWidthMm,
  heightMm: sheetHeightMm,
})

/** The part of the page that people see: cut to its own trim where it says one. */
export const visibleBoxOf = (page: PdfPageFacts): RawBox => page.trim ?? page.crop

/** Size in millimetres of a part of a PDF page, as seen. */
export function pdfSizeMm(page: Pick<PdfPageFacts, 'orientation' | 'userUnit'>, box: RawBox): Size {
  const { width, height } = uprightSize(box, page.orientation)
  return { width: millimetresOf(width, page.userUnit), height: millimetresOf(height, page.userUnit) }
}

export function agree(one: Size, other: Size, withinMm: number): boolean {
  return Math.abs(one.width - other.width) <= withinMm && Math.abs(one.height - other.height) <= withinMm
}

export type Placing = (visible: RawBox, part: Part, to: Box, within?: Box) => Place

/** Draws parts of one page: the visible box, the upright part of it, and where that goes. */
export function placing(source: number, number: number, page: PdfPageFacts): Placing {
  return (visible, part, to, within = to) => ({
    draw: 'place',
    source,
    page: number,
    region: regionOf(visible, page.orientation, part),
    orientation: page.orientation,
    to,
    within,
    ...(isPaintedOnly(page) ? { rasterDpi: rasterDpiOf(within) } : {}),
  })
}

/** Whether only a picture of the page shows it as its maker saw it. */
export const isPaintedOnly = ({ fonts, needsRaster }: PdfPageFacts): boolean =>
  fonts === 'missing' || needsRaster === true

const goodDpi = 300
/** A painted page has at most this many pixels: 300 dpi up to A2, less on larger sheets, which are seen from farther away. */
const mostPixels = 36_000_000

function rasterDpiOf({ widthMm, heightMm }: Box): number {
  const squareInches = (widthMm * heightMm) / 25.4 ** 2
  return Math.min(goodDpi, Math.floor(Math.sqrt(mostPixels / squareInches)))
}
