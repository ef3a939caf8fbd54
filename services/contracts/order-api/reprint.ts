import { type Static, Type } from 'typebox'
import { Id } from '../ids.ts'

const strict = { additionalProperties: false } as const

/** Whose fault it is that something is printed again, and so who pays. */
export const reprintFaults = ['facility', 'platform', 'publisher'] as const
export type ReprintFault = (typeof reprintFaults)[number]

/** As many as an order can have. */
const mostReprintItems = 50

export const exampleReprint = {
  items: [{ item_id: 'itm_01kvqj7d2e8w5x3n6a9b4c1f0g', quantity: 2 }],
  reason: 'Two copies arrived with a torn cover',
  fault: 'facility',
} as const

/** Body of POST /v1/orders/{id}/reprints. */
export const ReprintRequest = Type.Object(
  {
    items: Type.Array(
      Type.Object(
        {
          item_id: Id('item'),
          quantity: Type.Optional(
            Type.Integer({ minimum: 1, maximum: 10_000, description: 'copies; as many as were ordered without' }),
          ),
        },
        strict,
      ),
      { minItems: 1, maxItems: mostReprintItems },
    ),
    reason: Type.String({ minLength: 1, maxLength: 500, description: 'what was wrong, for people' }),
    fault: Type.Enum(reprintFaults, {
      description: 'facility and platform: nothing is charged; publisher: charged at today’s price',
    }),
  },
  { ...strict, examples: [exampleReprint] },
)
export type ReprintRequest = Static<typeof ReprintRequest>

/** On an order that prints again what another one printed. */
export const ReprintOf = Type.Object(
  { order_id: Id('order'), fault: Type.Enum(reprintFaults), reason: Type.String() },
  { ...strict, description: 'the order that this one prints again, and why' },
)
export type ReprintOf = Static<typeof ReprintOf>

/** On an order of which something is printed again. */
export const ReprintLink = Type.Object(
  {
    order_id: Id('order', 'the new order'),
    fault: Type.Enum(reprintFaults),
    items: Type.Array(Type.Object({ item_id: Id('item'), quantity: Type.Integer() }, strict), {
      description: 'what of this order is printed again',
    }),
  },
  strict,
)
export type ReprintLink = Static<typeof ReprintLink>
