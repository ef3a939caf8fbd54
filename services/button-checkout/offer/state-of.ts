import type { Shop } from '#contracts/checkout/shop.ts'
import type { SaleDocument } from '#contracts/published/sale-document.ts'

/** By the clock: the document may have been written before the day came. */
export function stateOf(
  { valid_from, valid_until }: Pick<SaleDocument, 'valid_from' | 'valid_until'>,
  now: Date,
): Shop['state'] {
  if (valid_from !== undefined && Date.parse(valid_from) > now.getTime()) return 'upcoming'
  if (valid_until !== undefined && Date.parse(valid_until) <= now.getTime()) return 'ended'
  return 'open'
}
