import { LRUCache } from 'lru-cache'
import type { Log } from '#chassis/log.ts'
import type { Checkout } from '../checkouts/checkout.ts'
import type { Heard } from '../checkouts/order-view-of.ts'
import { saleOfOrder } from '../checkouts/sale-of-order.ts'
import type { OrdersOf } from './orders-of-account.ts'

/** Somebody who looks at the page sees news this soon; however many look, order-api is asked this often. */
const betweenLooksMilliseconds = 5_000
/** The page does not wait for order-api any longer; it shows what is known. */
const patienceMilliseconds = 2_000
const mostRemembered = 5_000

export type FreshLook = {
  /** What was heard last, without asking. */
  readonly remembered: (checkout: Checkout) => Heard | undefined
  /** Asks order-api if nobody did within seconds. Never throws: what is not heard is not known. */
  readonly look: (checkout: Checkout) => Promise<Heard | undefined>
}

/** Looks at orders while their customers look at their pages. One a process; nothing of it is saved. */
export function createFreshLook(ordersOf: OrdersOf, now: () => Date, log: Log): FreshLook {
  const heard = new LRUCache<string, Heard>({ max: mostRemembered })
  const asked = new LRUCache<string, number>({ max: mostRemembered })
  const remembered: FreshLook['remembered'] = ({ id, sale, updatedAt }) => {
    const last = heard.get(id)
    // What was saved since then is newer: the list of sales told more, or the customer cancelled.
    return last && sale && last.at >= updatedAt ? last : undefined
  }
  return {
    remembered,
    look: async (checkout) => {
      const { id, state, sale } = checkout
      if (state !== 'ordered' || !sale || isOver(sale.stage)) return undefined
      if (now().getTime() - (asked.get(id) ?? 0) < betweenLooksMilliseconds) return remembered(checkout)
      asked.set(id, now().getTime())
      try {
        const signal = AbortSignal.timeout(patienceMilliseconds)
        const order = await ordersOf(checkout).get(sale.order_id, { signal, retries: 0 })
        heard.set(id, { sale: saleOfOrder(sale, order), at: order.isStale ? order.storedAt : now().toISOString() })
      } catch (error) {
        // The page goes on with what is known and says of when it is.
        log.debug({ err: error, checkoutId: id }, 'order_not_looked_at')
      }
      return remembered(checkout)
    },
  }
}

const isOver = (stage: string): boolean => stage === 'delivered' || stage === 'cancelled' || stage === 'rejected'
