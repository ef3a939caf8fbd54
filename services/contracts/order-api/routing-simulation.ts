import { type Static, Type } from 'typebox'
import { FacilityId, Id } from '../ids.ts'
import { Money } from '../money.ts'
import { RoutingPolicy, RoutingPolicyChange } from './routing.ts'

const strict = { additionalProperties: false } as const
const time = Type.String({ format: 'date-time' })

/** One answer replays at most so many orders, of at most so many days. */
export const mostSimulatedOrders = 1000
export const mostSimulatedDays = 31

export const exampleSimulation = {
  policy: { weights: { distance: 20, cost: 60, date: 20, load: 0, quality: 0 } },
}

/** Body of POST /v1/routing/simulate. */
export const RoutingSimulationRequest = Type.Object(
  {
    from: Type.Optional(Type.String({ format: 'date-time', description: '30 days before `to` without' })),
    to: Type.Optional(Type.String({ format: 'date-time', description: 'now without; at most 31 days after `from`' })),
    policy: RoutingPolicyChange,
    cursor: Type.Optional(Type.String({ pattern: '^ord_[0-9a-z]{26}$', description: '`next` of the answer before' })),
  },
  { ...strict, examples: [exampleSimulation] },
)
export type RoutingSimulationRequest = Static<typeof RoutingSimulationRequest>

/** Of all parcels together: one for each facility of each order. */
export const RoutingFigures = Type.Object(
  {
    orders: Type.Integer(),
    copies: Type.Integer(),
    cost: Type.Array(Money, { description: 'production and shipping without tax, by the prices of today' }),
    without_price: Type.Integer({ description: 'orders in this whose cost is not known: not in `cost`' }),
    average_km: Type.Number(),
    average_days: Type.Number({ description: 'from the order to the last promised day' }),
    late_percent: Type.Number({ description: 'expected, from how often its facilities were on time' }),
  },
  strict,
)
export type RoutingFigures = Static<typeof RoutingFigures>

export const RoutingSimulation = Type.Object(
  {
    object: Type.Literal('routing_simulation'),
    from: time,
    to: time,
    policy: RoutingPolicy,
    orders: Type.Integer({ description: 'orders that were replayed' }),
    moved: Type.Integer({ description: 'of these, made elsewhere' }),
    by_postal_area: Type.Integer({
      description: 'of these, with distances to the middle of the postal area; of the others, to that of the country',
    }),
    split: Type.Object({ happened: Type.Integer(), simulated: Type.Integer() }, strict),
    not_possible: Type.Integer({ description: 'of these, refused under this policy' }),
    late: Type.Integer({ description: 'of these, really sent after the day on which they should have arrived' }),
    happened: RoutingFigures,
    simulated: RoutingFigures,
    facilities: Type.Array(
      Type.Object({ facility_id: FacilityId, happened: RoutingFigures, simulated: RoutingFigures }, strict),
    ),
    examples: Type.Array(
      Type.Object(
        {
          order_id: Id('order'),
          happened: Type.Array(FacilityId),
          simulated: Type.Array(FacilityId, { description: 'empty: it would be refused' }),
          reason: Type.String(),
        },
        strict,
      ),
      { description: 'the first 50 that would have moved' },
    ),
    is_complete: Type.Boolean({ description: 'false: `next` goes on where this ends; its figures are to be added' }),
    next: Type.Union([Type.String(), Type.Null()]),
  },
  strict,
)
export type RoutingSimulation = Static<typeof RoutingSimulation>
