import type { CurrencyCode } from '#contracts/money.ts'
import type { ledgers } from '#contracts/order-api/ledger.ts'

/**
 * The books of one account. Ours to the customer: `prepaid` (paid in advance); the customer's to us: `receivable`;
 * `reprint_facility` and `reprint_platform` are what a fault cost whom.
 */
export type Ledger = (typeof ledgers)[number]

/** One side of a booking; positive is debit. The amounts of one transaction add up to zero. */
export type LedgerEntry = {
  readonly id: string
  readonly transactionId: string
  readonly ledger: Ledger
  readonly amountMinor: number
  readonly currency: CurrencyCode
  /** What it was booked for, in words that stand in the list: order, refund, deposit. */
  readonly cause: string
}

/** The two ledgers that are the customer's own: what is debited here is spent. */
export const customerLedgers: readonly Ledger[] = ['prepaid', 'receivable']

/** What the bookings take from the customer's balance; negative gives back. */
export const spentMinor = (entries: readonly LedgerEntry[]): number =>
  entries
    .filter(({ ledger }) => customerLedgers.includes(ledger))
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0)
