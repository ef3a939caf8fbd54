import { type Static, Type } from 'typebox'
import { Id } from '../ids.ts'
import { Currency } from '../money.ts'
import { Buyer, Cart, Destination, ShippingMethodChoice } from './cart.ts'
import { CheckoutPrice } from './price.ts'
import { CheckoutStart } from './start.ts'

const strict = { additionalProperties: false } as const

/**
 * open: being filled in · paying: at the payment page · paid: the money is here · ordered: order-api has it · refused: the order cannot be
 * made and the money goes back · expired: nobody went on.
 */
export const checkoutStates = ['open', 'paying', 'paid', 'ordered', 'refused', 'expired'] as const
export type CheckoutState = (typeof checkoutStates)[number]

/** POST /checkout/prices */
export const PriceRequest = Type.Object({ start: CheckoutStart, cart: Cart, destination: Destination }, strict)
export type PriceRequest = Static<typeof PriceRequest>

/** POST /checkout/sessions: from now on it can be found again. */
export const CheckoutRequest = Type.Object(
  {
    start: CheckoutStart,
    cart: Cart,
    destination: Type.Optional(Destination),
    language: Type.String({ maxLength: 35 }),
  },
  strict,
)
export type CheckoutRequest = Static<typeof CheckoutRequest>

/** PATCH /checkout/c/{token}: what is absent stays. While somebody is at the payment page, that payment is ended first. */
export const CheckoutChange = Type.Object(
  {
    version: Type.Integer({
      minimum: 1,
      description: 'the one that was shown: 409 version_conflict when there is a newer one',
    }),
    cart: Type.Optional(Cart),
    destination: Type.Optional(Destination),
    buyer: Type.Optional(Buyer),
    shipping_method: Type.Optional(ShippingMethodChoice),
    language: Type.Optional(Type.String({ maxLength: 35 })),
  },
  strict,
)
export type CheckoutChange = Static<typeof CheckoutChange>

/** POST /checkout/c/{token}/pay: what the visitor saw on the button. Another price than that answers 409 price_changed, with the new one. */
export const PayRequest = Type.Object(
  {
    version: Type.Integer({ minimum: 1 }),
    amount: Type.Integer({ minimum: 1, description: 'gross, in minor units' }),
    currency: Currency,
  },
  strict,
)
export type PayRequest = Static<typeof PayRequest>

export const PayAnswer = Type.Object({ redirect_url: Type.String({ description: 'of the payment page' }) }, strict)
export type PayAnswer = Static<typeof PayAnswer>

/** A checkout as its own page sees it. */
export const CheckoutView = Type.Object(
  {
    object: Type.Literal('checkout'),
    id: Id('checkout'),
    path: Type.String({ description: 'of its page; whoever has it may see and change it' }),
    version: Type.Integer({ minimum: 1 }),
    is_test: Type.Boolean(),
    state: Type.Enum(checkoutStates),
    start: CheckoutStart,
    language: Type.String(),
    cart: Cart,
    destination: Type.Optional(Destination),
    buyer: Type.Optional(Buyer),
    shipping_method: Type.Optional(ShippingMethodChoice),
    price: Type.Optional(CheckoutPrice),
    last_payment: Type.Optional(
      Type.Enum(['failed', 'cancelled', 'pending', 'uncertain'], {
        description:
          'how the last try went; uncertain: the provider does not answer, and nothing may be changed until it does',
      }),
    ),
    order_path: Type.Optional(Type.String({ description: 'of the order page, once it is paid' })),
  },
  strict,
)
export type CheckoutView = Static<typeof CheckoutView>
