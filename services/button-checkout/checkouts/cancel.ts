import { actionRules } from '#contracts/order-actions.ts'
import { paidAttempt } from './bought.ts'
import type { Checkout } from './checkout.ts'

/** `refusal.code` of what its customer cancelled before order-api had it. */
export const cancelledByCustomer = 'cancelled_by_customer'

/**
 * Ends a paid checkout that nobody began to pass on, and gives all of the money back. Undefined where it is too late for that. It is saved onto
 * the version that was read, as is the beginning of a submission: of the two exactly one wins.
 */
export function cancelBeforeOrder(checkout: Checkout, now: Date): Checkout | undefined {
  const paid = paidAttempt(checkout)
  if (checkout.state !== 'paid' || checkout.submittingSince !== undefined || !paid?.payment) return undefined
  const at = now.toISOString()
  const refund = {
    key: `${checkout.id}:cancelled`,
    amountMinor: paid.payment.amountMinor,
    cause: 'cancelled' as const,
    askedAt: at,
  }
  return {
    ...checkout,
    state: 'refused',
    refusal: { code: cancelledByCustomer, detail: 'Its customer cancelled before it was passed on.', at },
    refunds: [...checkout.refunds, refund],
    dueAt: at,
    tries: 0,
  }
}

/**
 * Remembers that the customer wants it cancelled: whoever hears of order-api next asks it. Undefined where order-api would surely say no, and
 * where it was asked before.
 */
export function wishCancel(checkout: Checkout, now: Date): Checkout | undefined {
  const { state, sale, cancelWish, submittingSince } = checkout
  if (cancelWish !== undefined || sale?.cancel !== undefined) return undefined
  const isOnItsWay = state === 'paid' && submittingSince !== undefined
  const mayAsk = state === 'ordered' && sale !== undefined && actionRules.cancel[sale.stage] !== 'no'
  if (!isOnItsWay && !mayAsk) return undefined
  return { ...checkout, cancelWish: { at: now.toISOString() }, dueAt: now.toISOString(), tries: 0 }
}

/** There is a wish that order-api has not been told of, and it could be told now. */
export const isCancelToBeAsked = ({ state, sale, cancelWish }: Checkout): boolean =>
  state === 'ordered' &&
  sale !== undefined &&
  sale.cancel === undefined &&
  sale.stage !== 'cancelled' &&
  cancelWish !== undefined &&
  cancelWish.declinedAt === undefined

/** order-api said that it is too late. */
export const declineCancel = (checkout: Checkout, now: Date): Checkout | undefined =>
  checkout.cancelWish && checkout.cancelWish.declinedAt === undefined
    ? { ...checkout, cancelWish: { ...checkout.cancelWish, declinedAt: now.toISOString() } }
    : undefined
