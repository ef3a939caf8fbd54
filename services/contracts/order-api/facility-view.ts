import { type Static, Type } from 'typebox'
import { FacilityId } from '../ids.ts'

const strict = { additionalProperties: false } as const
const nullable = (pattern: string) => Type.Union([Type.String(), Type.Null()], { description: pattern })
const percent = (description: string) =>
  Type.Union([Type.Number({ minimum: 0, maximum: 100 }), Type.Null()], { description })

/** Figures are of orders of so many days. */
export const figureDays = 90

/** A place that prints, as every account sees it: what it makes, whether it is there, how long its work waits. */
export const FacilityView = Type.Object(
  {
    id: FacilityId,
    object: Type.Literal('facility'),
    name: Type.String(),
    country: Type.String({ description: 'ISO 3166-1' }),
    city: Type.String(),
    status: Type.Enum(['open', 'paused', 'draining'], {
      description:
        'open: takes orders; paused and draining: takes no new ones, and draining hands on what it has not begun',
    }),
    products: Type.Array(Type.String(), { description: 'skus that it makes' }),
    papers: Type.Array(
      Type.Object(
        { id: Type.String(), title: Type.String(), gsm: Type.Number(), caliper_micrometres: Type.Number() },
        strict,
      ),
    ),
    opening: Type.Union([
      Type.Object(
        {
          time_zone: Type.String({ description: 'IANA name' }),
          weekdays: Type.Array(Type.Integer(), { description: 'ISO 8601: 1 is Monday' }),
          cut_off: Type.String({ description: 'local time; what comes later counts from the next open day' }),
          closed_on: Type.Array(Type.String({ format: 'date' })),
        },
        strict,
      ),
      Type.Null(),
    ]),
    clients: Type.Integer({ minimum: 0, description: 'print clients that are there' }),
    last_heard_at: nullable('when a print client of it last said that it is there; null: never'),
    is_silent: Type.Boolean({
      description: 'true: its print clients were there, and nothing was heard of them for 15 minutes',
    }),
    queue: Type.Object(
      {
        jobs: Type.Integer({ minimum: 0, description: 'that it has to make, of all accounts; not shipped yet' }),
        unclaimed: Type.Integer({ minimum: 0, description: 'those of them that no print client took yet' }),
        oldest_job_at: nullable('since when the oldest job is there; null: there is none'),
        oldest_unclaimed_at: nullable('since when the oldest one waits to be taken; null: none waits'),
        oldest_moved_at: nullable(
          'when the taken job that has stood still the longest last moved on; null: no job is taken',
        ),
      },
      { ...strict, description: 'as order-api counts it, of the world of your key' },
    ),
    figures: Type.Object(
      {
        days: Type.Integer(),
        items: Type.Integer({
          minimum: 0,
          description: 'that left it in that time; below 20 there are no percentages',
        }),
        on_time_percent: percent(
          'left by the last day that was promised for their arrival, as far as a day was promised',
        ),
        reprint_percent: percent('were printed again because it made them wrong'),
      },
      { ...strict, description: 'of its own orders' },
    ),
  },
  strict,
)
export type FacilityView = Static<typeof FacilityView>

export const FacilityViewList = Type.Object({ data: Type.Array(FacilityView) }, strict)
