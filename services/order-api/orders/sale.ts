import type { Charges } from '#contracts/order-api/charges.ts'
import type { OrderRequest, Sale } from '#contracts/order-api/order-request.ts'
import type { Issue } from '#contracts/parse.ts'
import type { PaidSale } from './order.ts'

/** Clocks of our machines differ by less. */
const mostAheadMilliseconds = 300_000

/** What is wrong with the wish to place what was paid: nothing for orders that are no sale. */
export function saleIssues({ sale, quote_id, draft }: OrderRequest, idempotencyKey: string, now: Date): Issue[] {
  if (!sale) return []
  const paidAt = Date.parse(sale.paid_at)
  return [
    ...(quote_id === undefined
      ? [{ pointer: '/quote_id', detail: 'is required: a sale is charged as it was quoted' }]
      : []),
    ...(draft ? [{ pointer: '/draft', detail: 'what was paid is no draft; leave it out' }] : []),
    ...(sale.checkout_id === idempotencyKey
      ? []
      : [
          {
            pointer: '/sale/checkout_id',
            detail: 'must be the Idempotency-Key of the request too: one order a checkout',
          },
        ]),
    ...(paidAt <= now.getTime() + mostAheadMilliseconds
      ? []
      : [{ pointer: '/sale/paid_at', detail: `must not be in the future; found ${sale.paid_at}` }]),
  ]
}

/** What was paid must be what was quoted, to the unit. */
export function paidIssues({ amount, currency }: Sale, charges: Charges): Issue[] {
  return [
    ...(currency === charges.currency
      ? []
      : [{ pointer: '/sale/currency', detail: `was quoted in ${charges.currency}; found ${currency}` }]),
    ...(amount === charges.gross
      ? []
      : [{ pointer: '/sale/amount', detail: `was quoted as ${charges.gross}; found ${amount}` }]),
  ]
}

/** As it is kept with its order. */
export const paidSaleOf = (sale: Sale): PaidSale => ({
  checkoutId: sale.checkout_id,
  provider: sale.provider,
  paymentReference: sale.payment_reference,
  amountMinor: sale.amount,
  currency: sale.currency,
  paidAt: new Date(sale.paid_at).toISOString(),
  refundedMinor: 0,
})
