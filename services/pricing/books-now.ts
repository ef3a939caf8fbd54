import type { PriceBook } from '#contracts/prices/price-book.ts'
import type { PriceData } from './price-data.ts'

const indexes = new WeakMap<readonly PriceBook[], ReadonlyMap<string, readonly PriceBook[]>>()

/** A facility's prices: of each currency the newest book that is valid already. */
export function booksNow(facilityId: string, { books, now }: Pick<PriceData, 'books' | 'now'>): readonly PriceBook[] {
  const today = now.toISOString().slice(0, 10)
  const valid = booksOf(facilityId, books).filter((book) => book.validFrom <= today)
  return valid.filter(
    (book) => !valid.some((other) => other.currency === book.currency && other.validFrom > book.validFrom),
  )
}

/** Nobody changes a list of books: by facility it is made once, and kept as long as the list is. */
function booksOf(facilityId: string, books: readonly PriceBook[]): readonly PriceBook[] {
  const known = indexes.get(books) ?? Map.groupBy(books, (book) => book.facilityId)
  indexes.set(books, known)
  return known.get(facilityId) ?? []
}
