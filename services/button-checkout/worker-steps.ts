import { askCancel } from './aftercare/cancel-order.ts'
import type { Checkout } from './checkouts/checkout.ts'
import { assignNumbers } from './invoice/assign-numbers.ts'
import { sendDueMails } from './mail/send-due-mails.ts'
import { moneySteps } from './orders/money-steps.ts'
import type { Steps } from './orders/sweep-checkout.ts'
import type { WorkerContext } from './worker-context.ts'

/** All that may be left to be done for a checkout. */
export function workerSteps({ money, mails, ordersOf, seller }: WorkerContext): Steps {
  const { store, items, now } = money
  const found = async (id: string, act: (checkout: Checkout) => Promise<unknown>): Promise<void> => {
    const checkout = await store.find(id)
    if (checkout) await act(checkout)
  }
  return {
    ...moneySteps(money),
    cancel: (id) => found(id, (checkout) => askCancel({ store, ordersOf, now }, checkout)),
    number: async (id) => void (await assignNumbers({ store, items, seller, now }, id)),
    mail: (id) => found(id, (checkout) => sendDueMails(mails, checkout)),
  }
}
