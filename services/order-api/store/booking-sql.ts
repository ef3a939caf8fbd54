import type { SqlValue } from '#chassis/database.ts'
import { type LedgerEntry, spentMinor } from '../ledger/entry.ts'
import type { Order } from '../orders/order.ts'

/** The constraint that a balance below its limit breaks. */
export const balanceRule = 'balances_within_limit'

/** The constraint that the first booking of a currency breaks when another was first: done again, it finds the balance. */
export const openedByAnotherRule = 'balances_pkey'

/** Stands for "no limit" where a number must stand. */
const unlimitedMinor = '1000000000000000'

/**
 * Parts of a statement: the entries of a transaction, and the balance that they take from or give to. They are written for each row
 * of the part named `when`, so that nothing is booked twice. Only an account with a limit has a balance: the row of one without would
 * be a queue for all its orders. (An upsert would not do: its row to insert is checked before the conflict is seen.)
 * Who spends meets the account's limit as it is now. Who is given back is never held against it: it may have been lowered since.
 */
export const bookingSql = (when: string): string => `booked as (
    insert into ledger_entries (account_id, is_test, id, transaction_id, ledger, amount_minor, currency, order_id, cause, at)
    select :account::text, :isTest::boolean, b.id, b."transactionId", b.ledger, b."amountMinor", b.currency, :bookedFor::text,
      b.cause, :at::timestamptz
    from ${when}, jsonb_to_recordset(:entries::jsonb)
      as b(id text, "transactionId" text, ledger text, "amountMinor" bigint, currency text, cause text)
  ), terms as (
    select case when a.currency <> :currency::text then 0 when a.credit_limit_minor is not null then a.credit_limit_minor
      when a.billing = 'invoice' then ${unlimitedMinor} else 0 end as limit_minor
    from accounts a where a.id = :account::text
  ), spent as (
    update balances b set balance_minor = b.balance_minor - :spentMinor::bigint,
      limit_minor = case when :spentMinor::bigint > 0 then terms.limit_minor else b.limit_minor end
    from ${when}, terms
    where b.account_id = :account::text and b.is_test = :isTest::boolean and b.currency = :currency::text
      and :hasBalance::boolean and :spentMinor::bigint <> 0
  ), opened as (
    insert into balances (account_id, is_test, currency, balance_minor, limit_minor)
    select :account::text, :isTest::boolean, :currency::text, -(:spentMinor::bigint), terms.limit_minor
    from ${when}, terms where :hasBalance::boolean and :spentMinor::bigint <> 0 and not exists (
      select from balances b where b.account_id = :account::text and b.is_test = :isTest::boolean and b.currency = :currency::text)
  )`

/** The parameters that those parts read; `account` and `at` are the statement's own. */
export const bookingParameters = (
  { id, isTest, billing }: Pick<Order, 'isTest' | 'billing'> & { readonly id: string | null },
  entries: readonly LedgerEntry[],
): Readonly<Record<string, SqlValue>> => ({
  isTest,
  bookedFor: id,
  entries: JSON.stringify(entries),
  currency: entries[0]?.currency ?? '',
  spentMinor: spentMinor(entries),
  hasBalance: billing.limitMinor !== null,
})
