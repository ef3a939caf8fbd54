import { Type } from 'typebox'
import type { Database } from '#chassis/database.ts'
import { Currency } from '#contracts/money.ts'
import { type Balance, Entry } from '#contracts/order-api/ledger.ts'
import { isoTime } from '../store/order-rows.ts'
import type { Owner } from '../store/order-store.ts'

const BalanceRow = Type.Object({
  currency: Currency,
  balance: Type.Integer(),
  owed: Type.Integer(),
  /** Null: without a limit. */
  limit: Type.Union([Type.Integer(), Type.Null()]),
})

/** The limit is the account's as it is now, in its own currency; in another one nobody has credit. */
const balancesSql = `
  with parts as (
    select currency, balance_minor as balance, 0::bigint as owed from balances
    where account_id = :account::text and is_test = :isTest::boolean
    union all
    select currency, 0, sum(amount_minor)::bigint from ledger_entries
    where account_id = :account::text and is_test = :isTest::boolean and ledger = 'receivable' group by currency
    union all
    select currency, 0, 0 from accounts where id = :account::text
  ), summed as (
    select currency, sum(balance)::bigint as balance, sum(owed)::bigint as owed from parts group by currency
  )
  select jsonb_build_object('currency', s.currency, 'balance', s.balance, 'owed', s.owed, 'limit',
    case when a.billing = 'invoice' and a.credit_limit_minor is null then null
      when a.currency = s.currency then coalesce(a.credit_limit_minor, 0) else 0 end) as row
  from summed s, accounts a where a.id = :account::text order by s.currency`

/** What the account has, may spend and owes, by currency. */
export async function readBalances(database: Database, { accountId, isTest }: Owner): Promise<Balance[]> {
  const rows = await database.rows(BalanceRow, balancesSql, { account: accountId, isTest })
  return rows.map((row) => ({
    ...row,
    spendable: row.limit === null ? null : Math.max(0, row.balance + row.limit),
  }))
}

/** Above every id that can exist: the start of a list. */
const afterAll = 'led_~'

const entriesSql = (filter: string): string => `
  select jsonb_strip_nulls(jsonb_build_object('id', id, 'transaction_id', transaction_id, 'ledger', ledger,
    'amount', amount_minor, 'currency', currency, 'order_id', order_id, 'cause', cause, 'at', ${isoTime('at')})) as row
  from ledger_entries
  where account_id = :account::text and is_test = :isTest::boolean and id < :before::text ${filter}
  order by id desc limit :limit::int`
const allSql = entriesSql('')
const ofOrderSql = entriesSql('and order_id = :order::text')

export type EntriesWanted = {
  readonly orderId?: string | undefined
  readonly before?: string | undefined
  readonly limit: number
}

/** The account's bookings, newest first, below `before`. */
export function readEntries(database: Database, { accountId, isTest }: Owner, wanted: EntriesWanted): Promise<Entry[]> {
  const { orderId, before = afterAll, limit } = wanted
  const parameters = { account: accountId, isTest, before, limit }
  if (orderId === undefined) return database.rows(Entry, allSql, parameters)
  return database.rows(Entry, ofOrderSql, { ...parameters, order: orderId })
}
