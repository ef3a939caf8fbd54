import { Refused, Transient } from '#chassis/errors.ts'
import { paidAttempt } from '../checkouts/bought.ts'
import type { Checkout, Refund } from '../checkouts/checkout.ts'
import { changeCheckout } from '../store/change-checkout.ts'
import type { MoneyContext } from './money-context.ts'

const mustNotBe: readonly Refund['cause'][] = ['amount_differs', 'paid_twice']

/**
 * Sends back what is owed, each refund by its key: asked a second time after a crash, the provider gives the first one again. Throws Transient
 * when something has to be asked again.
 */
export async function giveBack(context: MoneyContext, id: string): Promise<void> {
  const checkout = await context.store.find(id)
  const owed = checkout?.refunds.filter(({ reference }) => reference === undefined) ?? []
  let failures = 0
  for (const refund of owed) {
    if (checkout && !(await isGivenBack(context, checkout, refund))) failures += 1
  }
  if (failures > 0) throw new Transient(`${failures} refunds of ${id} have to be asked for again.`)
}

async function isGivenBack(context: MoneyContext, checkout: Checkout, refund: Refund): Promise<boolean> {
  const { store, payments, now, log } = context
  const { id: checkoutId, isTest } = checkout
  const { key, amountMinor, cause } = refund
  const payment = paymentOf(checkout, refund)
  if (!payment) throw new Error(`Refund ${key} of ${checkoutId} has no payment.`)
  try {
    const { reference } = await payments.refund({ isTest, paymentReference: payment.reference, amountMinor, key })
    await changeCheckout(store, checkoutId, now, (each) => withReference(each, key, reference))
    log.info({ checkoutId, key, cause, amountMinor }, 'refund_made')
    // Must not happen: a person looks how it could.
    if (mustNotBe.includes(cause)) log.error({ checkoutId, key, cause, amountMinor }, 'wrong_payment_given_back')
    return true
  } catch (error) {
    // A refusal is for a person: the money may have been given back by hand.
    if (error instanceof Refused) log.error({ err: error, checkoutId, key, cause }, 'refund_refused')
    else if (error instanceof Transient) log.warn({ checkoutId, key, cause }, 'refund_not_made_yet')
    else throw error
    return false
  }
}

function paymentOf(checkout: Checkout, { attempt }: Refund) {
  const of = attempt === undefined ? paidAttempt(checkout) : checkout.attempts.find(({ number }) => number === attempt)
  return of?.payment
}

function withReference(checkout: Checkout, key: string, reference: string): Checkout | undefined {
  if (!checkout.refunds.some((each) => each.key === key && each.reference === undefined)) return undefined
  return { ...checkout, refunds: checkout.refunds.map((each) => (each.key === key ? { ...each, reference } : each)) }
}
