import { type Static, Type } from 'typebox'
import { Id } from '../ids.ts'
import { Currency } from '../money.ts'
import { Charges, shippingMethods } from '../order-api/charges.ts'
import { Shipment } from '../order-api/order.ts'
import { Recipient } from '../order-api/recipient.ts'

const strict = { additionalProperties: false } as const

/** How far an order is, in the customer's words: received (paid, not yet taken by order-api) … delivered. */
export const orderProgress = [
  'payment_pending',
  'received',
  'waiting_for_file',
  'preparing',
  'in_production',
  'partially_shipped',
  'shipped',
  'delivered',
  'cancelled',
  'refused',
] as const
export type OrderProgress = (typeof orderProgress)[number]

/** An order as its customer sees it, at an address that nobody guesses. */
export const OrderView = Type.Object(
  {
    object: Type.Literal('order_view'),
    checkout_id: Id('checkout'),
    is_test: Type.Boolean(),
    progress: Type.Enum(orderProgress),
    is_delayed: Type.Boolean({ description: 'paid, and order-api has not taken it yet: said honestly' }),
    title: Type.String(),
    product_title: Type.String(),
    seller: Type.String(),
    thumbnail_path: Type.Optional(Type.String({ description: 'as in PublishedThumbnail' })),
    quantity: Type.Integer(),
    options: Type.Record(Type.String(), Type.String()),
    recipient: Recipient,
    shipping_method: Type.Enum(shippingMethods),
    charges: Charges,
    refunded: Type.Optional(Type.Object({ amount: Type.Integer(), currency: Currency }, strict)),
    earliest: Type.String(),
    latest: Type.String(),
    shipments: Type.Array(Shipment),
    may_cancel: Type.Enum(['yes', 'asks_facility', 'no']),
    cancel: Type.Optional(Type.Enum(['asked', 'accepted', 'partially_accepted', 'declined'])),
    may_change_address: Type.Boolean(),
    invoice_number: Type.Optional(Type.String()),
    ordered_at: Type.String(),
    language: Type.String(),
    /** When order-api was heard of this order last; absent before it took it. */
    known_at: Type.Optional(Type.String()),
  },
  strict,
)
export type OrderView = Static<typeof OrderView>
