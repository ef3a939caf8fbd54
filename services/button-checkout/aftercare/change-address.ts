import { Refused } from '#chassis/errors.ts'
import { actionRules } from '#contracts/order-actions.ts'
import { buyerIssues } from '../checkouts/buyer-issues.ts'
import {
  changedBuyer,
  changeRecipientBeforeOrder,
  type NewRecipient,
  withBuyer,
} from '../checkouts/change-recipient.ts'
import type { Checkout } from '../checkouts/checkout.ts'
import { changeCheckout } from '../store/change-checkout.ts'
import type { Aftercare } from './cancel-order.ts'
import { orderApiSays } from './order-api-says.ts'

const patienceMilliseconds = 5_000

/**
 * Sends it elsewhere: written into the order that is about to be passed on, or changed at order-api, which has the last word. Throws Refused
 * with every fault, Transient while the order is on its way there or cannot be reached.
 */
export async function changeAddress(
  aftercare: Aftercare,
  checkoutId: string,
  wanted: NewRecipient,
): Promise<Checkout | undefined> {
  const { store, now } = aftercare
  const found = await changeCheckout(store, checkoutId, now, (each) => {
    wantGood(each, wanted)
    return each.state === 'ordered' ? undefined : changeRecipientBeforeOrder(each, wanted)
  })
  return found?.state === 'ordered' ? changeAtOrderApi(aftercare, found, wanted) : found
}

function wantGood(checkout: Checkout, wanted: NewRecipient): void {
  const issues = buyerIssues(changedBuyer(checkout, wanted), '')
  if (issues.length > 0) throw new Refused('invalid_request', 'Some fields are not acceptable.', issues)
}

async function changeAtOrderApi({ store, ordersOf, now }: Aftercare, checkout: Checkout, wanted: NewRecipient) {
  const { id, sale } = checkout
  if (!sale || actionRules.change_recipient[sale.stage] !== 'yes') {
    throw new Refused('action_not_allowed', 'It is too late to change the address: the order is being made.')
  }
  const recipient = changedBuyer(checkout, wanted)
  const signal = AbortSignal.timeout(patienceMilliseconds)
  await orderApiSays(() => ordersOf(checkout).change(sale.order_id, { recipient }, { signal, retries: 1 }))
  return changeCheckout(store, id, now, (each) => withBuyer(each, recipient))
}
