import { type Static, Type } from 'typebox'
import { FacilityId } from '../ids.ts'
import { Currency } from '../money.ts'
import { Charges, shippingMethods } from './charges.ts'
import { ItemRequest, mostItems } from './order-request.ts'
import { Address } from './recipient.ts'

const strict = { additionalProperties: false } as const
const { sku, quantity, options } = ItemRequest.properties
const { country, state, postal_code } = Address.properties

/** What an order's price is made of, item by item. */
export const QuoteItem = Type.Object(
  {
    sku,
    quantity,
    pages: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 5000,
        description: 'pages of content; required where the price depends on it',
      }),
    ),
    options,
  },
  strict,
)
export type QuoteItem = Static<typeof QuoteItem>

/** Shown in the documentation; a test sends it. */
export const exampleQuote = {
  recipient: { country: 'NL', postal_code: '3511 AA' },
  items: [
    { sku: 'softcover-a5', quantity: 25, pages: 120, options: { finish: 'gloss' } },
    { sku: 'poster-a3', quantity: 1 },
  ],
}

/** Body of POST /v1/quotes. */
export const QuoteRequest = Type.Object(
  {
    recipient: Type.Object(
      { country, state, postal_code: Type.Optional(postal_code) },
      { ...strict, description: 'where it goes: no names are needed for a price; a US destination needs its state' },
    ),
    currency: Type.Optional(Currency),
    items: Type.Array(QuoteItem, { minItems: 1, maxItems: mostItems }),
  },
  { ...strict, examples: [exampleQuote] },
)
export type QuoteRequest = Static<typeof QuoteRequest>

/** What it costs by each shipping method, for 24 hours. */
export const Quote = Type.Object(
  {
    id: Type.String({ pattern: '^quo_', maxLength: 60_000, description: 'send it as quote_id of the order' }),
    object: Type.Literal('quote'),
    is_test: Type.Boolean(),
    expires_at: Type.String(),
    currency: Currency,
    is_split: Type.Boolean({ description: 'whether more than one facility would send parcels' }),
    facilities: Type.Array(
      Type.Object(
        {
          facility_id: FacilityId,
          country: Type.String(),
          city: Type.String(),
          items: Type.Array(Type.Integer({ minimum: 0 }), { description: 'places in `items` of the request' }),
        },
        strict,
      ),
    ),
    shipping_options: Type.Array(
      Type.Object({ shipping_method: Type.Enum(shippingMethods), charges: Charges }, strict),
      { minItems: 1 },
    ),
    unavailable: Type.Array(
      Type.Object({ shipping_method: Type.Enum(shippingMethods), detail: Type.String() }, strict),
      { description: 'methods without a rate, and why: shipping is never free because a rate is missing' },
    ),
  },
  strict,
)
export type Quote = Static<typeof Quote>

/** Body of POST /v1/orders/{id}/confirm; it may be left out. */
export const ConfirmRequest = Type.Object(
  {
    quote_id: Type.Optional(
      Type.String({
        maxLength: 60_000,
        pattern: '^quo_',
        description: 'the id of a quote (quo_…): charged exactly as quoted; without it the prices of this moment hold',
      }),
    ),
  },
  strict,
)
export type ConfirmRequest = Static<typeof ConfirmRequest>
