import { randomUUID } from 'node:crypto'
import { Transient } from '#chassis/errors.ts'
import { cancelBeforeOrder } from '../checkouts/cancel.ts'
import type { Checkout } from '../checkouts/checkout.ts'
import { refuseOrder } from '../checkouts/refuse-order.ts'
import { isForeignSale, takeSale } from '../checkouts/take-sale.ts'
import { changeCheckout } from '../store/change-checkout.ts'
import type { MoneyContext } from './money-context.ts'
import { orderRequestOf } from './order-request-of.ts'
import { tellIfLate } from './tell-if-late.ts'

/**
 * Passes a paid checkout on to order-api. That it began is written first, so that nobody cancels meanwhile; the order itself has the checkout’s id
 * as its Idempotency-Key, so that whoever dies here, or is overtaken, makes no second one. Throws Transient when it has to come again.
 */
export async function submitOrder(context: MoneyContext, id: string): Promise<void> {
  const { store, orders, payments, now, log } = context
  const begun = await begin(context, id)
  if (!begun) return
  const { checkout, isFirst } = begun
  const request = orderRequestOf(checkout, payments.provider)
  if (!request) throw new Error(`Checkout ${id} is paid, and has no payment.`)
  const outcome = await orders.place(checkout, request)
  switch (outcome.kind) {
    case 'taken': {
      const { sale } = outcome
      const taken = await changeCheckout(store, id, now, (each) => takeSale(each, sale, now()))
      const fields = { checkoutId: id, orderId: sale.order_id }
      if (taken && isForeignSale(taken, sale)) log.error({ ...fields, state: taken.state }, 'order_that_must_not_be')
      else log.info(fields, 'order_placed')
      return
    }
    case 'refused': {
      const { code } = outcome
      await changeCheckout(store, id, now, (each) => refuseOrder(each, outcome, now()))
      log.error({ checkoutId: id, accountId: checkout.accountId, code }, 'paid_order_refused')
      return
    }
    case 'not_taken':
      if (isFirst) await takeBack(context, checkout)
      break
    case 'unknown':
      break
    default:
      return outcome satisfies never
  }
  tellIfLate(context, checkout, outcome.code)
  throw new Transient(`order-api did not take the order of ${id} (${outcome.code}).`)
}

type Begun = { readonly checkout: Checkout; readonly isFirst: boolean }

/** With a mark of its own each time, also where it had begun before: see `takeBack`. */
async function begin({ store, now }: MoneyContext, id: string): Promise<Begun | undefined> {
  let isFirst = false
  const checkout = await changeCheckout(store, id, now, (each) => {
    if (each.state !== 'paid') return undefined
    isFirst = each.submittingSince === undefined
    return { ...each, submittingSince: each.submittingSince ?? now().toISOString(), submittingBy: randomUUID() }
  })
  return checkout?.state === 'paid' ? { checkout, isFirst } : undefined
}

/** It surely never got there, and nobody else has begun since: its customer may cancel again. */
async function takeBack({ store, now }: MoneyContext, { id, submittingBy }: Checkout): Promise<void> {
  await changeCheckout(store, id, now, (each) => {
    if (each.state !== 'paid' || each.submittingBy !== submittingBy) return undefined
    const { submittingSince: _over, submittingBy: _by, ...rest } = each
    // Who wished to cancel while it was on its way is not asked to wish again.
    return rest.cancelWish ? cancelBeforeOrder(rest, now()) : rest
  })
}
