import type { OrderRequest } from '#contracts/order-api/order-request.ts'
import { paidAttempt } from '../checkouts/bought.ts'
import type { Checkout } from '../checkouts/checkout.ts'

/**
 * The order that was paid, out of what was frozen: the same each time, as its Idempotency-Key is. Undefined where nothing was paid. A reference
 * of the page is not the order's own: those are unique for ever, and a page may send one with every visitor.
 */
export function orderRequestOf(checkout: Checkout, provider: string): OrderRequest | undefined {
  const attempt = paidAttempt(checkout)
  if (!attempt?.payment) return undefined
  const { frozen, payment } = attempt
  const { cart, sku, pages, src, publicationVersion } = frozen
  return {
    recipient: frozen.buyer,
    shipping_method: frozen.method,
    quote_id: frozen.quoteId,
    items: [
      {
        sku,
        quantity: cart.quantity,
        options: cart.options,
        ...(pages === undefined ? {} : { pages }),
        ...(cart.design === undefined ? {} : { design: cart.design }),
        publication: checkout.publicationId,
        publication_version: publicationVersion,
        ...(src === undefined ? {} : { source: src }),
      },
    ],
    metadata: {
      checkout_id: checkout.id,
      ...(checkout.start.reference === undefined ? {} : { reference: checkout.start.reference }),
    },
    sale: {
      checkout_id: checkout.id,
      provider,
      payment_reference: payment.reference,
      amount: payment.amountMinor,
      currency: payment.currency,
      paid_at: payment.at,
    },
  }
}
