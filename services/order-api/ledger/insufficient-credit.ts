import type { Database } from '#chassis/database.ts'
import { Refused } from '#chassis/errors.ts'
import { type CurrencyCode, decimalText } from '#contracts/money.ts'
import type { Owner } from '../store/order-store.ts'
import { type LedgerEntry, spentMinor } from './entry.ts'
import { readBalances } from './read-ledger.ts'

/** How money comes in that is not test money. */
export const bookedByOperator = 'Live money is booked by the operator when it has come (docs/operator.md)'

/** The refusal of what the balance does not cover: what it costs, what can be spent as it is read now, and how there comes to be more. */
export async function insufficientCredit(
  database: Database,
  { accountId, isTest }: Owner,
  what: 'order' | 'change',
  entries: readonly LedgerEntry[],
): Promise<Refused> {
  const currency = entries[0]?.currency ?? 'EUR'
  const balances = await readBalances(database, { accountId, isTest })
  const spendable = balances.find((each) => each.currency === currency)?.spendable ?? 0
  const inWords = (amount: number): string => shown(amount, currency)
  const payIn = isTest ? 'Pay in with POST /v1/ledger/deposits' : bookedByOperator
  return new Refused(
    'insufficient_credit',
    `This ${what} costs ${inWords(spentMinor(entries))}, and ${inWords(spendable)} can be spent. ${payIn}; then send the same request again.`,
  )
}

const shown = (amountMinor: number, currency: CurrencyCode): string =>
  `${decimalText(amountMinor, currency)} ${currency}`
