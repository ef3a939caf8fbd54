import { endOf } from './object-reader.ts'
import type { OpenDocument } from './open-document.ts'
import { PdfFault } from './pdf-file.ts'
import { PdfName, PdfStream, type PdfValue } from './values.ts'
import { packed, plain } from './xref-table.ts'

type Extent = readonly [number, number]

/** What may stand between objects: the words that end things, and short comments. */
const mostGapBytes = 1024
const harmless = /^(?:[\0\t\n\f\r ]|endstream|endobj|startxref\s+\d+|%[^\r\n]{0,160}(?=[\r\n]|$))*$/

/**
 * True only where nothing in the file lies outside the objects in use and the sections: no older state, no stowaway; and
 * where each object read so far is written as the standard wants it.
 */
export function isWithoutLeftovers(document: OpenDocument): boolean {
  try {
    if (document.wasRebuilt) return false
    const extents = objectExtents(document).concat(sectionExtents(document))
    if (document.wasRebuilt || extents.some(([from, to]) => to < from)) return false
    return isCovered(document, extents) && hasNothingHidden(document) && !document.store.sawOddity
  } catch (problem) {
    if (problem instanceof PdfFault) return false
    throw problem
  }
}

const sectionExtents = ({ sections }: OpenDocument): Extent[] => sections.map(({ start, end }) => [start, end])

function objectExtents({ store }: OpenDocument): Extent[] {
  const { table } = store
  const extents: Extent[] = []
  for (const number of table.numbersInUse()) {
    if (table.kind(number) === plain) extents.push([table.place(number), table.end(number) || endIn(store, number)])
  }
  return extents
}

/** Of an object that nobody has read yet; -1 where none stands. */
function endIn({ reader, table }: OpenDocument['store'], number: number): number {
  const found = reader.read(table.place(number))
  return found?.id.number === number ? endOf(found) : -1
}

function isCovered({ store: { bytes } }: OpenDocument, extents: readonly Extent[]): boolean {
  let covered = 0
  for (const [from, to] of extents.toSorted(([a], [b]) => a - b)) {
    if (from > covered && !isHarmless(bytes.read(covered, from))) return false
    covered = Math.max(covered, to)
  }
  return isHarmless(bytes.read(covered, bytes.size))
}

/** White space may be long: programs leave room for later. */
function isHarmless(gap: Buffer): boolean {
  if (gap.length <= mostGapBytes) return harmless.test(gap.toString('latin1'))
  return gap.every((code) => code === 0 || code === 32 || (code >= 9 && code <= 13))
}

/** Object streams may hold objects that the table does not know, or knows elsewhere. */
function hasNothingHidden({ store }: OpenDocument): boolean {
  const { table } = store
  const numbers = table.numbersInUse().filter((number) => table.kind(number) === packed)
  const containers = new Set(numbers.map((number) => table.place(number)))
  return [...containers].every(
    (container) =>
      isPlainContainer(store.object(container)) &&
      store
        .packedNumbers(container)
        .every((number) => table.kind(number) === packed && table.place(number) === container),
  )
}

/** An object stream that says what it is and is packed in the usual way: a press's reader, and our judge, can look into it. */
function isPlainContainer(value: PdfValue): boolean {
  if (!(value instanceof PdfStream)) return false
  const { dict } = value
  const [type, filter] = [dict.get('Type'), dict.get('Filter')]
  const isUsual = filter === undefined || (filter instanceof PdfName && filter.text === 'FlateDecode')
  return type instanceof PdfName && type.text === 'ObjStm' && isUsual && !dict.has('DecodeParms')
}
