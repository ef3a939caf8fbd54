import { hash } from 'node:crypto'
import { paidAttempt } from '../checkouts/bought.ts'
import type { Checkout } from '../checkouts/checkout.ts'
import type { Seller } from './seller.ts'

/** Slot of the invoice; those of credit notes are the keys of their refunds. */
const invoiceSlot = 'invoice'

/**
 * What lacks its number: the invoice as soon as the right amount is paid, then a credit note for each refund of what was invoiced. Money that
 * was never ours to keep (a wrong amount, a second payment) was never invoiced.
 */
export function numbersDue(checkout: Checkout): readonly string[] {
  if (!checkout.invoice) return isToBeInvoiced(checkout) ? [invoiceSlot] : []
  return checkout.refunds
    .filter(({ cause, note }) => note === undefined && (cause === 'cancelled' || cause === 'refused'))
    .map(({ key }) => key)
}

function isToBeInvoiced(checkout: Checkout): boolean {
  const paid = paidAttempt(checkout)
  const isSold = checkout.state === 'ordered' || checkout.state === 'paid'
  return isSold && paid?.payment !== undefined && paid.payment.amountMinor === paid.frozen.charges.gross
}

/** 2026-000123; credit notes 2026-C000123; what was only a test says so, and takes no number away. */
export const numberText = (checkout: Checkout, slot: string, number: number, year: number): string =>
  `${checkout.isTest ? 'TEST-' : ''}${year}-${slot === invoiceSlot ? '' : 'C'}${String(number).padStart(6, '0')}`

/** One series a seller (by its tax number), year, kind and world. */
export function seriesName({ vat_id, name, country }: Seller, checkout: Checkout, slot: string, year: number): string {
  const seller = hash('sha256', vat_id ?? `${country} ${name}`, 'hex').slice(0, 16)
  const kind = slot === invoiceSlot ? 'invoice' : 'credit'
  return `invoices/${seller}/${checkout.isTest ? 'test' : 'live'}/${kind}/${year}`
}

export function numberIn(checkout: Checkout, slot: string): string | undefined {
  if (slot === invoiceSlot) return checkout.invoice?.number
  return checkout.refunds.find(({ key }) => key === slot)?.note?.number
}

/** The number in its place, with what the invoice must never change again. Undefined where a number stands there, and where there is no place. */
export function withNumber(checkout: Checkout, slot: string, number: string, seller: Seller, at: string) {
  if (numberIn(checkout, slot) !== undefined) return undefined
  if (slot === invoiceSlot) {
    const buyer = paidAttempt(checkout)?.frozen.buyer
    return buyer && { ...checkout, invoice: { number, at, buyer, seller } }
  }
  if (!checkout.refunds.some(({ key }) => key === slot)) return undefined
  const refunds = checkout.refunds.map((refund) => (refund.key === slot ? { ...refund, note: { number, at } } : refund))
  return { ...checkout, refunds }
}
