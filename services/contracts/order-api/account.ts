import { type Static, Type } from 'typebox'
import { Id } from '../ids.ts'
import { Currency, currencyCodes, Money } from '../money.ts'
import { retentionDays } from '../retention.ts'
import { RoutingPolicy, RoutingPolicyChange } from './routing.ts'

const strict = { additionalProperties: false } as const

export const longestGraceMinutes = 2880

const name = Type.String({ minLength: 1, maxLength: 100, description: 'of the shop or the firm' })
const graceMinutes = Type.Integer({
  minimum: 0,
  maximum: longestGraceMinutes,
  description: 'how long an order waits after preflight, so that it can still be changed: 0 to 2880 minutes',
})

const retention = Type.Integer({
  minimum: retentionDays.least,
  maximum: retentionDays.most,
  description:
    'how many days files of an order stay after it was delivered, cancelled or rejected, so that it can be printed again: 1 to 3650',
})

/** The account that a key belongs to. Both worlds share it. */
export const Account = Type.Object(
  {
    id: Id('account'),
    object: Type.Literal('account'),
    name,
    billing: Type.Enum(['prepaid', 'invoice'], {
      description: 'whether live orders are paid from a balance or by invoice; set by the operator',
    }),
    credit_limit: Type.Union([Money, Type.Null()], {
      description: 'how far below zero the balance may go, null being without a limit; set by the operator',
    }),
    currency: Currency,
    grace_minutes: graceMinutes,
    retention_days: retention,
    routing: RoutingPolicy,
    created_at: Type.String({ description: 'UTC, ISO 8601' }),
  },
  strict,
)
export type Account = Static<typeof Account>

/** Body of PATCH /v1/account: what is left out stays. It holds for orders placed from then on, `retention_days` for orders that end from then on. */
export const AccountChange = Type.Object(
  {
    name: Type.Optional(name),
    currency: Type.Optional(
      Type.Enum(currencyCodes, {
        description: 'of orders and quotes from now on; set by the operator where there is a credit limit above 0',
      }),
    ),
    grace_minutes: Type.Optional(graceMinutes),
    retention_days: Type.Optional(retention),
    routing: Type.Optional(RoutingPolicyChange),
  },
  { ...strict, minProperties: 1 },
)
export type AccountChange = Static<typeof AccountChange>
