import type { ObjectStore } from './object-store.ts'
import { PdfFault } from './pdf-file.ts'
import { type PdfDict, PdfName, PdfRef, type PdfValue } from './values.ts'

/** The catalog of a file whose trailer does not lead to one: found by its type, or made for the pages that are there. */
export function substituteCatalog(store: ObjectStore): PdfDict {
  const found = byType(store)
  if (found.catalog !== undefined) return found.catalog
  if (found.root !== undefined) return catalogOf(found.root)
  if (found.pages.length > 0) return catalogOf(treeOf(found.pages))
  throw new PdfFault('CORRUPT_UNRECOVERABLE', 'no catalog and no pages found, although the whole file was searched')
}

/** Pages that stand in the file by themselves, by ascending number. */
export const loosePages = (store: Pick<ObjectStore, 'object'>, numbers: readonly number[]): PdfRef[] =>
  numbers.filter((number) => typeOf(store.object(number)) === 'Page').map((number) => new PdfRef(number, 0))

type Found = { catalog: PdfDict | undefined; root: PdfRef | undefined; pages: PdfRef[] }

function byType(store: ObjectStore): Found {
  const found: Found = { catalog: undefined, root: undefined, pages: [] }
  let most = -1
  for (const number of store.table.numbersInUse()) {
    const value = quietly(store, number)
    if (!(value instanceof Map)) continue
    const type = typeOf(value)
    if (type === 'Catalog' && store.resolve(value.get('Pages')) instanceof Map) found.catalog = value
    if (type === 'Page') found.pages.push(new PdfRef(number, 0))
    if (type !== 'Pages' || store.resolve(value.get('Parent')) instanceof Map) continue
    const kids = store.resolve(value.get('Kids'))
    if (!Array.isArray(kids) || kids.length <= most) continue
    most = kids.length
    found.root = new PdfRef(number, 0)
  }
  return found
}

function quietly(store: ObjectStore, number: number): PdfValue {
  try {
    return store.object(number)
  } catch (problem) {
    if (problem instanceof PdfFault) return null
    throw problem
  }
}

function typeOf(value: PdfValue): string | undefined {
  const type = value instanceof Map ? value.get('Type') : undefined
  return type instanceof PdfName ? type.text : undefined
}

const treeOf = (pages: readonly PdfRef[]): PdfDict =>
  new Map<string, PdfValue>([
    ['Type', new PdfName('Pages')],
    ['Kids', pages],
    ['Count', pages.length],
  ])

const catalogOf = (pages: PdfValue): PdfDict =>
  new Map<string, PdfValue>([
    ['Type', new PdfName('Catalog')],
    ['Pages', pages],
  ])
