import type { Attempt, Checkout } from './checkout.ts'

/** The attempt that was paid; there is at most one that an order follows. */
export const paidAttempt = ({ attempts, paidAttempt: counts }: Checkout): Attempt | undefined =>
  attempts.find(({ standing, number }) => standing === 'paid' && (counts === undefined || counts === number))

/** What its customer bought or is about to: the paid attempt, else the one whose payment is still on its way. */
export const boughtAttempt = (checkout: Checkout): Attempt | undefined =>
  paidAttempt(checkout) ??
  checkout.attempts.findLast(({ standing }) => standing === 'pending') ??
  (checkout.state === 'paying' ? checkout.attempts.at(-1) : undefined)
