import { type Static, Type } from 'typebox'
import { Buyer, Cart, Destination, ShippingMethodChoice } from '#contracts/checkout/cart.ts'
import { checkoutStates } from '#contracts/checkout/checkout-view.ts'
import { paymentStandings } from '#contracts/checkout/payment.ts'
import { CheckoutStart } from '#contracts/checkout/start.ts'
import { Currency } from '#contracts/money.ts'
import { Charges } from '#contracts/order-api/charges.ts'
import { SaleStanding } from '#contracts/order-api/sales.ts'
import { Seller } from '../invoice/seller.ts'

/** What a payment is for, frozen before anybody is sent to the payment page: charged = quoted = ordered, whatever is edited later. */
export const Frozen = Type.Object({
  quoteId: Type.String(),
  charges: Charges,
  cart: Cart,
  sku: Type.String(),
  pages: Type.Optional(Type.Integer()),
  publicationVersion: Type.Integer(),
  /** The file that the page named, where its publication leaves that to it. */
  src: Type.Optional(Type.String()),
  /** The publisher sends it after the sale. */
  filesLater: Type.Boolean(),
  buyer: Buyer,
  method: ShippingMethodChoice,
  /** For people: what it is called in the buyer's language. */
  title: Type.String(),
  productTitle: Type.String(),
  seller: Type.String(),
  thumbnailPath: Type.Optional(Type.String()),
  earliest: Type.String(),
  latest: Type.String(),
})
export type Frozen = Static<typeof Frozen>

/**
 * One try to pay. It is written before the provider is asked (`creating`), so that a crash between the two leaves a session that can be found
 * again with the same key. A new one begins only when the one before can no longer be paid.
 */
export const Attempt = Type.Object({
  /** 1, 2, 3 …: with the checkout's id the provider's idempotency key. */
  number: Type.Integer({ minimum: 1 }),
  standing: Type.Union([Type.Literal('creating'), Type.Enum(paymentStandings)]),
  frozen: Frozen,
  /** The version of the checkout that its visitor saw: who sends the same wish to pay again is led to the same page. */
  ofVersion: Type.Optional(Type.Integer({ minimum: 1 })),
  createdAt: Type.String(),
  expiresAt: Type.String(),
  session: Type.Optional(Type.Object({ id: Type.String(), url: Type.String() })),
  /** What the provider says was paid, by its own reference. */
  payment: Type.Optional(
    Type.Object({ reference: Type.String(), amountMinor: Type.Integer(), currency: Currency, at: Type.String() }),
  ),
})
export type Attempt = Static<typeof Attempt>

/** Money on its way back. Written before the provider is asked; `key` makes a second asking harmless. */
export const Refund = Type.Object({
  key: Type.String(),
  amountMinor: Type.Integer({ minimum: 1 }),
  cause: Type.Enum(['cancelled', 'refused', 'amount_differs', 'paid_twice']),
  /** Of which payment, where it is not the one that counts. */
  attempt: Type.Optional(Type.Integer({ minimum: 1 })),
  askedAt: Type.String(),
  reference: Type.Optional(Type.String()),
  /** Number of its credit note, of a series of its own. */
  note: Type.Optional(Type.Object({ number: Type.String(), at: Type.String() })),
})
export type Refund = Static<typeof Refund>

/**
 * One visit that may become an order: one item of DynamoDB, changed by conditional writes on `version` only. Personal data: never logged, and
 * forgotten with the item (`forgetAt`).
 */
export const Checkout = Type.Object({
  id: Type.String(),
  version: Type.Integer({ minimum: 1 }),
  isTest: Type.Boolean(),
  accountId: Type.String(),
  publicationId: Type.String(),
  state: Type.Enum(checkoutStates),
  language: Type.String(),
  start: CheckoutStart,
  cart: Cart,
  /** What the chosen offer was when it was chosen: a publisher may put another one in its place. */
  sku: Type.Optional(Type.String()),
  destination: Type.Optional(Destination),
  buyer: Type.Optional(Buyer),
  method: Type.Optional(ShippingMethodChoice),
  attempts: Type.Array(Attempt, { maxItems: 20 }),
  /** Number of the attempt whose payment counts: the first that was paid. Any later payment goes back. */
  paidAttempt: Type.Optional(Type.Integer({ minimum: 1 })),
  /** As order-api told it last; there from the moment that it took the order. */
  sale: Type.Optional(SaleStanding),
  /** Why order-api will never take it, where the money goes back. */
  refusal: Type.Optional(Type.Object({ code: Type.String(), detail: Type.String(), at: Type.String() })),
  refunds: Type.Array(Refund),
  /**
   * Written before the order is sent to order-api for the first time, taken away when it surely did not get there. While it stands, nobody but
   * order-api can cancel: submit and cancel never both win.
   */
  submittingSince: Type.Optional(Type.String()),
  /** Whoever did so last. */
  submittingBy: Type.Optional(Type.String()),
  /** The customer wants it cancelled and order-api was not heard of yet; `declined`: it came too late. */
  cancelWish: Type.Optional(Type.Object({ at: Type.String(), declinedAt: Type.Optional(Type.String()) })),
  /** Who bought of whom, as it was when the number was given: an invoice never changes. */
  invoice: Type.Optional(Type.Object({ number: Type.String(), at: Type.String(), buyer: Buyer, seller: Seller })),
  mails: Type.Object({
    /** One worker at a time sends; whoever dies while sending is waited for until then. */
    leasedUntil: Type.Optional(Type.String()),
    /** The mail service will never take mail to this address; nothing more is sent. */
    undeliverableAt: Type.Optional(Type.String()),
    confirmedAt: Type.Optional(Type.String()),
    cancelledAt: Type.Optional(Type.String()),
    refusedAt: Type.Optional(Type.String()),
    /** Ids of shipments that the customer was told of. */
    shipments: Type.Array(Type.String()),
  }),
  /** When the sweeper looks again; absent: nothing is left to be done. */
  dueAt: Type.Optional(Type.String()),
  /** How often in a row what was due did not work. */
  tries: Type.Integer({ minimum: 0 }),
  /** Since when it is paid and not ordered, as an alarm sees it. */
  paidAt: Type.Optional(Type.String()),
  createdAt: Type.String(),
  updatedAt: Type.String(),
  forgetAt: Type.String(),
})
export type Checkout = Static<typeof Checkout>
