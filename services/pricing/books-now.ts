import type { PriceBook } from '#contracts/prices/price-book.ts'
import type { PriceData } from './price-data.ts'

/** A facility's prices: of each currency the newest book that is valid already. */
export function booksNow(facilityId: string, { books, now }: Pick<PriceData, 'books' | 'now'>): readonly PriceBook[] {
  const today = now.toISOString().slice(0, 10)
  const valid = books.filter((book) => book.facilityId === facilityId && book.validFrom <= today)
  return valid.filter(
    (book) => !valid.some((other) => other.currency === book.currency && other.validFrom > book.validFrom),
  )
}
