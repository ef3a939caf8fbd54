import { numbersDue } from '../invoice/number-slots.ts'
import { underWay } from './begin-attempt.ts'
import { isCancelToBeAsked } from './cancel.ts'
import type { Attempt, Checkout } from './checkout.ts'
import { mailsDue } from './mails-due.ts'

/** What may be left to be done for a checkout, in the order in which it is done. */
export const works = ['look', 'submit', 'cancel', 'refund', 'number', 'mail'] as const
export type Work = (typeof works)[number]

const isThere: Readonly<Record<Work, (checkout: Checkout) => boolean>> = {
  look: (checkout) => underWay(checkout) !== undefined,
  submit: ({ state }) => state === 'paid',
  cancel: isCancelToBeAsked,
  refund: ({ refunds }) => refunds.some(({ reference }) => reference === undefined),
  number: (checkout) => numbersDue(checkout).length > 0,
  mail: (checkout) => mailsDue(checkout).length > 0,
}

/** What is left to be done, out of the record alone: whoever dies half way leaves nothing behind that this does not see. */
export const workOf = (checkout: Checkout): readonly Work[] => works.filter((work) => isThere[work](checkout))

/** The checkout with its next time for the sweeper: now, when a payment should be looked at again, or never. */
export function withDue(checkout: Checkout, now: Date): Checkout {
  return withDueAt({ ...checkout, tries: 0 }, nextDueAt(checkout, now))
}

/** After a sweep that tried `tried`: what of it is still there comes again after a pause that grows; what came meanwhile, at once. */
export function rescheduled(checkout: Checkout, tried: readonly Work[], now: Date): Checkout {
  const left = workOf(checkout).filter((work) => work !== 'look' || isLookOverdue(checkout, now))
  if (!left.some((work) => tried.includes(work))) return withDue(checkout, now)
  const isNew = left.some((work) => !tried.includes(work))
  const tries = checkout.tries + 1
  const dueAt = isNew ? now : new Date(now.getTime() + pauseMilliseconds(checkout.tries))
  return withDueAt({ ...checkout, tries }, dueAt)
}

const firstPauseMilliseconds = 5_000
/** What waits goes on within a minute of the return of whoever was away, where that took no longer than half an hour; */
const longestPauseMilliseconds = 45_000
const manyTries = 40
/** within minutes where it took longer: thousands may wait by then. An alarm is never older than that. */
const longPauseMilliseconds = 5 * 60_000

export const pauseMilliseconds = (tries: number): number =>
  tries < manyTries
    ? Math.min(longestPauseMilliseconds, firstPauseMilliseconds * 2 ** Math.min(tries, 10))
    : longPauseMilliseconds

function nextDueAt(checkout: Checkout, now: Date): Date | undefined {
  if (workOf(checkout).some((work) => work !== 'look')) return now
  const attempt = underWay(checkout)
  return attempt && nextLookAt(attempt, now)
}

const minute = 60_000
/** After the page has closed: its provider ends sessions by its own clock. */
const slackMilliseconds = 10_000

/**
 * When a payment is looked at that nobody tells of: soon at first, for the visitor who closed the tab and whose webhook was lost, then more
 * rarely; and right after its page has closed.
 */
export function nextLookAt({ createdAt, expiresAt, standing }: Attempt, now: Date): Date {
  const ageMilliseconds = Math.max(0, now.getTime() - Date.parse(createdAt))
  const longest = standing === 'pending' ? 60 * minute : 15 * minute
  const next = now.getTime() + Math.min(longest, Math.max(minute, ageMilliseconds / 2))
  const closes = Date.parse(expiresAt) + slackMilliseconds
  return new Date(closes > now.getTime() ? Math.min(next, closes) : next)
}

/** Its page has closed, or it was paid otherwise, and still nobody said what became of it. */
function isLookOverdue(checkout: Checkout, now: Date): boolean {
  const attempt = underWay(checkout)
  if (!attempt || attempt.standing === 'pending') return false
  return attempt.expiresAt < now.toISOString() || checkout.paidAttempt !== undefined
}

function withDueAt(checkout: Checkout, at: Date | undefined): Checkout {
  const { dueAt: _before, ...rest } = checkout
  return at === undefined ? rest : { ...rest, dueAt: at.toISOString() }
}
