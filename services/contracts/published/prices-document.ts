import { type Static, Type } from 'typebox'
import { FacilityId } from '../ids.ts'
import { Currency } from '../money.ts'

const strict = { additionalProperties: false } as const

/** /public/v1/prices/eur.json: the price books of a currency, those to come included. */
export const PricesDocument = Type.Object(
  {
    object: Type.Literal('prices'),
    currency: Currency,
    data: Type.Array(
      Type.Object(
        {
          facility_id: FacilityId,
          country: Type.String({ description: 'where the facility is' }),
          valid_from: Type.String({ format: 'date' }),
          document: Type.String({ description: 'path of the book (contracts/prices/price-book.ts); it never changes' }),
        },
        strict,
      ),
    ),
  },
  strict,
)
export type PricesDocument = Static<typeof PricesDocument>

/** The least that one copy costs at any facility that sells it, in minor units, without shipping. */
export const FromPrice = Type.Object(
  {
    amount: Type.Integer({ minimum: 0, description: 'net, in minor units' }),
    currency: Currency,
    printed_pages: Type.Optional(Type.Integer({ minimum: 1, description: 'with so many pages' })),
    gross: Type.Optional(
      Type.Integer({ minimum: 0, description: 'with the tax of `country`: what a visitor there is shown' }),
    ),
    country: Type.Optional(Type.String({ pattern: '^[A-Z]{2}$' })),
    tax_rate_percent: Type.Optional(Type.Number()),
  },
  strict,
)
export type FromPrice = Static<typeof FromPrice>

/** /public/v1/offers/eur.json: what can be sold in a currency. */
export const OffersDocument = Type.Object(
  {
    object: Type.Literal('offers'),
    currency: Currency,
    data: Type.Array(
      Type.Object({ sku: Type.String(), title: Type.String(), family: Type.String(), from: FromPrice }, strict),
    ),
  },
  strict,
)
export type OffersDocument = Static<typeof OffersDocument>
