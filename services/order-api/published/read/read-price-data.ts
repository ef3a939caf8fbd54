import type { Database } from '#chassis/database.ts'
import { Facility } from '#contracts/facility.ts'
import type { CurrencyCode } from '#contracts/money.ts'
import type { PriceBook } from '#contracts/prices/price-book.ts'
import { readBooks } from '../../quotes/price-book-store.ts'
import { inHalves } from './in-halves.ts'

const facilitiesSql = 'select doc as row from facilities order by id'

/**
 * Facilities and price books as they are committed: not from a directory that may be seconds old. A document of prices that is published must
 * not be older than the edit that asked for it.
 */
export async function readPriceData(
  database: Database,
  currencies: readonly CurrencyCode[],
  now: Date,
): Promise<{ readonly facilities: readonly Facility[]; readonly books: readonly PriceBook[] }> {
  const facilities = await database.rows(Facility, facilitiesSql)
  if (currencies.length === 0) return { facilities, books: [] }
  const ids = facilities.map(({ id }) => id)
  const { rows, failed } = await inHalves(ids, (some) => readBooks(database, some, currencies, now))
  const [cause] = failed.values()
  if (cause !== undefined) throw new Error(`Price books of ${[...failed.keys()].join(', ')} cannot be read`, { cause })
  return { facilities, books: rows }
}
