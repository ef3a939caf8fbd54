import type { Crop } from '#contracts/design.ts'
import { millimetresPerInch } from '#contracts/geometry/lengths.ts'

/** The same sums as production's (processor/plan: placement, shaping, resolution); a test holds them equal. Shares count from the top left. */
export type Size = { readonly width: number; readonly height: number }
export type Turn = 0 | 90 | 180 | 270

export const wholePicture: Crop = { x: 0, y: 0, width: 1, height: 1 }

/** A size as seen after turns of 90°. */
export const turnedSize = ({ width, height }: Size, turn: Turn): Size =>
  turn === 90 || turn === 270 ? { width: height, height: width } : { width, height }

/** How far two shapes differ: 1 is not at all, 2 is twice as long. */
export function shapeDifference(one: Size, other: Size): number {
  const ratio = one.width / one.height / (other.width / other.height)
  return Math.max(ratio, 1 / ratio)
}

/** Whether production turns the sheet for a picture that nobody placed. */
export const isBetterTurned = (picture: Size, area: Size): boolean =>
  shapeDifference(turnedSize(picture, 90), area) < shapeDifference(picture, area) - 0.01

/** The largest part of a picture that has the shape of a frame, made smaller by `zoom`, as near to `near` as the edges allow. */
export function cropFor(picture: Size, frame: Size, zoom = 1, near = { x: 0.5, y: 0.5 }): Crop {
  const scale = Math.max(frame.width / picture.width, frame.height / picture.height) * Math.max(1, zoom)
  const width = Math.min(1, frame.width / (picture.width * scale))
  const height = Math.min(1, frame.height / (picture.height * scale))
  return { x: around(near.x, width), y: around(near.y, height), width, height }
}

const around = (near: number, length: number): number => Math.max(0, Math.min(1 - length, near - length / 2))

/** How much a crop is enlarged over the largest one of that shape. */
export function zoomOf(crop: Crop, picture: Size, frame: Size): number {
  const largest = cropFor(picture, frame)
  return Math.max(1, Math.max(largest.width / crop.width, largest.height / crop.height))
}

export const middleOf = ({ x, y, width, height }: Crop) => ({ x: x + width / 2, y: y + height / 2 })

/** The crop of the same part of the picture once that is turned a quarter clockwise. */
export const quarterTurned = ({ x, y, width, height }: Crop): Crop => ({
  ...{ x: Math.max(0, 1 - y - height), y: x },
  ...{ width: height, height: width },
})

/** The way back: a quarter counter-clockwise. */
export const quarterTurnedBack = ({ x, y, width, height }: Crop): Crop => ({
  ...{ x: y, y: Math.max(0, 1 - x - width) },
  ...{ width: height, height: width },
})

/** What filling a frame shows of a crop that has not its shape: cut around its middle. */
export function filledCrop(picture: Size, frame: Size, crop: Crop): Crop {
  const inner = cropFor({ width: picture.width * crop.width, height: picture.height * crop.height }, frame)
  return {
    ...{ x: crop.x + inner.x * crop.width, y: crop.y + inner.y * crop.height },
    ...{ width: inner.width * crop.width, height: inner.height * crop.height },
  }
}

/** Pixels an inch at which a crop is printed across `widthMm`. */
export const dpiOf = (picture: Size, crop: Crop, widthMm: number): number =>
  (picture.width * crop.width) / (widthMm / millimetresPerInch)

export type Sharpness = 'good' | 'soft' | 'low'

export function sharpnessOf(
  dpi: number,
  { reject_below_dpi, minimum_dpi }: { readonly reject_below_dpi: number; readonly minimum_dpi: number },
): Sharpness {
  if (dpi < reject_below_dpi) return 'low'
  return dpi < minimum_dpi ? 'soft' : 'good'
}
