import type { Box } from '#contracts/geometry/box.ts'
import type { RawBox } from '../inspect/facts.ts'
import type { Place } from '../plan/job-plan.ts'
import type { Artwork } from '../produce/artwork-shelf.ts'
import { followedBy, inPoints, type Matrix, placementOf, type Rectangle } from '../produce/matrix.ts'
import { mirroredPaintings } from '../produce/mirror.ts'
import { numbersText } from './pdf-text.ts'

/** Operators that draw an artwork, by the name that the page gives it, where the plan places it. */
export type PlacePainter = (place: Place, artwork: Artwork, name: string) => string

type Painted = { readonly place: Place; readonly toRegion: Matrix; readonly name: string; readonly text: string }

const mostKept = 4

/** Pages of a book lie alike: what the last few were painted with fits most of the next. */
export function createPlacePainter(): PlacePainter {
  const kept: Painted[] = []
  return (place, { toRegion }, name) => {
    const known = kept.find(
      (each) => each.name === name && isSameMatrix(each.toRegion, toRegion) && lieAlike(each.place, place),
    )
    if (known) return known.text
    const text = painted(place, toRegion, name)
    if (kept.unshift({ place, toRegion, name, text }) > mostKept) kept.pop()
    return text
  }
}

function painted(place: Place, toRegion: Matrix, name: string): string {
  const to = inPoints(place.to)
  const matrix = followedBy(toRegion, placementOf(place.region, place.orientation, to))
  return mirroredPaintings(matrix, to, inPoints(place.within))
    .map(({ clip, matrix: onto }) => `q ${rectangle(clip)} re W n ${matrixText(onto)} cm ${name} Do Q`)
    .join('\n')
}

const lieAlike = (one: Place, other: Place): boolean =>
  one.orientation === other.orientation &&
  isSameRegion(one.region, other.region) &&
  isSameBox(one.to, other.to) &&
  isSameBox(one.within, other.within)

const isSameMatrix = (one: Matrix, other: Matrix): boolean => one.every((value, place) => value === other[place])

const isSameRegion = (one: RawBox, other: RawBox): boolean =>
  one.x === other.x && one.y === other.y && one.width === other.width && one.height === other.height

const isSameBox = (one: Box, other: Box): boolean =>
  one.xMm === other.xMm && one.yMm === other.yMm && one.widthMm === other.widthMm && one.heightMm === other.heightMm

const rectangle = ({ x, y, width, height }: Rectangle): string => numbersText([x, y, width, height])

/** Scales of large images are small numbers: nine decimals keep a metre exact to a thousandth of a millimetre. */
const matrixText = (matrix: readonly number[]): string =>
  matrix.map((value, place) => (place < 4 ? value.toFixed(9).replace(/\.?0+$/, '') : numbersText([value]))).join(' ')
