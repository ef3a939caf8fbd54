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
): { readonly end: number; readonly freed: readonly number[] } {
  const cursor = new ByteCursor(bytes, from)
  const freed: number[] = []
  let next = 0
  for (let isFirst = true; ; ) {
    cursor.skip()
    const end = cursor.at
    const row = readRow(cursor)
    if (row === undefined) return { end, freed }
    const { place, generation, letter } = row
    if (letter === undefined) next = place
    else {
      // The head of the list of free objects is always object 0: a subsection that gives it number 1 is off by one.
      if (isFirst && next === 1 && letter === 'f' && place === 0 && generation === 65_535) next = 0
      if (letter === 'n' && place > 0) table.add(next, plain, place + shift, generation)
      else freed.push(next)
      next++
      isFirst = false
    }
  }
}

/** Two numbers and what follows them; without a letter they are the head of a subsection. */
function readRow(cursor: ByteCursor): { place: number; generation: number; letter: 'n' | 'f' | undefined } | undefined {
  const place = cursor.count()
  const generation = place === undefined ? undefined : cursor.count()
  if (place === undefined || generation === undefined) return undefined
  const code = cursor.skip()
  if (code !== 110 && code !== 102) return { place, generation, letter: undefined }
  cursor.at++
  return { place, generation, letter: code === 110 ? 'n' : 'f' }
}
