import type { Box } from '#contracts/geometry/box.ts'
import { pointsOf } from '#contracts/geometry/lengths.ts'
import type { RawBox } from '../inspect/facts.ts'

/** The six numbers of a PDF transformation: x' = a·x + c·y + e, y' = b·x + d·y + f. */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number]

export const identity: Matrix = [1, 0, 0, 1, 0, 0]

/** First `first`, then `second`. */
export function followedBy(first: Matrix, second: Matrix): Matrix {
  const [a, b, c, d, e, f] = first
  const [g, h, i, j, k, l] = second
  return [a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + l]
}

/** A rectangle in points. */
export type Rectangle = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

export const inPoints = ({ xMm, yMm, widthMm, heightMm }: Box): Rectangle => ({
  x: pointsOf(xMm),
  y: pointsOf(yMm),
  width: pointsOf(widthMm),
  height: pointsOf(heightMm),
})

/** From the unit square as stored to the unit square as seen, both with y upwards. */
const turns: Readonly<Record<number, Matrix>> = {
  1: [1, 0, 0, 1, 0, 0],
  2: [-1, 0, 0, 1, 1, 0],
  3: [-1, 0, 0, -1, 1, 1],
  4: [1, 0, 0, -1, 0, 1],
  5: [0, -1, -1, 0, 1, 1],
  6: [0, -1, 1, 0, 0, 1],
  7: [0, 1, 1, 0, 0, 0],
  8: [0, 1, -1, 0, 1, 0],
}

/** From the unit square as seen back to the one as stored: quarter turns change places, the others undo themselves. */
export function inverseTurnOf(orientation: number): Matrix {
  const inverse = orientation === 6 ? 8 : orientation === 8 ? 6 : orientation
  return turns[inverse] ?? identity
}

/** Puts the stored `region`, turned upright, onto `to`. */
export function placementOf(region: RawBox, orientation: number, to: Rectangle): Matrix {
  const toUnit: Matrix = [
    1 / region.width,
    0,
    0,
    1 / region.height,
    -region.x / region.width,
    -region.y / region.height,
  ]
  const turn = turns[orientation] ?? identity
  return followedBy(followedBy(toUnit, turn), [to.width, 0, 0, to.height, to.x, to.y])
}
