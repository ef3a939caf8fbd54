import { type Static, Type } from 'typebox'
import { Id } from '../ids.ts'
import { itemStates } from '../item-states.ts'
import { cancelStates } from '../order-actions.ts'
import { paymentStates, stages } from '../order-states.ts'
import { Shipment } from './order.ts'

const strict = { additionalProperties: false } as const

/** An order that the checkout placed, as far as its customer is told of it. */
export const SaleStanding = Type.Object(
  {
    checkout_id: Id('checkout'),
    order_id: Id('order'),
    account_id: Id('account'),
    is_test: Type.Boolean(),
    stage: Type.Enum(stages),
    payment: Type.Enum(paymentStates),
    is_held: Type.Boolean(),
    refunded: Type.Integer({ minimum: 0, description: 'what is to go back to the customer in all, in minor units' }),
    cancel: Type.Optional(Type.Object({ requested_at: Type.String(), state: Type.Enum(cancelStates) }, strict)),
    items: Type.Array(
      Type.Object({ id: Id('item'), status: Type.Enum(itemStates), failure: Type.Optional(Type.String()) }, strict),
    ),
    shipments: Type.Array(Shipment),
    recipient_changed_at: Type.Optional(Type.String()),
    updated_at: Type.String(),
  },
  strict,
)
export type SaleStanding = Static<typeof SaleStanding>

/**
 * GET /v1/sales?after=…: orders of all accounts that the checkout placed, in the order in which they changed last. `next` is where to go on, also
 * when there was nothing. What changed at the same moment may come twice, and nothing is left out.
 */
export const SalesPage = Type.Object({ data: Type.Array(SaleStanding), next: Type.String() }, strict)
export type SalesPage = Static<typeof SalesPage>
