import { Type } from 'typebox'
import { Currency } from '#contracts/money.ts'
import { RoutingPolicy } from '#contracts/order-api/routing.ts'

/** Terms of an account as `accountTermsSql` reads them. */
export const AccountTerms = Type.Object({
  billing: Type.Enum(['prepaid', 'invoice']),
  creditLimitMinor: Type.Union([Type.Integer(), Type.Null()]),
  currency: Currency,
  graceMinutes: Type.Integer(),
  routing: Type.Optional(Type.Union([RoutingPolicy, Type.Null()])),
})

/** Of an account `a`. */
export const accountTermsSql = `jsonb_build_object('billing', a.billing, 'creditLimitMinor', a.credit_limit_minor,
  'currency', a.currency, 'graceMinutes', a.grace_minutes, 'routing', a.routing)`
