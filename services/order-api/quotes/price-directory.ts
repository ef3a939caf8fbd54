import { createCache } from '#chassis/cache/cache.ts'
import { keyOfEveryone } from '#chassis/cache/cache-key.ts'
import type { Database } from '#chassis/database.ts'
import type { Log } from '#chassis/log.ts'
import { PriceBook } from '#contracts/prices/price-book.ts'

/** The price books that are valid now or will be, as they were at most 15 s ago; while the database does not answer, 70 s. */
export type PriceDirectory = { readonly all: () => Promise<readonly PriceBook[]> }

/** What is over is left out: only what may still be valid comes, however many years of books there are. */
const selectSql = `select b.doc as row from price_books b
  where b.valid_from >= coalesce((select max(o.valid_from) from price_books o where o.facility_id = b.facility_id
    and o.currency = b.currency and o.valid_from <= :today::date), b.valid_from)
  order by b.facility_id, b.currency, b.valid_from`

const key = keyOfEveryone('price-books')

/** Orders are charged by these: they are read from the database by each process, never from what another one wrote somewhere. */
export function createPriceDirectory(database: Database, now: () => Date, log: Log): PriceDirectory {
  const cache = createCache<readonly PriceBook[]>({
    name: 'price-books',
    load: () => database.rows(PriceBook, selectSql, { today: now().toISOString().slice(0, 10) }),
    freshMilliseconds: 10_000,
    staleMilliseconds: 5_000,
    staleOnErrorMilliseconds: 60_000,
    absentMilliseconds: 0,
    most: { entries: 1 },
    now,
    log,
  })
  return { all: async () => (await cache.get(key)) ?? [] }
}
