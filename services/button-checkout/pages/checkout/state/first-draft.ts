import type { Cart } from '#contracts/checkout/cart.ts'
import type { CheckoutView } from '#contracts/checkout/checkout-view.ts'
import type { Shop, ShopOffer } from '#contracts/checkout/shop.ts'
import { shownPostalCode } from '#contracts/postal-codes.ts'
import type { Draft, FieldName } from './draft.ts'

const empty: Readonly<Record<FieldName, string>> = {
  ...{ email: '', name: '', line1: '', line2: '', postal_code: '', city: '', state: '', phone: '' },
}

/** What the page begins with: what was saved, or what the button said, or the first offer that can be made. */
export function firstDraft(shop: Shop, view: CheckoutView | undefined): Draft {
  if (view) return draftOf(view)
  const { sku, quantity = 1, country } = shop.start
  const open = shop.offers.filter(({ closed }) => closed === undefined)
  const offer = open.find((each) => each.product.sku === sku) ?? open[0] ?? shop.offers[0]
  return {
    cart: cartOf(offer, quantity),
    country: shop.countries.find((each) => each === country) ?? shop.countries[0] ?? 'NL',
    fields: empty,
    method: undefined,
  }
}

/** A cart of an offer, as its publisher meant it. */
export function cartOf(offer: ShopOffer | undefined, quantity: number): Cart {
  const defaults = Object.entries(offer?.product.options ?? {}).map(([name, option]) => [name, option.default])
  return { offer: offer?.offer ?? 0, quantity, options: { ...Object.fromEntries(defaults), ...offer?.options } }
}

function draftOf({ cart, destination, buyer, shipping_method }: CheckoutView): Draft {
  const { address, ...person } = buyer ?? { address: undefined }
  const { country = 'NL', ...place } = { ...destination, ...address }
  const postal_code = shownPostalCode(place.postal_code ?? '')
  const { email, name, phone } = { email: '', name: '', phone: '', ...person }
  return { cart, country, fields: { ...empty, email, name, phone, ...place, postal_code }, method: shipping_method }
}
