import { Refused, Transient } from '#chassis/errors.ts'
import { cancelBeforeOrder, declineCancel, isCancelToBeAsked, wishCancel } from '../checkouts/cancel.ts'
import type { Checkout } from '../checkouts/checkout.ts'
import { saleOfOrder } from '../checkouts/sale-of-order.ts'
import { changeCheckout } from '../store/change-checkout.ts'
import type { CheckoutStore } from '../store/checkout-store.ts'
import { orderApiSays } from './order-api-says.ts'
import type { OrdersOf } from './orders-of-account.ts'

export type Aftercare = { readonly store: CheckoutStore; readonly ordersOf: OrdersOf; readonly now: () => Date }

const patienceMilliseconds = 5_000

/**
 * A customer cancels: at once while nobody began to pass the order on, else by asking order-api, which may ask the facility. The wish is saved
 * first and kept when order-api does not answer: whoever looks after the checkout next asks again. May be called twice. Throws Refused
 * `action_not_allowed` when it is too late.
 */
export async function cancelOrder(aftercare: Aftercare, checkoutId: string): Promise<Checkout | undefined> {
  const { store, now } = aftercare
  const wished = await changeCheckout(
    store,
    checkoutId,
    now,
    (each) => cancelBeforeOrder(each, now()) ?? wishCancel(each, now()),
  )
  if (!wished) return undefined
  const isWished = wished.cancelWish !== undefined || wished.sale?.cancel !== undefined
  if (!isWished && wished.state !== 'refused' && wished.sale?.stage !== 'cancelled') throw tooLate()
  try {
    const asked = await askCancel(aftercare, wished)
    if (asked.cancelWish?.declinedAt !== undefined && wished.cancelWish?.declinedAt === undefined) throw tooLate()
    return asked
  } catch (error) {
    if (error instanceof Transient) return wished
    throw error
  }
}

const tooLate = (): Refused =>
  new Refused('action_not_allowed', 'It is too late to cancel: the order is made or on its way by now.')

/**
 * Tells order-api of a wish that it has not heard of; nothing where there is none. The sweeper calls it for what was left. Asking twice does
 * it once. Throws Transient when order-api does not answer.
 */
export async function askCancel({ store, ordersOf, now }: Aftercare, checkout: Checkout): Promise<Checkout> {
  const { id, sale } = checkout
  if (!isCancelToBeAsked(checkout) || !sale) return checkout
  const change = async (decide: (each: Checkout) => Checkout | undefined): Promise<Checkout> =>
    (await changeCheckout(store, id, now, decide)) ?? checkout
  try {
    const signal = AbortSignal.timeout(patienceMilliseconds)
    const order = await orderApiSays(() =>
      ordersOf(checkout).cancel(sale.order_id, { idempotencyKey: `${id}:cancel`, signal, retries: 1 }),
    )
    return await change((each) => each.sale && { ...each, sale: told(each.sale, saleOfOrder(each.sale, order)) })
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return await change((each) => declineCancel(each, now()))
  }
}

type Sale = NonNullable<Checkout['sale']>

/** `updated_at` stays the one of the list of sales: what it still has to tell of this moment, such as money, must not look old. */
const told = (before: Sale, now: Sale): Sale => ({ ...now, updated_at: before.updated_at })
