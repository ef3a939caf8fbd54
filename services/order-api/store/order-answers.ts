import { presentOrder } from '../orders/present-order.ts'
import type { FindOrder, OrderState } from './find-orders.ts'
import type { Owner } from './order-store.ts'

type Kept = { readonly state: OrderState; readonly text: string }

/** About ten thousand orders. */
const mostCharacters = 32 * 1024 * 1024

/**
 * The bytes that GET answers with, which are made once for each state of an order. The database is still asked each time, but
 * only whether that is the state: whoever polls gets what is true, and an order that did not change costs nearly nothing.
 */
export function createOrderAnswers(find: FindOrder): (owner: Owner, orderId: string) => Promise<string | undefined> {
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
      return known?.text
    }
    const { version, updatedAt } = order
    const text = JSON.stringify(presentOrder(order))
    keep(key, { state: { version, updatedAt }, text })
    return text
  }
}
