import { type Static, Type } from 'typebox'
import { eventTypeNames } from '../event-types.ts'
import { Id } from '../ids.ts'
import { NumberText } from './number-text.ts'

const strict = { additionalProperties: false } as const

/** One change of anything in the account, in one of its two worlds. */
export const AccountEvent = Type.Object(
  {
    id: Id('event'),
    sequence: Type.Integer({
      minimum: 1,
      description: 'gapless, one row of numbers for all live and one for all test events of the account',
    }),
    type: Type.String({
      description: 'one of the types in docs/api/events.md; take those that you do not know calmly',
    }),
    at: Type.String({ description: 'when it happened; UTC, ISO 8601' }),
    order_id: Type.Optional(Id('order', 'absent when it is about no order')),
    data: Type.Record(Type.String(), Type.Unknown(), { description: 'what goes with it: ids and codes' }),
  },
  strict,
)
export type AccountEvent = Static<typeof AccountEvent>

/** GET /v1/events, oldest first. */
export const AccountEventList = Type.Object(
  {
    data: Type.Array(AccountEvent),
    next: Type.Integer({ minimum: 0, description: 'give it as `after` next time, also when nothing came' }),
    has_more: Type.Boolean({ description: 'whether there is more right now' }),
  },
  strict,
)
export type AccountEventList = Static<typeof AccountEventList>

export const AccountEventQuery = Type.Object(
  {
    after: Type.Optional(
      NumberText(
        '^(0|[1-9][0-9]{0,14})$',
        { minimum: 0, default: 0 },
        'a sequence: events with a higher one only; 0 without',
      ),
    ),
    limit: Type.Optional(
      NumberText('^([1-9][0-9]{0,2}|1000)$', { minimum: 1, maximum: 1000, default: 100 }, '1 to 1000; 100 without'),
    ),
    type: Type.Optional(Type.Enum([...eventTypeNames], { description: 'events of this type only' })),
  },
  strict,
)
