import { wantAllowed } from './allowed.ts'
import { type Change, type Decide, unchanged } from './change.ts'
import { giveBackAll } from './give-back.ts'
import type { Order } from './order.ts'

/**
 * Cancels an order: at once while nothing has gone to a facility, with its price given back and its open tickets answered, so that
 * nobody is asked for the work again. After that the facility is asked. What is cancelled, or asked for, stays so.
 */
export const cancelOrder: Decide = (order, context): Change => {
  if (order.stage === 'cancelled' || order.cancel?.state === 'asked') return unchanged(order)
  const rule = wantAllowed(order, 'cancel')
  if (rule === 'asks_facility') return askFacility(order, context)
  const { dueAt: _over, ...rest } = order
  const cancelled: Change = {
    ...unchanged({ ...rest, stage: 'cancelled' }),
    events: [{ id: context.makeId('event'), type: 'order.cancelled', data: {} }],
    answeredTicketIds: order.items.map(({ processTicketId }) => processTicketId),
  }
  return giveBackAll(cancelled, context.makeId)
}

function askFacility(order: Order, { now, makeId }: Parameters<Decide>[1]): Change {
  const cancel = { requestedAt: now.toISOString(), state: 'asked' as const }
  return {
    ...unchanged({ ...order, cancel }),
    events: [{ id: makeId('event'), type: 'order.cancel_requested', data: {} }],
  }
}
