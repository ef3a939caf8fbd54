import type { Facility } from '#contracts/facility.ts'
import type { PriceBook } from '#contracts/prices/price-book.ts'
import { type TaxTable, taxTable } from '#contracts/taxes/tax-table.ts'
import type { FacilityDirectory } from '../routing/facility-directory.ts'
import type { PriceDirectory } from './price-directory.ts'

/** Everything that a price depends on beside what is ordered. */
export type PriceData = {
  readonly facilities: readonly Facility[]
  readonly books: readonly PriceBook[]
  readonly taxes: TaxTable
  readonly now: Date
}

/** The data as they are now: from memory once the two directories are warm, whatever the database does. */
export async function readPriceData(context: {
  readonly facilities: FacilityDirectory
  readonly prices: PriceDirectory
  readonly now: () => Date
}): Promise<PriceData> {
  const [facilities, books] = await Promise.all([context.facilities.all(), context.prices.all()])
  return { facilities, books, taxes: taxTable, now: context.now() }
}
