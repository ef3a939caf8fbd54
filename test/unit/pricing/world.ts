import { taxTable } from '#contracts/taxes/tax-table.ts'
import type { PriceData } from '#pricing/price-data.ts'
import type { PricedItem, PricedPart } from '#pricing/price-order.ts'
import { localFacilities } from '../../../local/facilities.ts'
import { localPriceBooks } from '../../../local/prices/local-price-books.ts'

/** A Friday, before every cut-off. */
export const now = new Date('2026-11-20T09:00:00.000Z')

export const data: PriceData = { facilities: localFacilities, books: localPriceBooks, taxes: taxTable, now }

export const part = (items: readonly PricedItem[], changes: Partial<PricedPart> = {}): PricedPart => ({
  items,
  destination: { country: 'NL' },
  currency: 'EUR',
  ...changes,
})
