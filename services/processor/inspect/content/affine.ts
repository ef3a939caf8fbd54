import type { RawBox } from '../facts.ts'

/** The six numbers of a PDF transformation: x' = a·x + c·y + e, y' = b·x + d·y + f. */
export type Affine = readonly [a: number, b: number, c: number, d: number, e: number, f: number]

export const unchanged: Affine = [1, 0, 0, 1, 0, 0]

/** First `first`, followedBy `second`. */
export function followedBy([a, b, c, d, e, f]: Affine, [g, h, i, j, k, l]: Affine): Affine {
  return [a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + l]
}

/** The upright rectangle around a rectangle after its transformation. Runs for every line of text: no arrays. */
export function mapped({ x, y, width, height }: RawBox, [a, b, c, d, e, f]: Affine): RawBox {
  const left = a * x + c * y + e + Math.min(0, a * width) + Math.min(0, c * height)
  const bottom = b * x + d * y + f + Math.min(0, b * width) + Math.min(0, d * height)
  const across = Math.abs(a * width) + Math.abs(c * height)
  return { x: left, y: bottom, width: across, height: Math.abs(b * width) + Math.abs(d * height) }
}

/** Six numbers make a transformation; anything else is none. */
export function affineOf(values: readonly unknown[]): Affine | undefined {
  const [a, b, c, d, e, f] = values.map((value) => (typeof value === 'number' ? value : Number.NaN))
  if (a === undefined || b === undefined || c === undefined) return undefined
  if (d === undefined || e === undefined || f === undefined) return undefined
  const matrix: Affine = [a, b, c, d, e, f]
  return matrix.every(Number.isFinite) ? matrix : undefined
}
