import type { Product } from '#contracts/catalogue/product.ts'
import type { Component } from '#contracts/geometry/component.ts'
import type { PdfFacts } from '../inspect/facts.ts'
import type { BookPage } from './binding.ts'
import { clippedPage } from './clip.ts'
import { pdfSizeMm, sheetOf, visibleBoxOf } from './pdf-size.ts'
import { shapeDifference } from './placement.ts'
import type { PlannedPage } from './plan-source.ts'

/** One of the four pages of a folded card, with bleed on all sides; what lies beyond the fold is cut off on the sheet. */
export function cardPage({ sheetWidthMm, sheetHeightMm, trimBox, safeBox }: Component, number: number): BookPage {
  const widthMm = trimBox.widthMm / 2
  const safetyMm = safeBox.xMm - trimBox.xMm
  return {
    sheetWidthMm: sheetWidthMm - widthMm,
    sheetHeightMm,
    trimBox: { ...trimBox, widthMm },
    safeBox: { ...safeBox, widthMm: widthMm - 2 * safetyMm },
    isPart: true,
    number,
  }
}

/** Four pages as two printed sides: page 4 beside page 1 outside, page 2 beside page 3 inside. */
export function foldedSides(component: Component, pages: readonly PlannedPage[]): PlannedPage[] {
  const [front, left, right, back] = pages
  return [sideOf(component, back, front), sideOf(component, left, right)]
}

/** The left page reaches this far under the right one, so that no renderer shows a hairline where two clips meet. */
const underRightMm = 0.25

function sideOf(component: Component, left: PlannedPage | undefined, right: PlannedPage | undefined): PlannedPage {
  const sheet = sheetOf(component)
  const half = { ...sheet, widthMm: sheet.widthMm / 2 }
  const panelMm = component.trimBox.widthMm / 2
  // The right page's own fold lies at its left trim edge.
  const ofRight = { ...half, xMm: component.trimBox.xMm }
  const sides = [
    left ? clippedPage(left, { ...half, widthMm: half.widthMm + underRightMm }, 0) : undefined,
    right ? clippedPage(right, ofRight, panelMm) : undefined,
  ]
  return {
    drawings: sides.flatMap((side) => side?.drawings ?? []),
    notes: sides.flatMap((side) => side?.notes ?? []),
  }
}

/** A folded card may also come as the two printed sides of its sheet, drawn side by side. */
export function isSheetArtwork({ construction, trimWidthMm, trimHeightMm }: Product, facts: PdfFacts): boolean {
  const page = facts.pages[0]
  if (construction.kind !== 'folded' || facts.pageCount !== 2 || !page) return false
  const size = pdfSizeMm(page, visibleBoxOf(page))
  const toSheet = shapeDifference(size, { width: 2 * trimWidthMm, height: trimHeightMm })
  return toSheet < shapeDifference(size, { width: trimWidthMm, height: trimHeightMm })
}
