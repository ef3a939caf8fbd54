import { type Static, Type } from 'typebox'
import { systemClock } from '#chassis/clock.ts'
import type { Database } from '#chassis/database.ts'
import { Currency } from '#contracts/money.ts'
import { tagOf } from '#contracts/published/cache-tags.ts'
import { accountOf, renamedSql, StoredAccount } from '../accounts/account-store.ts'
import { spreadParameters } from '../published/touch-sql.ts'

const Balance = Type.Object({
  isTest: Type.Boolean(),
  currency: Currency,
  balanceMinor: Type.Integer(),
  /** Null: without a limit. */
  limitMinor: Type.Union([Type.Integer(), Type.Null()]),
})
export type Balance = Static<typeof Balance>

/** What the operator reads and writes of accounts. It is the only one who sees more than one account. */
export type OperatorStore = {
  /** Whose id or name that is; at most two, as one is wanted. */
  readonly named: (idOrName: string) => Promise<StoredAccount[]>
  /** Every account, oldest first. */
  readonly all: () => Promise<StoredAccount[]>
  /** Writes an account with its terms, whether it is there or not. */
  readonly put: (account: StoredAccount) => Promise<void>
  readonly balances: (accountId: string) => Promise<Balance[]>
}

const accountsAtOnce = 500

export function createOperatorStore(database: Database, now = systemClock.now): OperatorStore {
  return {
    named: (wanted) => database.rows(StoredAccount, namedSql, { wanted }),
    all: async () => {
      const accounts: StoredAccount[] = []
      for (;;) {
        const page = await database.rows(StoredAccount, pageSql, {
          after: accounts.at(-1)?.id ?? '',
          limit: accountsAtOnce,
        })
        accounts.push(...page)
        if (page.length < accountsAtOnce) return accounts
      }
    },
    put: async ({ routing: _own, ...account }) => {
      const spread = spreadParameters([tagOf.seller(account.id)], now())
      await database.rows(Type.Unknown(), putSql, { ...account, ...spread })
    },
    balances: (accountId) => database.rows(Balance, balancesSql, { account: accountId }),
  }
}

const namedSql = `select ${accountOf} as row from accounts a
  where a.id = :wanted::text or a.name = :wanted::text order by a.id = :wanted::text desc limit 2`

const pageSql = `select ${accountOf} as row from accounts a where a.id > :after::text order by a.id limit :limit::int`

const putSql = `
  with before as (
    select name, routing from accounts where id = :id::text
  ), changed as (
  insert into accounts (id, name, created_at, billing, credit_limit_minor, currency, grace_minutes, retention_days)
  values (:id::text, :name::text, :createdAt::timestamptz, :billing::text, :creditLimitMinor::bigint, :currency::text, :graceMinutes::int,
    :retentionDays::int)
  on conflict (id) do update set name = excluded.name, billing = excluded.billing,
    credit_limit_minor = excluded.credit_limit_minor, currency = excluded.currency, grace_minutes = excluded.grace_minutes
  returning id, name, routing
  ), ${renamedSql}
  select to_jsonb(id) as row from changed`

/** The limit is the account's as it is now, as the API tells it; in another currency nobody has credit. */
const balancesSql = `select jsonb_build_object('isTest', b.is_test, 'currency', b.currency, 'balanceMinor', b.balance_minor,
    'limitMinor', case when a.billing = 'invoice' and a.credit_limit_minor is null then null
      when a.currency = b.currency then coalesce(a.credit_limit_minor, 0) else 0 end) as row
  from balances b join accounts a on a.id = b.account_id where b.account_id = :account::text order by b.is_test, b.currency`
