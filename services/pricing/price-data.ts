import type { Facility } from '#contracts/facility.ts'
import type { PriceBook } from '#contracts/prices/price-book.ts'
import type { TaxTable } from '#contracts/taxes/tax-table.ts'

/** Everything that a price depends on beside what is ordered. */
export type PriceData = {
  readonly facilities: readonly Facility[]
  readonly books: readonly PriceBook[]
  readonly taxes: TaxTable
  readonly now: Date
}
