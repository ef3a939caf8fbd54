import { taxTable } from '#contracts/taxes/tax-table.ts'
import type { PriceData } from '#pricing/price-data.ts'
import type { FacilityDirectory } from '../routing/facility-directory.ts'
import type { PriceDirectory } from './price-directory.ts'

/** The data as they are now: from memory once the two directories are warm, whatever the database does. */
export async function readPriceData(context: {
  readonly facilities: FacilityDirectory
  readonly prices: PriceDirectory
  readonly now: () => Date
}): Promise<PriceData> {
  const [facilities, books] = await Promise.all([context.facilities.all(), context.prices.all()])
  return { facilities, books, taxes: taxTable, now: context.now() }
}
