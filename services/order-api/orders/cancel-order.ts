import { cancelTicketOf } from '../tickets/cancel-ticket.ts'
import { wantAllowed } from './allowed.ts'
import { type Change, type Decide, unchanged } from './change.ts'
import { giveBackAll } from './give-back.ts'
import type { Item, Order } from './order.ts'
import { isStoppable } from './stoppable.ts'

/**
 * Cancels an order: at once while nothing has gone to a facility, with its price given back and its open tickets answered, so that
 * nobody is asked for the work again. After that its facilities are asked, job by job. What is cancelled, or asked for, stays so.
 */
export const cancelOrder: Decide = (order, context): Change => {
  if (order.stage === 'cancelled' || order.cancel?.state === 'asked') return unchanged(order)
  const rule = wantAllowed(order, 'cancel')
  if (rule === 'asks_facility') return askFacilities(order, context)
  const { dueAt: _over, ...rest } = order
  const cancelled: Change = {
    ...unchanged({ ...rest, stage: 'cancelled' }),
    events: [{ id: context.makeId('event'), type: 'order.cancelled', data: {} }],
    answeredTicketIds: order.items.map(({ processTicketId }) => processTicketId),
  }
  return giveBackAll(cancelled, context.makeId)
}

/** The production tickets stay open: a print client that hears of the job for the first time must know that it is over. */
function askFacilities(order: Order, { now, makeId }: Parameters<Decide>[1]): Change {
  const at = now.toISOString()
  const asked = order.items.flatMap((item) => (isStoppable(order, item) ? [{ item, ticketId: makeId('ticket') }] : []))
  const items = order.items.map((item): Item => {
    const ask = asked.find((each) => each.item === item)
    return ask ? { ...item, cancel: { ticketId: ask.ticketId, state: 'asked' } } : item
  })
  const ids = asked.map(({ item }) => item.id)
  return {
    ...unchanged({ ...order, items, cancel: { requestedAt: at, state: 'asked' } }),
    changedItemIds: ids,
    events: [{ id: makeId('event'), type: 'order.cancel_requested', data: { item_ids: ids } }],
    newTickets: asked.map(({ item, ticketId }) => cancelTicketOf(order, item, ticketId, at)),
  }
}
