import { Refused } from '#chassis/errors.ts'
import type { CheckoutChange } from '#contracts/checkout/checkout-view.ts'
import type { Checkout } from './checkout.ts'

/** `sku`: what the chosen offer is. */
type Change = Omit<CheckoutChange, 'version'> & { readonly sku?: string | undefined }

/**
 * The checkout with what a visitor changed; what is absent stays. An address says where it goes, so that it is the destination from then on.
 * Throws Refused `action_not_allowed` for one that is not being filled in: a payment under way is ended first.
 */
export function applyChange(checkout: Checkout, change: Change): Checkout {
  requireOpen(checkout)
  const { cart, sku, destination, buyer, shipping_method, language } = change
  const place = buyer ? placeOf(buyer.address) : destination
  return {
    ...checkout,
    ...(cart === undefined ? {} : { cart }),
    ...(sku === undefined ? {} : { sku }),
    ...(place === undefined ? {} : { destination: place }),
    ...(buyer === undefined ? {} : { buyer }),
    ...(shipping_method === undefined ? {} : { method: shipping_method }),
    ...(language === undefined ? {} : { language }),
  }
}

export function requireOpen({ state }: Pick<Checkout, 'state'>): void {
  if (state !== 'open') {
    throw new Refused('action_not_allowed', `This checkout is ${state}: nothing of it can be changed any more.`)
  }
}

type Address = NonNullable<Checkout['buyer']>['address']

const placeOf = ({ country, state, postal_code }: Address): NonNullable<Checkout['destination']> => ({
  country,
  ...(state === undefined ? {} : { state }),
  postal_code,
})
