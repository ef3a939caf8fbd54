import type { Database } from '#chassis/database.ts'
import { PriceBook } from '#contracts/prices/price-book.ts'

/** The price books that are valid now or will be, give or take `staleMilliseconds`. */
export type PriceDirectory = { readonly all: () => Promise<readonly PriceBook[]> }

const staleMilliseconds = 15_000

/** What is over is left out: only what may still be valid comes, however many years of books there are. */
const selectSql = `select b.doc as row from price_books b
  where b.valid_from >= coalesce((select max(o.valid_from) from price_books o where o.facility_id = b.facility_id
    and o.currency = b.currency and o.valid_from <= :today::date), b.valid_from)
  order by b.facility_id, b.currency, b.valid_from`

/** Reads the books when asked and at most every 15 s; while a fresh read is under way, or fails, the known ones serve. */
export function createPriceDirectory(database: Database, now: () => Date): PriceDirectory {
  let known: { readonly books: readonly PriceBook[]; readonly atEpochMs: number } | undefined
  let reading: Promise<readonly PriceBook[]> | undefined
  const read = async (): Promise<readonly PriceBook[]> => {
    try {
      const books = await database.rows(PriceBook, selectSql, { today: now().toISOString().slice(0, 10) })
      known = { books, atEpochMs: now().getTime() }
      return books
    } finally {
      reading = undefined
    }
  }
  return {
    all: async () => {
      if (known && now().getTime() - known.atEpochMs < staleMilliseconds) return known.books
      reading ??= read()
      if (!known) return reading
      // Prices that were good a moment ago are better than no price: a failed refresh is tried again by the next quote.
      reading.catch(() => undefined)
      return known.books
    },
  }
}
