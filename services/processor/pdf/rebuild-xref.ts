import { findBytes } from './find-bytes.ts'
import type { ObjectStore } from './object-store.ts'
import { PdfFault } from './pdf-file.ts'
import { type FoundHead, scanHeads } from './scan-heads.ts'
import { type PdfDict, PdfName, PdfStream } from './values.ts'
import { packed, plain, XrefTable } from './xref-table.ts'

const mostTrailers = 1000

/**
 * Makes the table of a damaged file by looking for `N G obj` from front to back; what comes later is newer. Object
 * streams are opened after `decrypt` had a look at the trailer. Gives the trailer.
 */
export function rebuildXref(store: ObjectStore, known: PdfDict, decrypt: (trailer: PdfDict) => void): PdfDict {
  store.table = new XrefTable()
  const containers: FoundHead[] = []
  const trailers: PdfDict[] = [known]
  scanHeads(store.bytes, store.reader, (head, value) => {
    store.table.set(head.number, plain, head.offset, head.generation)
    if (!(value instanceof PdfStream)) return
    const kind = value.dict.get('Type')
    if (!(kind instanceof PdfName)) return
    if (kind.text === 'ObjStm') containers.push(head)
    else if (kind.text === 'XRef' && trailers.length < mostTrailers) trailers.push(value.dict)
  })
  trailers.push(...looseTrailers(store))
  store.forget()
  const trailer = joined(trailers, store)
  decrypt(trailer)
  for (const container of containers) unpack(store, container)
  store.forget()
  return joined(trailers, store)
}

function looseTrailers(store: ObjectStore): PdfDict[] {
  const found: PdfDict[] = []
  let at = findBytes(store.bytes, 'trailer', 0)
  while (at >= 0 && found.length < mostTrailers) {
    const { value } = store.reader.value(at + 7)
    if (value instanceof Map) found.push(value)
    at = findBytes(store.bytes, 'trailer', at + 7)
  }
  return found
}

/** The newest with a catalog that is there, else the newest with any; what is missing comes from the others. */
function joined(trailers: readonly PdfDict[], store: ObjectStore): PdfDict {
  const isSound = (trailer: PdfDict): boolean => store.resolve(trailer.get('Root')) instanceof Map
  const best = trailers.findLast(isSound) ?? trailers.findLast((trailer) => trailer.has('Root'))
  const all = new Map(best)
  for (const trailer of trailers.toReversed()) {
    for (const key of ['Root', 'Encrypt', 'ID', 'Info']) {
      const value = trailer.get(key)
      if (value !== undefined && !all.has(key)) all.set(key, value)
    }
  }
  return all
}

/** Objects of a stream win over those that stand earlier in the file. */
function unpack(store: ObjectStore, { number: container, offset }: FoundHead): void {
  const { table } = store
  if (table.place(container) !== offset || table.kind(container) !== plain) return
  for (const [index, number] of numbersIn(store, container).entries()) {
    const isNewer = table.kind(number) === plain && table.place(number) > offset
    if (number !== container && !isNewer) table.set(number, packed, container, index)
  }
}

function numbersIn(store: ObjectStore, container: number): readonly number[] {
  try {
    return store.packedNumbers(container)
  } catch (problem) {
    if (problem instanceof PdfFault) return []
    throw problem
  }
}
