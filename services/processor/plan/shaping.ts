import type { Crop, Design, Focus, turns } from '#contracts/design.ts'
import { fillingPart, type Part, type Point, partSize, type Size, whole, within } from './placement.ts'

/** What a customer says of how one picture goes into its frame; all of it may be left out. */
export type Shaping = {
  readonly rotate?: (typeof turns)[number] | undefined
  readonly fit?: 'fill' | 'fit' | undefined
  readonly focus?: Focus | undefined
  readonly crop?: Crop | undefined
}

/** A picture's own words before those that hold for the whole design. */
export function shapingOf(own: Shaping, design: Design | undefined): Shaping {
  return {
    rotate: own.rotate ?? design?.rotate,
    fit: own.fit ?? design?.fit,
    focus: own.focus ?? design?.focus,
    crop: own.crop ?? design?.crop,
  }
}

/** The part that the customer's own cut leaves: of the picture as it is seen, counted from its lower left. */
export function croppedPart({ crop }: Shaping): Part {
  if (!crop) return whole
  const width = Math.min(1, crop.width)
  const height = Math.min(1, crop.height)
  return { x: Math.min(crop.x, 1 - width), y: Math.max(0, 1 - crop.y - height), width, height }
}

/** Of the customer's cut, the part that fills a frame of this shape, around the point that is to stay in sight. */
export function filledPart(source: Size, frame: Size, shaping: Shaping): Part {
  const cut = croppedPart(shaping)
  return within(cut, fillingPart(partSize(source, cut), frame, focusIn(cut, shaping.focus)))
}

function focusIn(cut: Part, focus: Focus | undefined): Point {
  if (!focus) return { x: 0.5, y: 0.5 }
  return { x: (focus.x - cut.x) / cut.width, y: (1 - focus.y - cut.y) / cut.height }
}

/** The same words for a picture that is shown turned a quarter clockwise. */
export function turnedShaping({ rotate, fit, focus, crop }: Shaping): Shaping {
  return {
    rotate,
    fit,
    focus: focus && { x: 1 - focus.y, y: focus.x },
    crop: crop && { x: Math.max(0, 1 - crop.y - crop.height), y: crop.x, width: crop.height, height: crop.width },
  }
}
