import { tagOf } from '#chassis/http/conditional.ts'
import { presentOrder } from '../orders/present-order.ts'
import type { FindOrder, OrderState } from './find-orders.ts'
import type { Owner } from './order-store.ts'

/** The JSON of GET /v1/orders/:id, and its ETag. */
export type OrderAnswer = { readonly text: string; readonly tag: string }
type Kept = OrderAnswer & { readonly state: OrderState }

/** About ten thousand orders. */
const mostCharacters = 32 * 1024 * 1024

/**
 * The bytes that GET answers with, which are made once for each state of an order. The database is still asked each time, but
 * only whether that is the state: whoever polls gets what is true, and an order that did not change costs nearly nothing.
 */
export function createOrderAnswers(
  find: FindOrder,
): (owner: Owner, orderId: string) => Promise<OrderAnswer | undefined> {
  /** The least recently read first. */
  const kept = new Map<string, Kept>()
  let characters = 0

  const forget = (key: string): void => {
    characters -= kept.get(key)?.text.length ?? 0
    kept.delete(key)
  }
  const keep = (key: string, answer: Kept): void => {
    forget(key)
    kept.set(key, answer)
    characters += answer.text.length
    for (const [oldest] of kept) {
      if (characters <= mostCharacters) return
      forget(oldest)
    }
  }
  return async (owner, orderId) => {
    const key = `${owner.accountId}/${owner.isTest}/${orderId}`
    const known = kept.get(key)
    const order = await find(owner, orderId, known?.state)
    if (order === undefined) {
      forget(key)
      return undefined
    }
    if (order === 'same') {
      if (known) keep(key, known)
      return known
    }
    const { version, updatedAt } = order
    const text = JSON.stringify(presentOrder(order))
    const answer = { state: { version, updatedAt }, text, tag: tagOf(text) }
    keep(key, answer)
    return answer
  }
}
