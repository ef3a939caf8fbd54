import type { SqlValue } from '#chassis/database.ts'
import { type LedgerEntry, spentMinor } from '../ledger/entry.ts'
import type { Order } from '../orders/order.ts'

/** The constraint that a balance below its limit breaks. */
export const balanceRule = 'balances_within_limit'

/**
 * Parts of a statement: the entries of an order, and the balance that they take from. They are written for each row of the part
 * named `when`, so that nothing is booked twice. Only an account with a limit has a balance: the row of one without would be a
 * queue for all its orders. (An upsert would not do: its row to insert is checked before the conflict is seen.)
 */
export const bookingSql = (when: string): string => `booked as (
    insert into ledger_entries (account_id, is_test, id, transaction_id, ledger, amount_minor, currency, order_id, cause, at)
    select :account::text, :isTest::boolean, b.id, b."transactionId", b.ledger, b."amountMinor", b.currency, :id::text,
      b.cause, :at::timestamptz
    from ${when}, jsonb_to_recordset(:entries::jsonb)
      as b(id text, "transactionId" text, ledger text, "amountMinor" bigint, currency text, cause text)
  ), spent as (
    update balances b set balance_minor = b.balance_minor - :spentMinor::bigint, limit_minor = :limitMinor::bigint
    from ${when} where b.account_id = :account::text and b.is_test = :isTest::boolean and b.currency = :currency::text
      and :limitMinor::bigint is not null and :spentMinor::bigint <> 0
  ), opened as (
    insert into balances (account_id, is_test, currency, balance_minor, limit_minor)
    select :account::text, :isTest::boolean, :currency::text, -(:spentMinor::bigint), :limitMinor::bigint
    from ${when} where :limitMinor::bigint is not null and :spentMinor::bigint <> 0 and not exists (
      select from balances b where b.account_id = :account::text and b.is_test = :isTest::boolean and b.currency = :currency::text)
  )`

/** The parameters that those parts read. */
export const bookingParameters = (
  { isTest, billing }: Order,
  entries: readonly LedgerEntry[],
): Readonly<Record<string, SqlValue>> => ({
  isTest,
  entries: JSON.stringify(entries),
  currency: entries[0]?.currency ?? '',
  spentMinor: spentMinor(entries),
  limitMinor: billing.limitMinor,
})
