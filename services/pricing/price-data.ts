import type { Facility } from '#contracts/facility.ts'
import type { RoutingPolicy } from '#contracts/order-api/routing.ts'
import type { PriceBook } from '#contracts/prices/price-book.ts'
import type { TaxTable } from '#contracts/taxes/tax-table.ts'
import type { LoadOf } from './routing/route-wish.ts'

/** Everything that a price depends on beside what is ordered. */
export type PriceData = {
  readonly facilities: readonly Facility[]
  readonly books: readonly PriceBook[]
  readonly taxes: TaxTable
  readonly now: Date
  /** Of the account; the default one without. */
  readonly policy?: RoutingPolicy | undefined
  /** What facilities have to do already, where that is known. */
  readonly loadOf?: LoadOf | undefined
}
