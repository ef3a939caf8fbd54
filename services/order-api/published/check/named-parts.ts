import { currenciesOfBooks } from '../../quotes/price-book-store.ts'
import { catalogueDocument, documentsOfCurrency } from '../documents-of.ts'
import type { Publishing } from '../publishing.ts'
import { readPriceData } from '../read/read-price-data.ts'
import type { Release } from '../read/release.ts'
import { renderDocument } from '../render/render-document.ts'
import { trackedSources } from '../render/sources.ts'
import { rowsOf } from './document-rows.ts'

/** Paths of the immutable documents that current ones name → the document that names them. What is just being written is left out. */
export async function namedParts(
  { database, now }: Publishing,
  { pages }: Release,
): Promise<ReadonlyMap<string, string>> {
  const currencies = await currenciesOfBooks(database)
  const at = now()
  const sources = trackedSources({ ...(await readPriceData(database, currencies, at)), pages, now: at })
  const lists = [catalogueDocument, ...currencies.flatMap(documentsOfCurrency)]
  const rows = await rowsOf(
    database,
    lists.map(({ path }) => path),
  )
  const atRest = lists.filter(({ path }) => rows.some((row) => row.path === path && row.isAtRest))
  return new Map(
    atRest.flatMap((ref) => {
      const parts = renderDocument(ref, sources, { publication: noSubject, button: noSubject })?.value.parts ?? []
      return parts.map((part) => [part.path, ref.path] as const)
    }),
  )
}

const noSubject = (): never => {
  throw new Error('A list of prices or products asked for a publication or a button')
}
