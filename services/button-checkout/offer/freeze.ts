import { Refused } from '#chassis/errors.ts'
import type { Keyring } from '#chassis/keyring.ts'
import type { Buyer, Cart } from '#contracts/checkout/cart.ts'
import type { Charges, ShippingMethod } from '#contracts/order-api/charges.ts'
import { placeTaxOf } from '#pricing/place-tax.ts'
import { destinationOf } from '#pricing/price-order.ts'
import { quoteIdOf } from '#pricing/quote-token.ts'
import { quotedItemOf } from '#pricing/quoted-charges.ts'
import type { Frozen } from '../checkouts/checkout.ts'
import { asSeen } from './as-seen.ts'
import { quoteCart, windowOfAll } from './price-cart.ts'
import { completeCart, pricedPartOf } from './priced-part.ts'
import { titleIn } from './title-in.ts'
import type { Wares } from './wares.ts'

/**
 * So long an order may bring what was frozen. The payment page closes within hours, but a bank debit that was begun there is settled up to
 * two weeks later; order-api holds the quote against the moment of the payment.
 */
const quoteDays = 16

export type Bought = {
  readonly cart: Cart
  readonly buyer: Buyer
  readonly method: ShippingMethod
  readonly language: string
}

/** Price and content of a payment from now on, whatever is edited later. Pure but for the signature. Throws Refused as `priceCart`. */
export function freeze(wares: Wares, bought: Bought, keyring: Keyring, now: Date): Frozen {
  const { buyer, method, language } = bought
  const { address } = buyer
  const option = quoteCart(wares, bought.cart, address, now, '/buyer/address').options.find(
    (each) => each.method === method,
  )
  if (!option) throw shippingGone(method)
  const cart = asSeen(wares, completeCart(wares, bought.cart))
  const { sale, publication, start } = wares
  const { sku, pages } = pricedPartOf(wares, cart, address).items[0] ?? { sku: '' }
  return {
    quoteId: quoteFor(wares, bought, option.charges, keyring, now),
    charges: option.charges,
    cart,
    sku,
    ...(pages === undefined ? {} : { pages }),
    publicationVersion: sale.version,
    ...(sale.content.kind === 'page' && start.src !== undefined ? { src: start.src } : {}),
    filesLater: sale.content.kind === 'asynchronous',
    buyer,
    method,
    title: titleIn(wares, language),
    productTitle: wares.products[cart.offer]?.title ?? sku,
    seller: sale.seller,
    ...thumbnailOf(publication),
    ...windowOfAll(option.charges),
  }
}

/** As order-api makes a quote: it compares account, world, place, items and method when the order comes. */
function quoteFor(
  wares: Wares,
  { cart, buyer, method }: Bought,
  charges: Charges,
  keyring: Keyring,
  now: Date,
): string {
  const { sale, prices } = wares
  const part = pricedPartOf(wares, cart, buyer.address)
  const { jurisdiction } = placeTaxOf(destinationOf(buyer.address), prices.taxes, '/buyer/address')
  return quoteIdOf(keyring, {
    version: 1,
    accountId: sale.account_id,
    isTest: sale.is_test,
    expiresAt: new Date(now.getTime() + quoteDays * 24 * 3600 * 1000).toISOString(),
    currency: sale.currency,
    country: buyer.address.country,
    jurisdiction,
    items: part.items.map(quotedItemOf),
    options: [{ method, charges }],
  })
}

/** A small one: for the order page and mails. */
function thumbnailOf({ thumbnail }: Wares['publication']): { readonly thumbnailPath?: string } {
  const path = thumbnail?.sources.find(({ width_px }) => width_px >= 300)?.path ?? thumbnail?.sources.at(-1)?.path
  return path === undefined ? {} : { thumbnailPath: path }
}

const shippingGone = (method: ShippingMethod): Refused =>
  new Refused(
    'shipping_unknown',
    `Shipping by ${method} is not offered for this address any more; choose another one.`,
    [{ pointer: '/shipping_method', detail: 'is not offered for this address' }],
  )
