import type { Box } from '#contracts/geometry/box.ts'
import { pointsOf } from '#contracts/geometry/lengths.ts'
import type { RawBox } from '../inspect/facts.ts'
import type { ComponentPlan } from '../plan/job-plan.ts'

/** Boxes are exact to this (points); PDFium keeps 32-bit numbers, good for 0.0002 pt at two metres. */
const exactWithinPt = 0.01
export const judgedBoxes = ['Media', 'Bleed', 'Trim'] as const

/** What is wrong with the boxes of one page. A kept page has its boxes where its own user space has them. */
export function boxFaults(found: readonly (RawBox | undefined)[], plan: ComponentPlan, page: number): string[] {
  const [first] = plan.pages[page - 1] ?? []
  const wanted = first?.draw === 'keep' ? [first.media, first.media, first.trim] : planned(plan)
  return judgedBoxes.flatMap((name, place) =>
    isAt(found[place], wanted[place]) ? [] : [`page ${page}: ${name}Box is not as planned`],
  )
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
