import type { SaleStanding } from '#contracts/order-api/sales.ts'
import { paidAttempt } from './bought.ts'
import type { Checkout } from './checkout.ts'
import { withDue } from './work-of.ts'

/**
 * What order-api says of the order of a checkout, by its answer or by its news. It was taken: a paid checkout is ordered from then on. Older
 * news than what is known change nothing; what is to go back to the customer is asked for once. The same object: nothing new, or an order
 * that must not be (`isForeignSale`).
 */
export function takeSale(checkout: Checkout, sale: SaleStanding, now: Date): Checkout {
  if (isForeignSale(checkout, sale)) return checkout
  if (isOld(checkout, sale)) {
    const owing = withOwedRefund(checkout, now)
    return owing === checkout ? checkout : withDue(owing, now)
  }
  const { submittingSince: _over, submittingBy: _by, ...rest } = checkout
  const refunded = Math.max(sale.refunded, checkout.sale?.refunded ?? 0)
  return withDue(withOwedRefund({ ...rest, state: 'ordered', sale: { ...sale, refunded } }, now), now)
}

/** Another order than the one that is known, of another world or account, or one that nobody paid or whose money went back: somebody must look. */
export const isForeignSale = ({ state, isTest, accountId, sale: known }: Checkout, sale: SaleStanding): boolean =>
  (state !== 'paid' && state !== 'ordered') ||
  sale.is_test !== isTest ||
  sale.account_id !== accountId ||
  (known !== undefined && known.order_id !== sale.order_id)

function isOld({ sale: known }: Checkout, sale: SaleStanding): boolean {
  if (!known) return false
  return sale.updated_at < known.updated_at || JSON.stringify(sale) === JSON.stringify(known)
}

/** What order-api gave back and the customer did not get yet, never more than was paid. */
function withOwedRefund(checkout: Checkout, now: Date): Checkout {
  const { sale, refunds } = checkout
  const paid = paidAttempt(checkout)?.payment
  if (!sale || !paid) return checkout
  const asked = refunds
    .filter(({ cause }) => cause === 'cancelled' || cause === 'refused')
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0)
  const wanted = Math.min(sale.refunded, paid.amountMinor)
  if (wanted <= asked) return checkout
  const cause = sale.cancel !== undefined || sale.stage === 'cancelled' ? ('cancelled' as const) : ('refused' as const)
  // By how far it went: the same news give the same key.
  const refund = {
    key: `${checkout.id}:back:${wanted}`,
    amountMinor: wanted - asked,
    cause,
    askedAt: now.toISOString(),
  }
  return { ...checkout, refunds: [...refunds, refund] }
}
