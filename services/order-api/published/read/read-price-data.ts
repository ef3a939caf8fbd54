import type { Database } from '#chassis/database.ts'
import { Facility } from '#contracts/facility.ts'
import type { CurrencyCode } from '#contracts/money.ts'
import type { PriceBook } from '#contracts/prices/price-book.ts'
import { readBooks } from '../../quotes/price-book-store.ts'
import { inHalves } from './in-halves.ts'

const facilitiesSql = 'select doc as row from facilities order by id'

export type PublishedPriceData = {
  readonly facilities: readonly Facility[]
  readonly books: readonly PriceBook[]
  /** Currencies whose books cannot be read, and why: no price in one of these is known. */
  readonly unread: ReadonlyMap<CurrencyCode, unknown>
}

/**
 * Facilities and price books as they are committed: not from a directory that may be seconds old. A document of prices that is published must
 * not be older than the edit that asked for it.
 */
export async function readPriceData(
  database: Database,
  currencies: readonly CurrencyCode[],
  now: Date,
): Promise<PublishedPriceData> {
  const facilities = await database.rows(Facility, facilitiesSql)
  const ids = facilities.map(({ id }) => id)
  const { rows: books, failed: unread } = await inHalves(currencies, async (some) => {
    const { rows, failed } = await inHalves(ids, (few) => readBooks(database, few, some, now))
    const [cause] = failed.values()
    if (cause === undefined) return rows
    throw new Error(`Price books of ${[...failed.keys()].join(', ')} in ${some.join(', ')} cannot be read`, { cause })
  })
  return { facilities, books, unread }
}
