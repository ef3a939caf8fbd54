import type { CurrencyCode } from '#contracts/money.ts'
import { immutablePaths } from '#contracts/published/document-paths.ts'
import type { PricesDocument } from '#contracts/published/prices-document.ts'
import type { Use } from '../tracked.ts'
import { firstDayOf } from './first-day.ts'
import { partOf } from './part-of.ts'
import { type Rendered, rendered } from './rendered.ts'
import type { Sources } from './sources.ts'

/** The price books of a currency that hold now or will, and one document of each; nothing where there is none. */
export function renderPrices(currency: CurrencyCode, sources: Sources, use: Use): Rendered | undefined {
  const places = use(sources.facilities)
  const all = use(sources.books(currency))
  const books = all.filter((book) => !isOver(book, all, sources.now))
  const entries = books.flatMap((book) => {
    const facility = places.find(({ id }) => id === book.facilityId)
    if (!facility) return []
    const part = partOf(
      (hash) => immutablePaths.priceBook(currency, book.facilityId, hash),
      (useInPart) => {
        useInPart(sources.books(currency))
        return book
      },
    )
    const { id: facility_id, country } = facility
    return [{ part, entry: { facility_id, country, valid_from: book.validFrom, document: part.path } }]
  })
  if (entries.length === 0) return undefined
  const document: PricesDocument = { object: 'prices', currency, data: entries.map(({ entry }) => entry) }
  return rendered(document, { parts: entries.map(({ part }) => part), changesAt: firstDayOf(books, sources.now) })
}

type Book = { readonly facilityId: string; readonly validFrom: string }

/** A later one of its facility holds already. All are of one currency. */
function isOver(book: Book, all: readonly Book[], now: Date): boolean {
  const today = now.toISOString().slice(0, 10)
  return all.some(
    ({ facilityId, validFrom }) => facilityId === book.facilityId && validFrom > book.validFrom && validFrom <= today,
  )
}
