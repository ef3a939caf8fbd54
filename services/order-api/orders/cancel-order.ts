import { cancelTicketOf } from '../tickets/cancel-ticket.ts'
import { wantAllowed } from './allowed.ts'
import { andThen } from './and-then.ts'
import { applyItemEvent } from './apply-item-event.ts'
import { type Change, type Decide, unchanged } from './change.ts'
import { giveBackAll } from './give-back.ts'
import type { Item, Order } from './order.ts'
import { settleCancel } from './settle-cancel.ts'
import { isStoppable, isUnsent } from './stoppable.ts'

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

/**
 * The production tickets stay open: a print client that hears of the job for the first time must know that it is over. What is being made
 * ready for another facility is stopped at once.
 */
function askFacilities(order: Order, context: Parameters<Decide>[1]): Change {
  const at = context.now.toISOString()
  const asked = order.items.flatMap((item) =>
    isStoppable(order, item) ? [{ item, wish: wishOf(item, context.makeId) }] : [],
  )
  const unsent = order.items.filter((item) => isUnsent(order, item))
  const items = order.items.map((item): Item => {
    const ask = asked.find((each) => each.item === item)
    return ask ? { ...item, cancel: ask.wish.cancel } : item
  })
  const item_ids = [...asked.map(({ item }) => item), ...unsent].map(({ id }) => id)
  const wish: Change = {
    ...unchanged({ ...order, items, cancel: { requestedAt: at, state: 'asked' } }),
    changedItemIds: asked.map(({ item }) => item.id),
    events: [{ id: context.makeId('event'), type: 'order.cancel_requested', data: { item_ids } }],
    newTickets: asked.flatMap(({ item, wish: { cancel, isTicketNew } }) =>
      isTicketNew ? [cancelTicketOf(order, item, cancel.ticketId, at)] : [],
    ),
  }
  const stopped = unsent.reduce((change, item) => andThen(change, stop(item), context), wish)
  return settleCancel(stopped, context)
}

type Wish = { readonly cancel: NonNullable<Item['cancel']>; readonly isTicketNew: boolean }

/** One wish a job: a facility that was asked for it already is not asked twice, and what it said to that holds. */
function wishOf({ takeBack }: Item, makeId: Parameters<Decide>[1]['makeId']): Wish {
  const { ticketId, state } = takeBack ?? {}
  if (ticketId !== undefined && (state === 'asked' || state === 'declined')) {
    return { cancel: { ticketId, state }, isTicketNew: false }
  }
  return { cancel: { ticketId: makeId('ticket'), state: 'asked' }, isTicketNew: true }
}

const stop = ({ id, processTicketId }: Item): Decide =>
  applyItemEvent({
    itemId: id,
    event: 'stopped',
    facts: { failure: 'user_request', cancel: { ticketId: processTicketId, state: 'accepted' } },
    answersTicketIds: [processTicketId],
  })
