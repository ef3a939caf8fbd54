import type { Keyring } from '#chassis/keyring.ts'
import type { PaymentWish } from '../payment/payments.ts'
import type { Attempt, Checkout } from './checkout.ts'
import { linkPath } from './links.ts'

/**
 * What the provider is asked for an attempt: the same each time, out of what was frozen, so that whoever asks again (the next request, the
 * sweeper) is given the same session.
 */
export function paymentWishOf(
  checkout: Checkout,
  attempt: Attempt,
  keyring: Keyring,
  checkoutUrl: string,
): PaymentWish {
  const { frozen, number, expiresAt } = attempt
  const { title, productTitle, cart, charges, buyer } = frozen
  const address = `${checkoutUrl}${linkPath(keyring, 'checkout', checkout.id)}`
  return {
    checkoutId: checkout.id,
    attempt: number,
    isTest: checkout.isTest,
    amountMinor: charges.gross,
    currency: charges.currency,
    description: `${title} · ${productTitle} × ${cart.quantity}`,
    email: buyer.email,
    language: checkout.language,
    successUrl: `${address}/done`,
    cancelUrl: `${address}/back`,
    expiresAt: new Date(expiresAt),
  }
}
