import type { Box } from '#contracts/geometry/box.ts'
import { inset } from '#contracts/geometry/lengths.ts'
import type { PdfFacts, PdfPageFacts, RawBox } from '../inspect/facts.ts'
import type { Drawing } from './job-plan.ts'
import { keptPage } from './keep.ts'
import { findBleed, findShortBleed, findTrim } from './page-region.ts'
import {
  agree,
  besideGutter,
  type PageTarget,
  type Placing,
  pdfSizeMm,
  placing,
  sheetOf,
  visibleBoxOf,
} from './pdf-size.ts'
import { fillingPart, fittingBox, type Size, shapeDifference, sizeOf, whole } from './placement.ts'
import type { LooseNote, PlannedPage, PlanSource } from './plan-source.ts'
import { mirrored, scaled, shapeNotes, touches } from './size-notes.ts'
import { mm, percent, sizeText } from './words.ts'

/** Differences above this are told. */
const tellAboveMm = 0.5
/** Shapes nearer than this are the same format at another scale. */
const sameShapeWithin = 1.03

type Placed = { readonly drawings: readonly Drawing[]; readonly notes: readonly LooseNote[] }

/**
 * One PDF page on one sheet. In this order: a page that brings its bleed is used as it is; a narrower bleed is mirrored outwards; one of trim size gets its
 * edges mirrored into the bleed; one of the same shape is scaled to the trim; any other is fitted with white around.
 */
export function planPdfPage(source: PlanSource<PdfFacts>, number: number, target: PageTarget): PlannedPage {
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
  target: PageTarget,
): PlannedPage | undefined {
  const page = source.facts.pages[number - 1]
  if (!page) return undefined
  const placed =
    withOwnBleed(source, number, page, target) ??
    withShortBleed(source, number, page, target) ??
    ofTrimSize(source, number, page, target)
  return placed ? named(placed, source, number) : undefined
}

const named = ({ drawings, notes }: Placed, { label }: PlanSource<PdfFacts>, number: number): PlannedPage => ({
  drawings,
  notes: notes.map((note) => ({ ...note, file: label, page: number })),
})

function withOwnBleed(
  source: PlanSource<PdfFacts>,
  number: number,
  page: PdfPageFacts,
  target: PageTarget,
): Placed | undefined {
  const region = findBleed(page, target)
  if (!region) return undefined
  const kept = keptPage(source.index, number, page, region, target)
  const drawing = kept ?? placing(source.index, number, page)(region, whole, sheetOf(target))
  const size = pdfSizeMm(page, region)
  const isStretched = !kept && !agree(size, sizeOf(sheetOf(target)), tellAboveMm)
  const stretched = isStretched ? [scaled(size, sheetOf(target), 'stretched to the sheet')] : []
  return { drawings: [drawing], notes: [...stretched, ...boxNotes(page, target)] }
}

function boxNotes(page: PdfPageFacts, target: PageTarget): LooseNote[] {
  const paper = pdfSizeMm(page, page.media)
  if (!page.trim) {
    return [
      {
        code: 'BOXES_SET',
        found: `page of ${sizeText(paper)} without a trim box`,
        wanted: `trim box of ${sizeText(sizeOf(target.trimBox))}`,
        action: 'The page has the size of the sheet with bleed; the trim box was set.',
      },
    ]
  }
  if (agree(paper, sizeOf(sheetOf(target)), tellAboveMm)) return []
  return [
    {
      code: 'BOXES_SET',
      found: `paper of ${sizeText(paper)} around the page, as for crop marks`,
      wanted: `${sizeText(sizeOf(sheetOf(target)))}, bleed included`,
      action: 'The page boxes were set to trim and bleed; what lies outside is not printed.',
    },
  ]
}

/** Kept at its size: mirroring what is missing takes nothing from the page, scaling it up would move text to the cut. */
function withShortBleed(
  source: PlanSource<PdfFacts>,
  number: number,
  page: PdfPageFacts,
  target: PageTarget,
): Placed | undefined {
  const short = findShortBleed(page, target)
  if (!short) return undefined
  const { region, bleedMm } = short
  const to = inset(target.trimBox, -bleedMm)
  const size = pdfSizeMm(page, region)
  const stretched = agree(size, sizeOf(to), tellAboveMm) ? [] : [scaled(size, to, 'stretched to the trim size')]
  return {
    drawings: [placing(source.index, number, page)(region, whole, to, sheetOf(target))],
    notes: [...stretched, ...mirrored(target, sheetOf(target), { found: `${mm(bleedMm)} mm of bleed`, isKept: true })],
  }
}

function ofTrimSize(
  source: PlanSource<PdfFacts>,
  number: number,
  page: PdfPageFacts,
  target: PageTarget,
): Placed | undefined {
  const box = findTrim(page, target)
  if (!box) return undefined
  const { trimBox } = target
  const size = pdfSizeMm(page, box)
  const notes = agree(size, sizeOf(trimBox), tellAboveMm) ? [] : [scaled(size, trimBox, 'stretched to the trim size')]
  const isEmpty = page.isBleedReal === false
  return {
    drawings: [placing(source.index, number, page)(box, whole, trimBox, sheetOf(target))],
    notes: [...notes, ...mirrored(target, sheetOf(target), isEmpty ? { found: 'a bleed without print in it' } : {})],
  }
}

function ofOtherSize(page: PdfPageFacts, target: PageTarget, place: Placing): Placed {
  const visible = visibleBoxOf(page)
  const size = pdfSizeMm(page, visible)
  const { trimBox } = target
  if (shapeDifference(size, sizeOf(trimBox)) <= sameShapeWithin) {
    const part = fillingPart(size, sizeOf(trimBox))
    const by = trimBox.widthMm / (size.width * part.width)
    return {
      drawings: [place(visible, part, trimBox, sheetOf(target))],
      notes: [scaled(size, trimBox, `scaled to ${percent(by)} to fill the page`), ...mirrored(target, sheetOf(target))],
    }
  }
  return fitted(size, visible, target, place)
}

/** Shown whole; where it touches the cut, its edge is mirrored into the bleed. */
function fitted(size: Size, visible: RawBox, target: PageTarget, place: Placing): Placed {
  const { trimBox } = target
  const to = fittingBox(size, besideGutter(trimBox, target.gutter))
  const within = spreadOverCut(to, target)
  const by = percent(to.widthMm / size.width)
  return {
    drawings: [place(visible, whole, to, within)],
    notes: [
      scaled(size, trimBox, `scaled to ${by} to fit the page, with white beside it`),
      ...mirrored(target, within),
      ...shapeNotes(size, to, trimBox),
    ],
  }
}

function spreadOverCut(to: Box, { trimBox, sheetWidthMm, sheetHeightMm }: PageTarget): Box {
  const left = touches(to.xMm, trimBox.xMm) ? 0 : to.xMm
  const foot = touches(to.yMm, trimBox.yMm) ? 0 : to.yMm
  const isAtRight = touches(to.xMm + to.widthMm, trimBox.xMm + trimBox.widthMm)
  const isAtHead = touches(to.yMm + to.heightMm, trimBox.yMm + trimBox.heightMm)
  return {
    xMm: left,
    yMm: foot,
    widthMm: (isAtRight ? sheetWidthMm : to.xMm + to.widthMm) - left,
    heightMm: (isAtHead ? sheetHeightMm : to.yMm + to.heightMm) - foot,
  }
}
