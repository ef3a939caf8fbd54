import { free, highestNumber, packed, plain, type XrefTable } from './xref-table.ts'

export type XrefStreamShape = {
  readonly widths: readonly [number, number, number]
  /** First number and count, in turn. */
  readonly index: readonly number[]
}

/** Reads the rows of a cross-reference stream; gives where the last one that is announced would end. */
export function readXrefStreamRows(data: Buffer, shape: XrefStreamShape, shift: number, table: XrefTable): number {
  const [kindWidth, placeWidth, indexWidth] = shape.widths
  const rowLength = kindWidth + placeWidth + indexWidth
  let at = 0
  for (const number of numbersOf(shape.index)) {
    if (at + rowLength > data.length) return at + rowLength
    const kind = kindWidth === 0 ? 1 : field(data, at, kindWidth)
    const place = field(data, at + kindWidth, placeWidth)
    const index = field(data, at + kindWidth + placeWidth, indexWidth)
    at += rowLength
    if (kind === 1 && place > 0) table.add(number, plain, place + shift, index)
    else if (kind === 2) table.add(number, packed, place, index)
    else if (kind <= 1) table.add(number, free, 0, 0)
  }
  return at
}

function* numbersOf(index: readonly number[]): Generator<number> {
  for (let pair = 0; pair + 1 < index.length; pair += 2) {
    const first = index[pair] ?? 0
    const last = Math.min(first + (index[pair + 1] ?? 0), highestNumber + 1)
    for (let number = first; number < last; number++) yield number
  }
}

function field(data: Buffer, at: number, width: number): number {
  let value = 0
  for (let index = 0; index < width; index++) value = value * 256 + (data[at + index] ?? 0)
  return value
}
