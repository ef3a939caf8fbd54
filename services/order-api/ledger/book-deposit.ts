import { Type } from 'typebox'
import { type Database, RuleBroken, type SqlValue } from '#chassis/database.ts'
import type { CurrencyCode } from '#contracts/money.ts'
import type { MakeId } from '../orders/make-id.ts'
import { bookingParameters, bookingSql, openedByAnotherRule } from '../store/booking-sql.ts'
import { entriesOf } from './book.ts'
import type { LedgerEntry } from './entry.ts'

/** Money that came in. */
export type DepositFacts = {
  readonly accountId: string
  readonly isTest: boolean
  /** In minor units, 1 to 10¹². */
  readonly amount: number
  readonly currency: CurrencyCode
  /** Why, as it stands in the list of bookings: the reference of a bank transfer. */
  readonly cause: string
  /** What it goes to: the balance, or what is owed on invoices. The balance without. */
  readonly to?: 'prepaid' | 'receivable'
}

/** A deposit as it is to be written: once for the row that the `claim` makes, a select or an insert that returns one or none. */
export type DepositBooking = {
  readonly facts: DepositFacts
  readonly entries: readonly LedgerEntry[]
  /** Whether it raises what can be spent. */
  readonly hasBalance: boolean
  readonly at: Date
  readonly claim: string
  /** Those that the claim reads; `account`, `isTest` and `at` are there. */
  readonly parameters?: Readonly<Record<string, SqlValue>>
}

/** The largest balance: of whatever is added up from such, a JSON number still holds the last digit. */
export const largestBalanceMinor = 1_000_000_000_000_000

const Outcome = Type.Object({ isBooked: Type.Boolean(), isFull: Type.Boolean() })

/** In `claim`: the balance can take the deposit. */
export const hasRoom = 'not exists (select from full_balance)'

/** The entries of a deposit: our cash is more, and so is what the customer has with us. */
export const depositEntries = ({ amount, currency, cause, to = 'prepaid' }: DepositFacts, makeId: MakeId) =>
  entriesOf({ cause, amounts: { cash: amount, [to]: -amount } }, currency, makeId)

/** Writes a deposit in one statement; when another booking opened the balance at the same moment, once more. */
export async function bookDeposit(database: Database, booking: DepositBooking) {
  const book = () => database.rows(Outcome, depositSql(booking.claim), parametersOf(booking))
  const [outcome] = await book().catch((error: unknown) => {
    if (error instanceof RuleBroken && error.rule === openedByAnotherRule) return book()
    throw error
  })
  if (!outcome) throw new Error('A deposit gave no outcome')
  return outcome
}

const depositSql = (claim: string): string => `
  with full_balance as (
    select from balances b where b.account_id = :account::text and b.is_test = :isTest::boolean
      and b.currency = :currency::text and b.balance_minor - :spentMinor::bigint > ${largestBalanceMinor}
  ), claimed as (${claim}), ${bookingSql('claimed')}
  select jsonb_build_object('isBooked', exists (select from claimed), 'isFull', exists (select from full_balance)) as row`

function parametersOf({ facts, entries, hasBalance, at, parameters = {} }: DepositBooking) {
  const { accountId: account, isTest } = facts
  const billing = { mode: 'prepaid', limitMinor: hasBalance ? 0 : null } as const
  return { ...parameters, account, at: at.toISOString(), ...bookingParameters({ id: null, isTest, billing }, entries) }
}
