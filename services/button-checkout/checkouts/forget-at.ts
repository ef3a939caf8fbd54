import type { Checkout } from './checkout.ts'

const days = (count: number): number => count * 24 * 3600 * 1000

/** Whoever did not pay is forgotten two weeks after the last change: long enough to come back to a link, no longer than that. */
const unpaidMilliseconds = days(14)
/** Bank debits and transfers are settled up to two weeks after the payment page; then the order must still be known. */
const payingMilliseconds = days(30)
/**
 * The legal guarantee in the EU (Directive 2019/771): so long a customer may need the order page and the invoice. What tax offices want for
 * longer is in the ledger and in the seller's copies.
 */
const paidMilliseconds = days(2 * 365)

/** When nothing of a checkout is known any more. */
export function forgetAtOf(checkout: Pick<Checkout, 'state' | 'paidAt' | 'attempts'>, changedAt: Date): string {
  const { state, paidAt, attempts } = checkout
  const from = paidAt === undefined ? changedAt.getTime() : Date.parse(paidAt)
  const isPaid = paidAt !== undefined || ['paid', 'ordered', 'refused'].includes(state)
  const isPaying = state === 'paying' || attempts.some(({ standing }) => standing === 'pending')
  const kept = isPaid ? paidMilliseconds : isPaying ? payingMilliseconds : unpaidMilliseconds
  return new Date(from + kept).toISOString()
}
