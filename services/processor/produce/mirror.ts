import { followedBy, type Matrix, type Rectangle } from './matrix.ts'

/** One painting of a picture: where it goes, and the rectangle outside of which nothing of it shows. */
export type Painting = { readonly matrix: Matrix; readonly clip: Rectangle }

/**
 * Reflections reach this far (points) under their neighbours, so that no renderer shows a hairline where two clips meet:
 * the mirror stands half of it inside the picture.
 */
const overlap = 0.7

/**
 * The paintings that show a picture on `to` and its reflections in what `within` holds beyond it, in painting order:
 * corners, sides, the picture itself. No pixels are copied: the same object is drawn up to nine times.
 */
export function mirroredPaintings(matrix: Matrix, to: Rectangle, within: Rectangle): Painting[] {
  const columns = bands(to.x, to.width, within.x, within.width)
  const rows = bands(to.y, to.height, within.y, within.height)
  const paintings = columns.flatMap((column) =>
    rows.map((row) => ({
      rank: Number(column.isMiddle) + Number(row.isMiddle),
      matrix: followedBy(matrix, [column.scale, 0, 0, row.scale, column.shift, row.shift]),
      clip: { x: column.from, y: row.from, width: column.to - column.from, height: row.to - row.from },
    })),
  )
  return paintings.toSorted((one, other) => one.rank - other.rank).map(({ matrix: to, clip }) => ({ matrix: to, clip }))
}

type Band = {
  readonly from: number
  readonly to: number
  readonly scale: number
  readonly shift: number
  readonly isMiddle: boolean
}

/** Along one axis: the picture's own stretch, cut to `within`, and a reflected stretch on each side that has room. */
function bands(start: number, length: number, outerStart: number, outerLength: number): Band[] {
  const end = start + length
  const outerEnd = outerStart + outerLength
  const middle = {
    from: Math.max(start, outerStart),
    to: Math.min(end, outerEnd),
    scale: 1,
    shift: 0,
    isMiddle: true,
  }
  const list: Band[] = [middle]
  const isRoom = (points: number): boolean => points > 0.001
  if (isRoom(start - outerStart)) {
    list.push({ from: outerStart, to: start + overlap, scale: -1, shift: 2 * start + overlap, isMiddle: false })
  }
  if (isRoom(outerEnd - end)) {
    list.push({ from: end - overlap, to: outerEnd, scale: -1, shift: 2 * end - overlap, isMiddle: false })
  }
  return list
}
