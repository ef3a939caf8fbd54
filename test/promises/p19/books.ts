import { Refused } from '#chassis/errors.ts'
import type { AccountTerms } from '../../../services/order-api/auth/principal.ts'
import { type LedgerEntry, spentMinor } from '../../../services/order-api/ledger/entry.ts'
import type { Change } from '../../../services/order-api/orders/change.ts'
import type { Order } from '../../../services/order-api/orders/order.ts'

export type Booked = LedgerEntry & { readonly orderId: string }

/** One customer of the till. */
export type TillAccount = {
  readonly accountId: string
  readonly isTest: boolean
  readonly terms: AccountTerms
  balanceMinor: number
  readonly entries: Booked[]
  readonly orders: Map<string, Order>
  /** What was answered to a key. */
  readonly answers: Map<string, unknown>
}

/** What the database does with a change: all of it or, when the balance does not cover it, nothing. */
export function write(
  account: TillAccount,
  { order, entries, newShipments }: Pick<Change, 'order' | 'entries' | 'newShipments'>,
): void {
  const spent = spentMinor(entries)
  const hasBalance = order.billing.limitMinor !== null
  if (hasBalance && spent > 0 && account.balanceMinor - spent < 0)
    throw new Refused('insufficient_credit', 'Too little.')
  if (hasBalance) account.balanceMinor -= spent
  account.entries.push(...entries.map((entry) => ({ ...entry, orderId: order.id })))
  const shipments = [...order.shipments, ...newShipments]
  account.orders.set(order.id, { ...order, shipments, version: order.version + 1 })
}

/** Bookings that do not add up. */
export function faultsOf({ accountId, entries, balanceMinor }: TillAccount, paidInMinor: number): string[] {
  const sums = new Map<string, number>()
  for (const { transactionId, amountMinor } of entries) {
    sums.set(transactionId, (sums.get(transactionId) ?? 0) + amountMinor)
  }
  const wrong = [...sums].filter(([, sum]) => sum !== 0).map(([id]) => `transaction ${id} does not add up`)
  const prepaid = entries.filter(({ ledger }) => ledger === 'prepaid').reduce((sum, each) => sum + each.amountMinor, 0)
  return balanceMinor === paidInMinor - prepaid
    ? wrong
    : [...wrong, `the balance of ${accountId} is not what was booked`]
}
