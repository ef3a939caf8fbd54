import type { PdfPageFacts, RawBox } from '../inspect/facts.ts'
import { agree, type PageTarget, pdfSizeMm, sheetOf, visibleBoxOf } from './pdf-size.ts'
import { millimetresOf, sizeOf, uprightSize } from './placement.ts'

/** Sheet sizes agree within this: layout programs round to whole points (0.35 mm). */
const sheetToleranceMm = 0.5
/** Half an A4 is 148.5 mm wide, an A5 148: pages this near to the trim are that size. */
const trimToleranceMm = 1
/** Bleed may be short by this much and still count as bleed. */
const bleedToleranceMm = 0.3

/** The part of the page that is the whole sheet, trim and bleed, or undefined where there is no bleed with print in it. */
export function findBleed(page: PdfPageFacts, target: PageTarget): RawBox | undefined {
  if (page.isBleedReal === false) return undefined
  const bled = aroundTrim(page, target)
  if (bled) return bled
  const sheet = sizeOf(sheetOf(target))
  if (page.trim && !agree(pdfSizeMm(page, page.trim), sheet, sheetToleranceMm)) return undefined
  return [page.crop, page.media].find((box) => agree(pdfSizeMm(page, box), sheet, sheetToleranceMm))
}

/** The part of the page that is the trim, without bleed. */
export function findTrim(page: PdfPageFacts, target: PageTarget): RawBox | undefined {
  const trim = sizeOf(target.trimBox)
  const own = [visibleBoxOf(page), page.crop, page.media].find((box) =>
    agree(pdfSizeMm(page, box), trim, trimToleranceMm),
  )
  return own ?? (page.isBleedReal === false ? insideEmptyBleed(page, target) : undefined)
}

/** Less than a millimetre, but for rounding, is no bleed that anybody meant. */
const leastBleedMm = 0.95

export type ShortBleed = { readonly region: RawBox; readonly bleedMm: number }

/**
 * The trim with a bleed around it that is real and narrower than the product's, or undefined. A page without a trim box has
 * one when it is larger than the trim by the same on both its sides.
 */
export function findShortBleed(page: PdfPageFacts, target: PageTarget): ShortBleed | undefined {
  if (page.isBleedReal === false) return undefined
  const found = page.trim ? declaredBleed(page, page.trim, target) : evenBleed(page, target)
  return found && found.bleedMm >= leastBleedMm && found.bleedMm < target.trimBox.xMm ? found : undefined
}

function declaredBleed(page: PdfPageFacts, trim: RawBox, { trimBox }: PageTarget): ShortBleed | undefined {
  const { bleed, userUnit } = page
  if (!bleed || !agree(pdfSizeMm(page, trim), sizeOf(trimBox), trimToleranceMm)) return undefined
  const margin = Math.min(
    trim.x - bleed.x,
    trim.y - bleed.y,
    bleed.x + bleed.width - trim.x - trim.width,
    bleed.y + bleed.height - trim.y - trim.height,
  )
  return { region: grown(trim, { width: margin, height: margin }, 1), bleedMm: millimetresOf(margin, userUnit) }
}

/** Around a board or a canvas so little more says nothing: the page has another size. */
const mostEvenBleedMm = 5

function evenBleed(page: PdfPageFacts, { trimBox }: PageTarget): ShortBleed | undefined {
  if (trimBox.xMm > mostEvenBleedMm) return undefined
  const size = pdfSizeMm(page, page.crop)
  const [across, up] = [(size.width - trimBox.widthMm) / 2, (size.height - trimBox.heightMm) / 2]
  if (Math.abs(across - up) > sheetToleranceMm / 2) return undefined
  return { region: page.crop, bleedMm: (across + up) / 2 }
}

/** A page of the sheet's size whose print stops at the trim: the trim is in its middle. */
function insideEmptyBleed(page: PdfPageFacts, target: PageTarget): RawBox | undefined {
  const sheet = sizeOf(sheetOf(target))
  const paper = [page.crop, page.media].find((box) => agree(pdfSizeMm(page, box), sheet, sheetToleranceMm))
  return paper ? grown(paper, marginOf(page, target), -1) : undefined
}

/** The declared trim with the bleed around it, when trim and bleed are what the product wants. */
function aroundTrim(page: PdfPageFacts, target: PageTarget): RawBox | undefined {
  const { trim } = page
  if (!trim || !agree(pdfSizeMm(page, trim), sizeOf(target.trimBox), trimToleranceMm)) return undefined
  const wanted = grown(trim, marginOf(page, target), 1)
  return holds(page.bleed ?? page.media, wanted, bleedToleranceMm / millimetresOf(1, page.userUnit))
    ? wanted
    : undefined
}

type Margin = { readonly width: number; readonly height: number }

/** What lies between trim and sheet, in the page's own units. */
function marginOf(page: PdfPageFacts, { trimBox }: PageTarget): Margin {
  const perMm = 1 / millimetresOf(1, page.userUnit)
  return uprightSize({ width: trimBox.xMm * perMm, height: trimBox.yMm * perMm }, page.orientation)
}

const grown = (box: RawBox, { width, height }: Margin, times: 1 | -1): RawBox => ({
  x: box.x - times * width,
  y: box.y - times * height,
  width: box.width + 2 * times * width,
  height: box.height + 2 * times * height,
})

function holds(outer: RawBox, inner: RawBox, tolerance: number): boolean {
  return (
    inner.x >= outer.x - tolerance &&
    inner.y >= outer.y - tolerance &&
    inner.x + inner.width <= outer.x + outer.width + tolerance &&
    inner.y + inner.height <= outer.y + outer.height + tolerance
  )
}
