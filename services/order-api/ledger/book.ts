import type { Charges } from '#contracts/order-api/charges.ts'
import { ledgers } from '#contracts/order-api/ledger.ts'
import type { MakeId } from '../orders/make-id.ts'
import type { Billing } from '../orders/order.ts'
import type { Ledger, LedgerEntry } from './entry.ts'

/** Amounts by ledger, of one transaction; what adds up to nothing is left out. */
export type Booking = { readonly cause: string; readonly amounts: Partial<Readonly<Record<Ledger, number>>> }

/** Where stands what an order is worth, by who pays it. */
const ledgerOf: Readonly<Record<Billing['mode'], Ledger>> = {
  prepaid: 'prepaid',
  invoice: 'receivable',
  sale: 'payments',
  facility: 'reprint_facility',
  platform: 'reprint_platform',
}

/**
 * What an order costs, booked: whoever pays owes or spends the gross; it is our sale, our shipping, the state's tax, and what the publisher
 * adds is the publisher's.
 */
export function saleOf({ lines, shipping, ...total }: Charges, { mode }: Billing): Booking {
  const sum = (amounts: readonly number[]): number => amounts.reduce((all, each) => all + each, 0)
  return {
    cause: mode === 'facility' || mode === 'platform' ? 'reprint' : 'order',
    amounts: {
      [ledgerOf[mode]]: total.gross,
      sales: -sum(lines.map(({ net, margin = 0 }) => net - margin)),
      earnings: -sum(lines.map(({ margin = 0 }) => margin)),
      shipping: -sum(shipping.map(({ net }) => net)),
      tax_payable: -total.tax_amount,
    },
  }
}

/** The entries of a booking. Throws when it does not add up: nothing may be written then. */
export function entriesOf(booking: Booking, currency: Charges['currency'], makeId: MakeId): LedgerEntry[] {
  const amounts = ledgers.map((ledger) => ({ ledger, amountMinor: booking.amounts[ledger] ?? 0 }))
  const sum = amounts.reduce((all, { amountMinor }) => all + amountMinor, 0)
  if (sum !== 0) throw new Error(`The booking "${booking.cause}" does not add up: ${sum} is left over`)
  const transactionId = makeId('transaction')
  return amounts
    .filter(({ amountMinor }) => amountMinor !== 0)
    .map((amount) => ({ id: makeId('ledgerEntry'), transactionId, ...amount, currency, cause: booking.cause }))
}
