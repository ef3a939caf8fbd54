import type { Product } from '#contracts/catalogue/product.ts'
import { pointsOf } from '#contracts/geometry/lengths.ts'
import type { PdfPageFacts, RawBox } from '../inspect/facts.ts'
import { agree, pdfSizeMm, visibleBoxOf } from './pdf-size.ts'
import { regionOf, type Size } from './placement.ts'
import type { Note, PlannedPage, PlanSource } from './plan-source.ts'
import { pagesText } from './words.ts'

/** Layout programs round to whole points; half an A4 is 148.5 mm wide, an A5 148. */
const toleranceMm = 2

/**
 * A document drawn as facing pages, two on each wide page, as a source of single pages: `leaves` says from which page of
 * the file each one is cut. Only where all pages are wide, or all but the first and last; anything else stays as it is.
 */
export function singlePagesOf(source: PlanSource, product: Product): PlanSource {
  const { facts } = source
  if (facts.kind !== 'pdf' || !isBound(product)) return source
  const wide = facts.pages.map((page) => isFacing(page, product))
  const inner = wide.slice(1, -1)
  const areAllInnerWide = inner.length > 0 ? inner.every(Boolean) : wide.length > 0 && wide.every(Boolean)
  if (!areAllInnerWide) return source
  const leaves = facts.pages.flatMap((page, index) =>
    wide[index]
      ? halvesOf(page, product).map((half) => ({ page: half, from: index + 1 }))
      : [{ page, from: index + 1 }],
  )
  return {
    ...source,
    facts: { ...facts, pages: leaves.map(({ page }) => page), pageCount: leaves.length },
    leaves: leaves.map(({ from }) => from),
  }
}

const isBound = ({ construction }: Product): boolean =>
  construction.kind === 'book' && construction.binding !== 'wire_o'

/** The sizes of two pages side by side: cut, and with their bleed. */
function facingSizes({ trimWidthMm, trimHeightMm, bleedMm }: Product): { readonly cut: Size; readonly bled: Size } {
  const cut = { width: 2 * trimWidthMm, height: trimHeightMm }
  return { cut, bled: { width: cut.width + 2 * bleedMm, height: cut.height + 2 * bleedMm } }
}

function isFacing(page: PdfPageFacts, product: Product): boolean {
  const size = pdfSizeMm(page, visibleBoxOf(page))
  const { cut, bled } = facingSizes(product)
  return agree(size, cut, toleranceMm) || agree(size, bled, toleranceMm)
}

/**
 * Each half as a page of its own. Where the wide page brings its bleed, a half keeps it, and beyond the fold a little of its
 * neighbour: nothing white shows in the fold.
 */
function halvesOf(page: PdfPageFacts, product: Product): PdfPageFacts[] {
  const bled = bledBoxOf(page, product)
  const outer = bled ?? visibleBoxOf(page)
  const size = pdfSizeMm(page, outer)
  const bleedMm = bled ? product.bleedMm : 0
  const [marginX, marginY] = [bleedMm / size.width, bleedMm / size.height]
  const width = (1 - 2 * marginX) / 2
  const { bleed: _, textToSidesMm: __, textBoxes: ___, ...rest } = page
  return [marginX, 0.5].map((x) => {
    const cut = { x, y: marginY, width, height: 1 - 2 * marginY }
    const trim = regionOf(outer, page.orientation, cut)
    const sheet = regionOf(outer, page.orientation, { x: x - marginX, y: 0, width: width + 2 * marginX, height: 1 })
    return { ...rest, trim, crop: sheet, media: sheet, bleed: sheet }
  })
}

/** The wide page with its bleed: declared around a trim, or as large as that. */
function bledBoxOf(page: PdfPageFacts, product: Product): RawBox | undefined {
  const { trim, bleed, media, userUnit } = page
  if (!trim) return agree(pdfSizeMm(page, page.crop), facingSizes(product).bled, toleranceMm) ? page.crop : undefined
  const margin = pointsOf(product.bleedMm) / userUnit
  const outer = bleed ?? media
  const around = [
    trim.x - outer.x,
    trim.y - outer.y,
    outer.x + outer.width - trim.x - trim.width,
    outer.y + outer.height - trim.y - trim.height,
  ]
  if (Math.min(...around) < margin - 1) return undefined
  return { x: trim.x - margin, y: trim.y - margin, width: trim.width + 2 * margin, height: trim.height + 2 * margin }
}

/** Drawings and notes of single pages, told as of the pages of the file that they are cut from. */
export function asInFile(page: PlannedPage, content: readonly PlanSource[]): PlannedPage {
  const split = content.find(({ leaves }) => leaves !== undefined)
  if (!split) return page
  const from = (number: number): number => split.leaves?.[number - 1] ?? number
  return {
    drawings: page.drawings.map((each) =>
      (each.draw === 'place' || each.draw === 'keep') && each.source === split.index
        ? { ...each, page: from(each.page) }
        : each,
    ),
    notes: page.notes.map((note) =>
      note.file === split.label && note.page !== undefined ? { ...note, page: from(note.page) } : note,
    ),
  }
}

/** Tells of wide pages that were cut, in place of their size. */
export function withSplit(notes: readonly Note[], content: readonly PlanSource[], product: Product): Note[] {
  const split = splitNotes(content, product)
  const isTold = (note: Note): boolean =>
    note.code === 'MIXED_PAGE_SIZES' && split.some(({ file }) => file === note.file)
  return [...split, ...notes.filter((note) => !isTold(note))]
}

function splitNotes(content: readonly PlanSource[], { trimWidthMm, trimHeightMm }: Product): Note[] {
  return content.flatMap(({ leaves, label }): Note[] => {
    if (!leaves) return []
    const wide = leaves.filter((from, index) => leaves[index + 1] === from)
    return [
      {
        code: 'PAGE_SPLIT',
        file: label,
        found: `two facing pages side by side on ${wide.length > 1 ? 'pages' : 'page'} ${pagesText(wide)}`,
        wanted: `single pages of ${trimWidthMm} × ${trimHeightMm} mm`,
        action: `Each was cut at its middle: ${leaves.length} pages in all. Look at the preview, or export single pages.`,
      },
    ]
  })
}
