import { type Static, Type } from 'typebox'
import type { Database } from '#chassis/database.ts'
import { Currency, type CurrencyCode } from '#contracts/money.ts'
import { defaultRoutingPolicy, RoutingPolicy, type RoutingPolicyChange } from '#contracts/order-api/routing.ts'
import { tagOf } from '#contracts/published/cache-tags.ts'
import { spreadParameters, spreadSql } from '../published/touch-sql.ts'
import { isoTime } from '../store/order-rows.ts'

export const StoredAccount = Type.Object({
  id: Type.String(),
  name: Type.String(),
  billing: Type.Enum(['prepaid', 'invoice']),
  /** Null: without a limit. */
  creditLimitMinor: Type.Union([Type.Integer(), Type.Null()]),
  currency: Currency,
  graceMinutes: Type.Integer(),
  /** How long files of its orders stay after they ended. */
  retentionDays: Type.Integer(),
  /** Absent or null: the default one. */
  routing: Type.Optional(Type.Union([RoutingPolicy, Type.Null()])),
  createdAt: Type.String(),
})
export type StoredAccount = Static<typeof StoredAccount>

export type OwnChange = {
  readonly name?: string
  readonly currency?: CurrencyCode
  readonly graceMinutes?: number
  readonly retentionDays?: number
  /** What is left out of it stays. */
  readonly routing?: RoutingPolicyChange
}

export type AccountStore = {
  readonly find: (accountId: string) => Promise<StoredAccount | undefined>
  /** What the account itself may change; undefined where that would restate its credit limit in another currency. */
  readonly change: (accountId: string, change: OwnChange) => Promise<StoredAccount | undefined>
}

export function createAccountStore(database: Database, now: () => Date): AccountStore {
  return {
    find: async (accountId) => (await database.rows(StoredAccount, findSql, { account: accountId }))[0],
    change: async (accountId, { name = null, currency = null, graceMinutes = null, retentionDays = null, routing }) =>
      (
        await database.rows(StoredAccount, changeSql, {
          ...{ account: accountId, name, currency, graceMinutes, retentionDays },
          routing: routing === undefined ? null : JSON.stringify(routing),
          defaultRouting: JSON.stringify(defaultRoutingPolicy),
          ...spreadParameters([tagOf.seller(accountId)], now()),
        })
      )[0],
  }
}

/** An account `a` as one value. */
export const accountOf = `jsonb_build_object('id', a.id, 'name', a.name, 'billing', a.billing,
  'creditLimitMinor', a.credit_limit_minor, 'currency', a.currency, 'graceMinutes', a.grace_minutes, 'routing', a.routing,
  'retentionDays', a.retention_days,
  'createdAt', ${isoTime('a.created_at')})`

const findSql = `select ${accountOf} as row from accounts a where a.id = :account::text`

/** Parts of a statement with `before` and `changed`: what visitors and the checkout read of an account is read where the old was. */
export const renamedSql = `renamed as (
    select from changed c where not exists (
      select from before b where b.name = c.name and b.routing is not distinct from c.routing)
  ), ${spreadSql('renamed')}`

/** A limit of 1000 is 10.00 € and 1000 ¥, and each currency has a balance of its own: whoever has credit cannot multiply it. */
const changeSql = `
  with before as (
    select name, routing from accounts where id = :account::text
  ), changed as (
    update accounts a set name = coalesce(:name::text, a.name), currency = coalesce(:currency::text, a.currency),
      grace_minutes = coalesce(:graceMinutes::int, a.grace_minutes), 
      routing = case when :routing::jsonb is null then a.routing
        else coalesce(a.routing, :defaultRouting::jsonb) || :routing::jsonb end,
      retention_days = coalesce(:retentionDays::int, a.retention_days)
    where a.id = :account::text
      and (coalesce(a.credit_limit_minor, 0) = 0 or coalesce(:currency::text, a.currency) = a.currency)
    returning a.*
  ), ${renamedSql}
  select ${accountOf} as row from changed a`
