import { type Static, Type } from 'typebox'
import { FacilityId } from '../ids.ts'
import { Currency } from '../money.ts'

const strict = { additionalProperties: false } as const
export const shippingMethods = ['standard', 'express'] as const
export type ShippingMethod = (typeof shippingMethods)[number]

const amount = (description: string) => Type.Integer({ description: `${description}, in minor units` })
const totals = {
  net: amount('without tax'),
  tax_amount: amount('the tax'),
  gross: amount('net and tax: what is paid'),
}

/** How an amount is taxed. The rate and where it comes from are data with a date: docs/decisions and contracts/taxes. */
export const Tax = Type.Object(
  {
    kind: Type.Enum(['vat', 'sales_tax', 'none']),
    jurisdiction: Type.String({ description: 'ISO 3166-1 country, or ISO 3166-2 for a state: NL, US-CA' }),
    rate_percent: Type.Number({ minimum: 0, maximum: 100 }),
    is_inclusive: Type.Boolean({ description: 'whether the listed price already holds the tax' }),
  },
  strict,
)
export type Tax = Static<typeof Tax>

/** One line of an order, priced. */
export const ChargeLine = Type.Object(
  {
    item: Type.Integer({ minimum: 0, description: 'place in `items` of the request' }),
    sku: Type.String(),
    quantity: Type.Integer({ minimum: 1 }),
    printed_pages: Type.Optional(Type.Integer({ minimum: 1, description: 'blank ones at the end included' })),
    unit: Type.Object(
      {
        base: amount('of one copy'),
        pages: amount('all pages of one copy'),
        options: Type.Record(Type.String(), amount('of one copy')),
        margin: Type.Optional(amount('what the publisher adds to one copy, without tax')),
      },
      { ...strict, description: 'the listed price of one copy, in its parts' },
    ),
    discount: Type.Integer({
      minimum: 0,
      description: 'for the quantity, off the listed price of all copies, in minor units',
    }),
    margin: Type.Optional(
      Type.Integer({ minimum: 1, description: 'the publisher’s, of all copies: part of net, in minor units' }),
    ),
    tax: Tax,
    ...totals,
  },
  strict,
)
export type ChargeLine = Static<typeof ChargeLine>

/** What one facility sends, and when it should arrive. */
export const ShippingCharge = Type.Object(
  {
    facility_id: FacilityId,
    method: Type.Enum(shippingMethods),
    items: Type.Array(Type.Integer({ minimum: 0 }), { description: 'places in `items` of the request' }),
    parcels: Type.Integer({ minimum: 1 }),
    weight_grams: Type.Integer({ minimum: 1 }),
    earliest: Type.String({ format: 'date', description: 'first day of the delivery window' }),
    latest: Type.String({ format: 'date', description: 'last day of the delivery window' }),
    duty: Type.Optional(amount('duty and clearance that we pay (DDP), part of the amounts below')),
    tax: Tax,
    ...totals,
  },
  strict,
)
export type ShippingCharge = Static<typeof ShippingCharge>

/** Everything that an order costs with one shipping method. `gross` is what is charged, to the unit. */
export const Charges = Type.Object(
  {
    currency: Currency,
    ...totals,
    lines: Type.Array(ChargeLine),
    shipping: Type.Array(ShippingCharge, { description: 'one a facility' }),
    duty: Type.Object(
      {
        terms: Type.Enum(['none', 'DDP', 'DAP']),
        detail: Type.String({ description: 'who pays what at the border' }),
      },
      strict,
    ),
  },
  strict,
)
export type Charges = Static<typeof Charges>
