import type { CheckoutRequest } from '#contracts/checkout/checkout-view.ts'
import type { SaleDocument } from '#contracts/published/sale-document.ts'
import type { Checkout } from './checkout.ts'
import { forgetAtOf } from './forget-at.ts'

/** The first version. Of which publication it is was read from what is published, and is never asked again. */
export function newCheckout(id: string, sale: SaleDocument, request: CheckoutRequest, now: Date): Checkout {
  const at = now.toISOString()
  const { start, cart, destination, language } = request
  const sku = sale.offers[cart.offer]?.sku
  return {
    id,
    version: 1,
    isTest: sale.is_test,
    accountId: sale.account_id,
    publicationId: sale.publication_id,
    state: 'open',
    language,
    start: { ...start, publication: sale.publication_id },
    cart,
    ...(sku === undefined ? {} : { sku }),
    ...(destination === undefined ? {} : { destination }),
    attempts: [],
    refunds: [],
    mails: { shipments: [] },
    tries: 0,
    createdAt: at,
    updatedAt: at,
    forgetAt: forgetAtOf({ state: 'open', attempts: [] }, now),
  }
}
