import type { Keyring } from '#chassis/keyring.ts'
import type { CheckoutView } from '#contracts/checkout/checkout-view.ts'
import type { CheckoutPrice } from '#contracts/checkout/price.ts'
import type { Checkout } from './checkout.ts'
import { linkPath } from './links.ts'

export type Shown = {
  readonly price?: CheckoutPrice | undefined
  /** What is known of the last payment beside the record: that its visitor came back, or that its provider does not answer. */
  readonly lastPayment?: 'cancelled' | 'uncertain' | undefined
}

const boughtStates: readonly Checkout['state'][] = ['paid', 'ordered', 'refused']

/** A checkout as its own page sees it. No quote, no reference of a payment, no account. */
export function checkoutViewOf(checkout: Checkout, keyring: Keyring, { price, lastPayment }: Shown = {}): CheckoutView {
  const { id, version, isTest, state, start, language, cart, destination, buyer, method } = checkout
  const last = lastPaymentOf(checkout) ?? lastPayment
  return {
    object: 'checkout',
    id,
    path: linkPath(keyring, 'checkout', id),
    version,
    is_test: isTest,
    ...{ state, start, language, cart },
    ...(destination ? { destination } : {}),
    ...(buyer ? { buyer } : {}),
    ...(method ? { shipping_method: method } : {}),
    ...(price ? { price } : {}),
    ...(last ? { last_payment: last } : {}),
    ...(boughtStates.includes(state) ? { order_path: linkPath(keyring, 'order', id) } : {}),
  }
}

function lastPaymentOf({ attempts, state }: Checkout): CheckoutView['last_payment'] {
  if (state !== 'open' && state !== 'paying') return undefined
  switch (attempts.at(-1)?.standing) {
    case 'failed':
      return 'failed'
    case 'expired':
      return 'cancelled'
    case 'pending':
      return 'pending'
    default:
      return undefined
  }
}
