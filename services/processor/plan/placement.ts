import type { Box } from '#contracts/geometry/box.ts'
import { millimetresPerInch } from '#contracts/geometry/lengths.ts'
import type { RawBox } from '../inspect/facts.ts'

/** A size in any one unit. */
export type Size = { readonly width: number; readonly height: number }

/** Width and height as seen: orientations 5 to 8 lie on their side. */
export const uprightSize = ({ width, height }: Size, orientation: number): Size =>
  orientation >= 5 ? { width: height, height: width } : { width, height }

/** Points of PDF user space to millimetres. */
export const millimetresOf = (points: number, userUnit: number): number => (points * userUnit * millimetresPerInch) / 72

export const sizeOf = (box: Box): Size => ({ width: box.widthMm, height: box.heightMm })

/** How much wider or narrower one shape is than another: 1 is the same, 2 is twice, in either direction. */
export function shapeDifference(one: Size, other: Size): number {
  const ratio = one.width / one.height / (other.width / other.height)
  return Math.max(ratio, 1 / ratio)
}

/** Parts of the upright source, from 0 to 1, origin at its lower left. */
export type Part = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

export const whole: Part = { x: 0, y: 0, width: 1, height: 1 }

/** A point of an upright source, as shares from its lower left. */
export type Point = { readonly x: number; readonly y: number }
const middle: Point = { x: 0.5, y: 0.5 }

/**
 * The part of `source` that has the shape of `target`: nothing is left white, the rest is cut off. `near` lies as near to
 * the middle of the part as the source's edges allow.
 */
export function fillingPart(source: Size, target: Size, near: Point = middle): Part {
  const scale = Math.max(target.width / source.width, target.height / source.height)
  const width = Math.min(1, target.width / (source.width * scale))
  const height = Math.min(1, target.height / (source.height * scale))
  return { x: around(near.x, width), y: around(near.y, height), width, height }
}

const around = (near: number, length: number): number => Math.max(0, Math.min(1 - length, near - length / 2))

/** The size of a part, in the unit of the whole. */
export const partSize = ({ width, height }: Size, part: Part): Size => ({
  width: width * part.width,
  height: height * part.height,
})

/** A part of a part, as a part of the whole. */
export const within = (outer: Part, inner: Part): Part => ({
  x: outer.x + inner.x * outer.width,
  y: outer.y + inner.y * outer.height,
  width: outer.width * inner.width,
  height: outer.height * inner.height,
})

/** The largest box of the shape of `source` in the middle of `outer`: nothing is cut off, the rest stays white. */
export function fittingBox(source: Size, outer: Box): Box {
  const scale = Math.min(outer.widthMm / source.width, outer.heightMm / source.height)
  return centredIn(outer, { width: source.width * scale, height: source.height * scale })
}

/** A box of `size` millimetres around the middle of `outer`. */
export function centredIn(outer: Box, size: Size): Box {
  return {
    xMm: outer.xMm + (outer.widthMm - size.width) / 2,
    yMm: outer.yMm + (outer.heightMm - size.height) / 2,
    widthMm: size.width,
    heightMm: size.height,
  }
}

/** Where an upright part lies in the source's own units, before it is turned. */
export function regionOf(visible: RawBox, orientation: number, part: Part): RawBox {
  const [u1, v1] = unturned(orientation, part.x, part.y)
  const [u2, v2] = unturned(orientation, part.x + part.width, part.y + part.height)
  return {
    x: visible.x + Math.min(u1, u2) * visible.width,
    y: visible.y + Math.min(v1, v2) * visible.height,
    width: Math.abs(u2 - u1) * visible.width,
    height: Math.abs(v2 - v1) * visible.height,
  }
}

/** The way back from upright to stored coordinates, both from 0 to 1 with y upwards (EXIF 2.32, orientation tag). */
function unturned(orientation: number, s: number, t: number): readonly [number, number] {
  switch (orientation) {
    case 2:
      return [1 - s, t]
    case 3:
      return [1 - s, 1 - t]
    case 4:
      return [s, 1 - t]
    case 5:
      return [1 - t, 1 - s]
    case 6:
      return [1 - t, s]
    case 7:
      return [t, s]
    case 8:
      return [t, 1 - s]
    default:
      return [s, t]
  }
}
