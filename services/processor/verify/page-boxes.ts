import type { Box } from '#contracts/geometry/box.ts'
import { pointsOf } from '#contracts/geometry/lengths.ts'
import type { RawBox } from '../inspect/facts.ts'
import type { PdfiumDocument } from '../pdfium/document.ts'
import type { ComponentPlan } from '../plan/job-plan.ts'

/** Boxes are exact to this (points); PDFium keeps 32-bit numbers, good for 0.0002 pt at two metres. */
const exactWithinPt = 0.01
const names = ['Media', 'Bleed', 'Trim'] as const

/** Pages and boxes that are not as planned. A kept page has its boxes where its own user space has them. */
export function boxFaults(document: Pick<PdfiumDocument, 'pageCount' | 'boxes'>, plan: ComponentPlan): string[] {
  if (document.pageCount !== plan.pages.length) return [`${document.pageCount} pages instead of ${plan.pages.length}`]
  return plan.pages.flatMap((drawings, index) => {
    const [first] = drawings
    const wanted = first?.draw === 'keep' ? [first.media, first.media, first.trim] : planned(plan)
    const found = document.boxes(index + 1, names)
    return names.flatMap((name, place) =>
      isAt(found[place], wanted[place]) ? [] : [`page ${index + 1}: ${name}Box is not as planned`],
    )
  })
}

function planned({ sheetWidthMm, sheetHeightMm, trimBox }: ComponentPlan): readonly RawBox[] {
  const sheet = { x: 0, y: 0, width: pointsOf(sheetWidthMm), height: pointsOf(sheetHeightMm) }
  return [sheet, sheet, inPoints(trimBox)]
}

const inPoints = ({ xMm, yMm, widthMm, heightMm }: Box): RawBox => ({
  x: pointsOf(xMm),
  y: pointsOf(yMm),
  width: pointsOf(widthMm),
  height: pointsOf(heightMm),
})

const sides = ['x', 'y', 'width', 'height'] as const

const isAt = (found: RawBox | undefined, wanted: RawBox | undefined): boolean =>
  found !== undefined &&
  wanted !== undefined &&
  sides.every((side) => Math.abs(found[side] - wanted[side]) <= exactWithinPt)
