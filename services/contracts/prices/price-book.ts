import { type Static, Type } from 'typebox'
import { FacilityId } from '../ids.ts'
import { Currency } from '../money.ts'

const strict = { additionalProperties: false } as const

/** Of one copy, one parcel: so small that 10,000 copies stay far below the largest amount of an order. */
const Amount = Type.Integer({ minimum: 0, maximum: 100_000_000, description: 'minor units of the book’s currency' })
const Days = Type.Integer({ minimum: 0, maximum: 120, description: 'working days' })

export const ProductPrice = Type.Object(
  {
    base: Amount,
    perHundredPages: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 1_000_000,
        description: 'of one copy, for 100 printed pages; absent: the price does not depend on the pages',
      }),
    ),
    options: Type.Optional(
      Type.Record(Type.String(), Type.Record(Type.String(), Amount), {
        description: 'option → value → surcharge of one copy; what is not listed costs nothing more',
      }),
    ),
    breaks: Type.Optional(
      Type.Array(
        Type.Object(
          { from: Type.Integer({ minimum: 2 }), percentOff: Type.Integer({ minimum: 1, maximum: 90 }) },
          strict,
        ),
        { description: 'ascending: from so many copies of a line, so much off all of them' },
      ),
    ),
    copyGrams: Type.Optional(
      Type.Integer({
        minimum: 1,
        description: 'weighed, where the product’s papers do not tell; for flat things only',
      }),
    ),
  },
  strict,
)
export type ProductPrice = Static<typeof ProductPrice>

export const Bracket = Type.Object(
  { upToGrams: Type.Integer({ minimum: 1 }), price: Amount },
  { ...strict, description: 'price of one parcel' },
)
export type Bracket = Static<typeof Bracket>

export const ShippingRate = Type.Object(
  {
    brackets: Type.Array(Bracket, { minItems: 1, description: 'ascending in weight and in price' }),
    productionDays: Days,
    transitDays: Type.Object({ minimum: Days, maximum: Days }, strict),
  },
  strict,
)
export type ShippingRate = Static<typeof ShippingRate>

/** Every country that no zone names. */
export const restOfTheWorld = '*'

export const ShippingZone = Type.Object(
  {
    name: Type.String(),
    countries: Type.Array(Type.String({ pattern: '^([A-Z]{2}|\\*)$' }), {
      minItems: 1,
      description: 'ISO 3166-1 alpha-2; * for every country that no other zone names',
    }),
    methods: Type.Object(
      { standard: Type.Optional(ShippingRate), express: Type.Optional(ShippingRate) },
      { ...strict, description: 'a method without a rate is not offered there' },
    ),
  },
  strict,
)
export type ShippingZone = Static<typeof ShippingZone>

/** What we pay at the border, so that the recipient pays nothing there. */
export const DutyRule = Type.Object(
  {
    countries: Type.Array(Type.String({ pattern: '^[A-Z]{2}$' }), { minItems: 1 }),
    percentOfGoods: Type.Number({ minimum: 0, maximum: 100, description: 'at most three decimals' }),
    clearance: Amount,
  },
  { ...strict, description: 'delivered duty paid: added to the shipping price' },
)
export type DutyRule = Static<typeof DutyRule>

/** What one facility charges in one currency from one day on. Data, not code: a new one is a new row. */
export const PriceBook = Type.Object(
  {
    facilityId: FacilityId,
    currency: Currency,
    validFrom: Type.String({
      format: 'date',
      description: 'from midnight UTC, until the next book of this facility and currency',
    }),
    isTaxInclusive: Type.Boolean({ description: 'whether the amounts of this book hold the tax' }),
    products: Type.Record(Type.String(), ProductPrice),
    shipping: Type.Object(
      {
        zones: Type.Array(ShippingZone),
        cutOffUtc: Type.String({
          pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$',
          description: 'ordered later = ordered the next working day',
        }),
        parcel: Type.Object(
          {
            mostGrams: Type.Integer({ minimum: 1, description: 'packaging included' }),
            mostCopies: Type.Integer({ minimum: 1 }),
            packagingGrams: Type.Integer({ minimum: 0 }),
          },
          strict,
        ),
      },
      strict,
    ),
    duty: Type.Optional(Type.Array(DutyRule)),
  },
  strict,
)
export type PriceBook = Static<typeof PriceBook>
