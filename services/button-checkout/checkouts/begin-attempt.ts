import { Refused } from '#chassis/errors.ts'
import { requireOpen } from './apply-change.ts'
import type { Attempt, Checkout, Frozen } from './checkout.ts'

/** So long the payment page takes money; Stripe allows 30 minutes to a day. */
const payableMilliseconds = 2 * 3600 * 1000
/** Whoever comes back more often does not want to pay. */
const mostAttempts = 20

/**
 * A try to pay, before the provider is asked. `ofVersion`: what its visitor saw.
 * Throws Refused `action_not_allowed`.
 */
export function beginAttempt(checkout: Checkout, frozen: Frozen, ofVersion: number, now: Date): Checkout {
  requireOpen(checkout)
  if (checkout.attempts.length >= mostAttempts) {
    throw new Refused('action_not_allowed', `This checkout was to be paid ${mostAttempts} times; start a new one.`)
  }
  const expiresAt = new Date(now.getTime() + payableMilliseconds).toISOString()
  const attempt: Attempt = {
    number: checkout.attempts.length + 1,
    standing: 'creating',
    frozen,
    ofVersion,
    createdAt: now.toISOString(),
    expiresAt,
  }
  return { ...checkout, state: 'paying', attempts: [...checkout.attempts, attempt] }
}

/** The try with the page where it is paid. Nothing changes when it is over, or the page is known. */
export function openAttempt(checkout: Checkout, number: number, session: NonNullable<Attempt['session']>): Checkout {
  const attempt = checkout.attempts.find((each) => each.number === number)
  const isNews = attempt?.standing === 'creating' || (attempt?.standing === 'open' && attempt.session === undefined)
  if (!isNews) return checkout
  const attempts = checkout.attempts.map((each) =>
    each.number === number ? { ...each, standing: 'open' as const, session } : each,
  )
  return { ...checkout, attempts }
}

/** The try that may still become a payment: nothing else may be begun, and nothing be changed, before it is over. */
export const underWay = ({ attempts }: Pick<Checkout, 'attempts'>): Attempt | undefined =>
  attempts.find(({ standing }) => standing === 'creating' || standing === 'open' || standing === 'pending')
