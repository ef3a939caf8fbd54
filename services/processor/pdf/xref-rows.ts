import { ByteCursor } from './byte-cursor.ts'
import type { ByteSource } from './byte-source.ts'
import { plain, type XrefTable } from './xref-table.ts'

/**
 * Reads the rows of a classic table from behind `xref` up to what is no row. The counts of subsections are not
 * believed: two numbers with `n` or `f` are a row, without it they begin a subsection; line ends do not matter.
 */
export function readXrefRows(
  bytes: ByteSource,
  from: number,
  shift: number,
  table: XrefTable,
): { readonly end: number; readonly freed: readonly number[]; readonly isOdd: boolean } {
  const cursor = new ByteCursor(bytes, from)
  const freed: number[] = []
  let oddities = 0
  let next = 0
  let announced = 0
  for (let isFirst = true; ; ) {
    cursor.skip()
    const end = cursor.at
    const row = readRow(cursor)
    if (row === undefined) return { end, freed, isOdd: oddities + Number(next !== announced) > 0 }
    const { place, generation, letter } = row
    if (letter === undefined) {
      oddities += Number(next !== announced)
      next = place
      announced = place + generation
    } else {
      oddities += row.oddities
      // The head of the list of free objects is always object 0: a subsection that gives it number 1 is off by one.
      if (isFirst && next === 1 && letter === 'f' && place === 0 && generation === 65_535) next = 0
      if (letter === 'n' && place > 0) table.add(next, plain, place + shift, generation)
      else freed.push(next)
      next++
      isFirst = false
    }
  }
}

type Row = {
  readonly place: number
  readonly generation: number
  readonly letter: 'n' | 'f' | undefined
  /** 1 where it is not in the form of `0000000015 00000 n`, or says that an object in use is nowhere. */
  readonly oddities: 0 | 1
}

/** Two numbers and what follows them; without a letter they are the head of a subsection. */
function readRow(cursor: ByteCursor): Row | undefined {
  cursor.skip()
  const from = cursor.at
  const place = cursor.count()
  const generation = place === undefined ? undefined : cursor.count()
  if (place === undefined || generation === undefined) return undefined
  const code = cursor.skip()
  if (code !== 110 && code !== 102) return { place, generation, letter: undefined, oddities: 0 }
  const isOdd = cursor.at - from !== rowBytes || (code === 110 && place === 0)
  cursor.at++
  return { place, generation, letter: code === 110 ? 'n' : 'f', oddities: isOdd ? 1 : 0 }
}

/** Ten digits, five digits and a blank after each. */
const rowBytes = 17
