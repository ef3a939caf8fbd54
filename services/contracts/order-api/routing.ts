import { type Static, Type } from 'typebox'
import { FacilityId } from '../ids.ts'

const strict = { additionalProperties: false } as const
const weight = (description: string) => Type.Integer({ minimum: 0, maximum: 100, description })

/** What counts how much when a facility is chosen; only their proportions matter. */
export const RoutingWeights = Type.Object(
  {
    distance: weight('kilometres to the recipient'),
    cost: weight('what production and shipping cost there'),
    date: weight('the promised day of delivery'),
    load: weight('what it has to make already, against its capacity'),
    quality: weight('how often it was late or had to print again'),
  },
  strict,
)
export type RoutingWeights = Static<typeof RoutingWeights>

/** How an account wants its orders routed. */
export const RoutingPolicy = Type.Object(
  {
    weights: RoutingWeights,
    pin: Type.Optional(Type.Union([FacilityId, Type.Null()])),
    exclude: Type.Array(FacilityId, { maxItems: 100, description: 'never these' }),
    split: Type.Enum(['never', 'when_needed'], {
      description: 'whether an order that no facility makes whole goes to several',
    }),
    reroute: Type.Object(
      {
        mode: Type.Enum(['never', 'exact', 'similar'], {
          description:
            'what becomes of an item that its facility cannot make: refused, made elsewhere exactly as ordered, or with another paper or bleed too',
        }),
        max_cost_increase_percent: Type.Integer({
          minimum: 0,
          maximum: 1000,
          description: 'of what the first facility would cost',
        }),
        unclaimed_after_hours: Type.Integer({
          minimum: 1,
          maximum: 720,
          description: 'a job that no print client took for so long is taken back',
        }),
      },
      strict,
    ),
  },
  strict,
)
export type RoutingPolicy = Static<typeof RoutingPolicy>

export const defaultRoutingPolicy: RoutingPolicy = {
  weights: { distance: 60, cost: 10, date: 10, load: 10, quality: 10 },
  exclude: [],
  split: 'when_needed',
  reroute: { mode: 'exact', max_cost_increase_percent: 25, unclaimed_after_hours: 24 },
}

/** What an account changes of its policy; what is left out stays. */
export const RoutingPolicyChange = Type.Object(
  {
    weights: Type.Optional(RoutingWeights),
    pin: Type.Optional(
      Type.Union([FacilityId, Type.Null()], { description: 'all orders go there; null: to no one place' }),
    ),
    exclude: Type.Optional(RoutingPolicy.properties.exclude),
    split: Type.Optional(RoutingPolicy.properties.split),
    reroute: Type.Optional(RoutingPolicy.properties.reroute),
  },
  { ...strict, minProperties: 1 },
)
export type RoutingPolicyChange = Static<typeof RoutingPolicyChange>
