import { Refused } from '#chassis/errors.ts'
import type { Keyring } from '#chassis/keyring.ts'
import type { CurrencyCode } from '#contracts/money.ts'
import type { Charges } from '#contracts/order-api/charges.ts'
import type { PriceData } from '#pricing/price-data.ts'
import type { Order } from '../orders/order.ts'
import { chargesFor } from './charges-for.ts'
import { pricedPartOf } from './priced-part-of.ts'

export type DraftPricing = {
  readonly quoteId?: string | undefined
  /** Where the draft has no price that says it. */
  readonly currency: CurrencyCode
}

/**
 * What a draft is charged when it becomes an order: as quoted, or by the prices of this moment; it is made where it was placed. Undefined and
 * refusals as `chargesFor` has them.
 */
export function draftCharges(
  draft: Order,
  { quoteId, currency }: DraftPricing,
  data: PriceData,
  keyring: Keyring,
): Charges | undefined {
  const part = pricedPartOf(draft, draft.charges?.currency ?? currency)
  const charges = chargesFor({ owner: draft, part, method: draft.shippingMethod, quoteId }, data, keyring)
  for (const { facility_id, items } of charges?.shipping ?? []) {
    const settled = items.map((place) => draft.items[place]?.facilityId).find((id) => id !== facility_id)
    if (settled === undefined) continue
    throw new Refused(
      'quote_mismatch',
      'The draft is made elsewhere than the quote says; confirm it without a quote.',
      [{ pointer: '/quote_id', detail: `was quoted as made by ${facility_id}; found ${settled}` }],
    )
  }
  return charges
}
