import { type Static, Type } from 'typebox'
import { FacilityId, Id } from '../ids.ts'
import { Money } from '../money.ts'
import { RoutingPolicy } from './routing.ts'

const strict = { additionalProperties: false } as const
const score = Type.Integer({ minimum: 0, maximum: 1000 })

/** How exactly the recipient's place was known: by the first signs of the postal code, or no more than the country. */
export const PlaceExactness = Type.Enum(['postal_area', 'country'])
export type PlaceExactness = Static<typeof PlaceExactness>

/** Of 0 to 1000, more being better; cost and date are held against the nearest facility that has an offer, which has 500. */
export const RoutingScores = Type.Object(
  { distance: score, cost: score, date: score, load: score, quality: score },
  strict,
)

export const RoutingCandidate = Type.Object(
  {
    facility_id: FacilityId,
    chosen: Type.Boolean(),
    reason: Type.String({ description: 'why it was chosen, or why not' }),
    can_make: Type.Array(Type.String()),
    distance_km: Type.Integer(),
    cost: Type.Optional(Money),
    promised_by: Type.Optional(Type.String({ description: 'last day of delivery from there' })),
    load_days: Type.Optional(Type.Number({ description: 'working days of work that it had already' })),
    scores: Type.Optional(RoutingScores),
    total: Type.Optional(Type.Integer({ description: 'the scores by their weights, 0 to 1000: the most decides' })),
  },
  strict,
)

/** GET /v1/orders/{id}/routing: how it was decided where the order is made. */
export const OrderRouting = Type.Object(
  {
    object: Type.Literal('order_routing'),
    order_id: Id('order'),
    policy: Type.Union([RoutingPolicy, Type.Null()], {
      description: 'as it was when the order was placed; null for orders of before there were policies',
    }),
    items: Type.Array(Type.Object({ item_id: Id('item'), sku: Type.String(), facility_id: FacilityId }, strict), {
      description: 'where each is made now',
    }),
    is_split: Type.Boolean(),
    recipient_place: Type.Union([PlaceExactness, Type.Null()], {
      description:
        'to where `distance_km` is measured: the middle of the postal area, or of the country where the code is unknown; null for orders of before this was told',
    }),
    candidates: Type.Array(RoutingCandidate, {
      description: 'the chosen ones and up to twelve others, the best first',
    }),
    not_named: Type.Object(
      {
        make_nothing: Type.Integer({ description: 'facilities that make nothing of the order' }),
        others: Type.Integer({ description: 'facilities that make something of it and came behind those above' }),
      },
      strict,
    ),
  },
  strict,
)
export type OrderRouting = Static<typeof OrderRouting>
