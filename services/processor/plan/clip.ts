import type { Box } from '#contracts/geometry/box.ts'
import type { Drawing, Place } from './job-plan.ts'
import { regionOf } from './placement.ts'
import type { PlannedPage } from './plan-source.ts'

/** The drawings cut to `area`, then moved sideways; what lies outside is not drawn. */
export function clippedPage({ drawings, notes }: PlannedPage, area: Box, byMm: number): PlannedPage {
  return { notes, drawings: drawings.flatMap((each) => clipped(each, area)).map((each) => moved(each, byMm)) }
}

function clipped(drawing: Drawing, area: Box): Drawing[] {
  switch (drawing.draw) {
    case 'place':
      return clippedPlace(drawing, area)
    case 'fill': {
      const box = common(drawing.box, area)
      return box ? [{ ...drawing, box }] : []
    }
    // Words stay in the safe area, and a kept page is never a part of a sheet.
    case 'words':
    case 'keep':
      return [drawing]
    default: {
      const never: never = drawing
      return never
    }
  }
}

/** Only the part of the source that is seen inside the area is drawn. */
function clippedPlace(place: Place, area: Box): Place[] {
  const to = common(place.to, area)
  const within = common(place.within, area)
  if (!to || !within) return []
  const part = {
    x: (to.xMm - place.to.xMm) / place.to.widthMm,
    y: (to.yMm - place.to.yMm) / place.to.heightMm,
    width: to.widthMm / place.to.widthMm,
    height: to.heightMm / place.to.heightMm,
  }
  return [{ ...place, to, within, region: regionOf(place.region, place.orientation, part) }]
}

/** Slivers thinner than this are rounding. */
const leastMm = 1e-6

function common(one: Box, other: Box): Box | undefined {
  const xMm = Math.max(one.xMm, other.xMm)
  const yMm = Math.max(one.yMm, other.yMm)
  const widthMm = Math.min(one.xMm + one.widthMm, other.xMm + other.widthMm) - xMm
  const heightMm = Math.min(one.yMm + one.heightMm, other.yMm + other.heightMm) - yMm
  return widthMm > leastMm && heightMm > leastMm ? { xMm, yMm, widthMm, heightMm } : undefined
}

function moved(drawing: Drawing, byMm: number): Drawing {
  const by = (box: Box): Box => ({ ...box, xMm: box.xMm + byMm })
  switch (drawing.draw) {
    case 'place':
      return { ...drawing, to: by(drawing.to), within: by(drawing.within) }
    case 'fill':
    case 'words':
      return { ...drawing, box: by(drawing.box) }
    case 'keep':
      return drawing
    default: {
      const never: never = drawing
      return never
    }
  }
}
