import { type Static, Type } from 'typebox'
import { Design } from '../design.ts'
import { shippingMethods } from '../order-api/charges.ts'
import { Address, Recipient } from '../order-api/recipient.ts'

const strict = { additionalProperties: false } as const

export const mostCopies = 1000

/** What a visitor chose: one thing, so many copies of it. */
export const Cart = Type.Object(
  {
    offer: Type.Integer({ minimum: 0, maximum: 19, description: 'place in the offers of the publication' }),
    quantity: Type.Integer({ minimum: 1, maximum: mostCopies }),
    options: Type.Record(Type.String({ maxLength: 40 }), Type.String({ maxLength: 40 }), { maxProperties: 20 }),
    /** How a picture is cut and turned; nothing of it where the content is a document. */
    design: Type.Optional(Design),
  },
  strict,
)
export type Cart = Static<typeof Cart>

const { country, state, postal_code } = Address.properties

/** Where it goes, as far as price and date depend on it: asked before a name is. */
export const Destination = Type.Object({ country, state, postal_code: Type.Optional(postal_code) }, strict)
export type Destination = Static<typeof Destination>

/** Who gets it. The checkout needs a mail address: the confirmation and the link to the order go there. */
export const Buyer = Type.Object(
  { ...Recipient.properties, email: Type.String({ format: 'email', maxLength: 200 }) },
  strict,
)
export type Buyer = Static<typeof Buyer>

export const ShippingMethodChoice = Type.Enum(shippingMethods)
