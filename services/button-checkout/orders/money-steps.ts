import { giveBack } from './give-back.ts'
import { lookAtPayments } from './look-at-payments.ts'
import type { MoneyContext } from './money-context.ts'
import { submitOrder } from './submit-order.ts'
import type { Steps } from './sweep-checkout.ts'

/** The steps that are about money and orders; the others are aftercare. */
export const moneySteps = (context: MoneyContext): Pick<Steps, 'look' | 'submit' | 'refund'> => ({
  look: (id) => lookAtPayments(context, id),
  submit: (id) => submitOrder(context, id),
  refund: (id) => giveBack(context, id),
})
