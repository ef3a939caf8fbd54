import { type Static, Type } from 'typebox'
import { Id } from '../ids.ts'
import { Currency } from '../money.ts'

const strict = { additionalProperties: false } as const
const text = (maxLength: number, description: string) =>
  Type.Optional(Type.String({ minLength: 1, maxLength, description }))
const count = (maximum: number, description: string) =>
  Type.Optional(Type.Integer({ minimum: 1, maximum, description }))

/** Where the checkout begins; a plain link leads there as well as the button. */
export const checkoutPath = '/checkout'

/**
 * What a button tells the checkout, as the query of its address. None of it decides a price: that comes from what was published. Everything is
 * text in the address; numbers are checked as such.
 */
export const CheckoutStart = Type.Object(
  {
    publication: Type.Optional(Id('publication')),
    account: Type.Optional(
      Type.String({ pattern: '^pk_(live|test)_[0-9A-Za-z]{36}$', description: 'in the place of a publication' }),
    ),
    /** The file of this button, where its publication leaves that to the page. */
    src: Type.Optional(Type.String({ pattern: '^https?://', maxLength: 2000, description: 'address of the file' })),
    title: text(200, 'of what is printed'),
    thumbnail: Type.Optional(Type.String({ pattern: '^https?://', maxLength: 2000 })),
    pages: count(2000, 'of the file'),
    width: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 5000, description: 'of a page, in mm' })),
    height: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 5000, description: 'of a page, in mm' })),
    sku: text(64, 'the product that is chosen at the start'),
    quantity: count(1000, 'copies at the start'),
    currency: Type.Optional(Currency),
    country: Type.Optional(Type.String({ pattern: '^[A-Z]{2}$' })),
    lang: Type.Optional(Type.String({ pattern: '^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$', maxLength: 35 })),
    reference: text(100, 'of the page, comes back with its event and on the order'),
    /** Of the page with the button: it may be told that something was ordered, and nobody else. */
    origin: Type.Optional(Type.String({ pattern: '^https?://[^/?#\\s]+$', maxLength: 200 })),
  },
  strict,
)
export type CheckoutStart = Static<typeof CheckoutStart>

/**
 * What the checkout tells the page that opened it, by postMessage to `origin` alone. No personal data. The button turns it into an event of its
 * element: `printcloud-ordered`, `printcloud-closed`.
 */
export const CheckoutMessage = Type.Object(
  {
    printcloud: Type.Literal(1),
    type: Type.Enum(['ordered', 'closed']),
    publication: Type.Optional(Type.String()),
    reference: Type.Optional(Type.String()),
  },
  strict,
)
export type CheckoutMessage = Static<typeof CheckoutMessage>
