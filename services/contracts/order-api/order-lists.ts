import { type Static, Type } from 'typebox'
import { Id } from '../ids.ts'
import { orderActions } from '../order-actions.ts'
import { Order } from './order.ts'

const strict = { additionalProperties: false } as const

export const OrderList = Type.Object(
  {
    data: Type.Array(Order),
    next: Type.Union([Type.String(), Type.Null()], { description: 'cursor of the next page' }),
  },
  strict,
)

/** GET /v1/orders/{id}/actions: what can be asked now, and until when. */
export const OrderActionList = Type.Object(
  {
    data: Type.Array(
      Type.Object(
        {
          action: Type.Enum(orderActions),
          allowed: Type.Enum(['yes', 'asks_facility', 'no']),
          until: Type.Union([Type.String(), Type.Null()], {
            description: 'at least until then; null: not known yet, without end, or not allowed',
          }),
        },
        strict,
      ),
    ),
  },
  strict,
)

export const OrderEventEntry = Type.Object(
  {
    id: Id('event'),
    order_id: Id('order'),
    sequence: Type.Integer({ minimum: 1, description: 'gapless within the order' }),
    type: Type.String(),
    at: Type.String(),
    data: Type.Record(Type.String(), Type.Unknown()),
  },
  strict,
)
export type OrderEventEntry = Static<typeof OrderEventEntry>
export const OrderEventList = Type.Object({ data: Type.Array(OrderEventEntry) }, strict)
