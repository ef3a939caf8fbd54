import Stripe from 'stripe'
import { Refused, Transient } from '#chassis/errors.ts'

const { errors } = Stripe

/**
 * What Stripe throws, in our two words. Transient: no answer, too many requests, its own faults, and a key of ours that it does not take (an
 * operator mends that, no customer). Refused: it will never say yes to this.
 */
export async function translated<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    throw error instanceof errors.StripeError ? inOurWords(error) : error
  }
}

/** That a session can no longer be expired: it was paid, or is over already. */
export function isNotOpenAnyMore(error: unknown): boolean {
  return (
    error instanceof Refused &&
    error.cause instanceof errors.StripeInvalidRequestError &&
    error.cause.statusCode === 400
  )
}

/** Of a refund: the whole charge is back already. */
export const isAllGivenBack = (error: unknown): boolean =>
  error instanceof errors.StripeError && error.code === 'charge_already_refunded'

/** A text of an answer. Throws Transient for an answer without it: whoever gave that was not Stripe, or not well. */
export function wanted(text: unknown, what: string): string {
  if (typeof text === 'string' && text !== '') return text
  throw strange(what)
}

export const strange = (what: string): Transient =>
  new Transient(`The payment provider answered something that is not ${what}; try again.`)

type StripeFault = InstanceType<typeof errors.StripeError>

function inOurWords(error: StripeFault): Refused | Transient {
  // Never its own message: it may quote what was sent.
  const about = `${error.type}${error.code ? ` ${error.code}` : ''}, request ${error.requestId ?? 'without an answer'}`
  if (error.code === 'amount_too_small' || error.code === 'amount_too_large') {
    return new Refused(
      'amount_not_payable',
      'The payment provider does not take an amount of this size. Choose another quantity.',
      [],
      { cause: error },
    )
  }
  // The same wish is being granted to somebody else right now: a double click, or whoever looks after it.
  const isBusy = error.statusCode === 409 || error.statusCode === 429
  const isFinal = error instanceof errors.StripeInvalidRequestError || error instanceof errors.StripeIdempotencyError
  if (!isBusy && (isFinal || error instanceof errors.StripeCardError)) {
    return new Refused('payment_refused', `The payment provider refused this (${about}).`, [], { cause: error })
  }
  return new Transient(`The payment provider does not answer as it should (${about}); try again.`, { cause: error })
}
