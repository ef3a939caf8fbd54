import { type Static, Type } from 'typebox'
import { Currency } from '../money.ts'
import { Charges, shippingMethods } from '../order-api/charges.ts'

const strict = { additionalProperties: false } as const

/** What a cart costs by each shipping method, made on the server from what was published. No quote id: that never leaves the server. */
export const CheckoutPrice = Type.Object(
  {
    object: Type.Literal('price'),
    currency: Currency,
    methods: Type.Array(
      Type.Object(
        {
          shipping_method: Type.Enum(shippingMethods),
          charges: Charges,
          earliest: Type.String({ format: 'date', description: 'first day of delivery, of all parcels' }),
          latest: Type.String({ format: 'date' }),
        },
        strict,
      ),
      { minItems: 1 },
    ),
    as_of: Type.String({ description: 'when the prices were read; older than a minute: the CDN did not answer' }),
  },
  strict,
)
export type CheckoutPrice = Static<typeof CheckoutPrice>
