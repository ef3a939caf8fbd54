import type { CancelState } from '#contracts/order-actions.ts'
import type { Change, Decide } from './change.ts'
import type { Order } from './order.ts'

/** Adds to a change what it means for a wish to cancel: the order says how it ended once no facility owes an answer. */
export function settleCancel(change: Change, { makeId }: Parameters<Decide>[1]): Change {
  const { order } = change
  const state = stateOf(order)
  if (order.cancel === undefined || state === order.cancel.state) return change
  // That everything is cancelled is said by the order's stage.
  const events =
    state === 'accepted'
      ? []
      : [{ id: makeId('event'), type: `order.cancel_${state}`, data: { item_ids: stopped(order) } }]
  return {
    ...change,
    order: { ...order, cancel: { ...order.cancel, state } },
    events: [...change.events, ...events],
  }
}

function stateOf(order: Order): CancelState {
  if (order.stage === 'cancelled') return 'accepted'
  if (order.items.some(isUnanswered)) return 'asked'
  return stopped(order).length > 0 ? 'partially_accepted' : 'declined'
}

const isUnanswered = ({ cancel, status }: Order['items'][number]): boolean =>
  cancel?.state === 'asked' && !['shipped', 'delivered', 'failed'].includes(status)

const stopped = ({ items }: Order): readonly string[] =>
  items.filter(({ cancel }) => cancel?.state === 'accepted').map(({ id }) => id)
