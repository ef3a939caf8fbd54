import { type ItemState, itemStates } from '#contracts/item-states.ts'
import { atTheFacility, type OrderEvent, type Stage, stages, stageTransitions } from '#contracts/order-states.ts'
import { productionTicketOf } from '../tickets/production-ticket.ts'
import { filesDueAt } from './begin.ts'
import type { Change, Decide } from './change.ts'
import { jobIdOf } from './derived-ids.ts'
import { giveBackAll } from './give-back.ts'
import { movedByWaiting } from './leaves-by.ts'
import type { Item, NewEvent, Order, Ticket } from './order.ts'

type Context = Parameters<Decide>[1]

/**
 * Carries an order as far as its items allow: all files ready → released with a production ticket an item → in production
 * → shipped; an item that is made elsewhere is released when it is ready; rejected when nothing is left to print. Adds to the change what follows from it.
 */
export function advance(change: Change, context: Context): Change {
  // What was made ready for another facility goes there by itself: the order has been released before.
  let current = isAtFacility(change.order.stage) ? release(change, context) : change
  for (;;) {
    const event = nextEvent(current.order, context.now)
    if (!event) return current
    const stage = stageTransitions[event][current.order.stage]
    if (!isStage(stage)) return current
    current = enter(current, stage, context)
  }
}

const isAtFacility = (stage: Stage): boolean => atTheFacility.some((each) => each === stage)

const isStage = (decision: string): decision is Stage => stages.some((stage) => stage === decision)

function enter(change: Change, stage: Stage, context: Context): Change {
  const moved: Change = {
    ...change,
    order: { ...withoutDue(change.order), stage, ...timesOf(change.order, stage, context.now) },
    events: [...change.events, { id: context.makeId('event'), type: `order.${stage}`, data: {} }],
  }
  if (stage === 'rejected' || stage === 'cancelled') return giveBackAll(moved, context.makeId)
  return stage === 'released' ? release(moved, context) : moved
}

function withoutDue({ dueAt: _over, ...order }: Order): Order {
  return order
}

/** When the order is to be looked at again by itself: the end of its grace, of its wait for files. */
function timesOf({ graceMinutes }: Order, stage: Stage, now: Date): Partial<Order> {
  if (stage === 'awaiting_files') return { dueAt: filesDueAt(now) }
  if (stage !== 'grace' || graceMinutes === 0) return {}
  const end = new Date(now.getTime() + graceMinutes * 60_000).toISOString()
  return { graceEndsAt: end, dueAt: end }
}

/** The event that the order's own state calls for, if it is not already past it. */
function nextEvent(order: Order, now: Date): OrderEvent | undefined {
  const printable = order.items.filter(({ status }) => status !== 'failed')
  const all = (least: ItemState): boolean => printable.every(({ status }) => rank(status) >= rank(least))
  const some = (least: ItemState): boolean => printable.some(({ status }) => rank(status) >= rank(least))
  const due = (event: OrderEvent, isDue: boolean): OrderEvent | undefined =>
    isDue && isStage(stageTransitions[event][order.stage]) ? event : undefined
  const isSettled = order.payment !== 'unpaid'
  const isGraceOver = order.graceEndsAt === undefined || order.graceEndsAt <= now.toISOString()
  const lacksFiles =
    order.items.some(({ files }) => files === undefined) ||
    (order.onRejectedFiles === 'wait' && printable.length < order.items.length)
  const filesEvent = due('files_wanted', lacksFiles) ?? due('files_arrived', !lacksFiles)
  if (filesEvent || order.stage === 'awaiting_files') return filesEvent
  if (printable.length === 0) {
    return due('cancelled_by_facility', order.cancel !== undefined) ?? due('nothing_printable', true)
  }
  return (
    due('files_ready', all('ready') && isSettled) ??
    due('payment_due', all('ready') && !isSettled) ??
    due('payment_settled', isSettled) ??
    due('grace_over', !order.isHeld && isGraceOver) ??
    due('all_delivered', all('delivered')) ??
    due('all_shipped', all('shipped')) ??
    due('partly_shipped', some('shipped')) ??
    due('production_started', some('printing'))
  )
}

const rank = (state: ItemState): number => itemStates.indexOf(state)

/** Every printable item gets its job and a ticket for its facility. */
function release(change: Change, context: Context): Change {
  const released = change.order.items.map((item) => releaseItem(change.order, item, context))
  const tickets: readonly Ticket[] = released.flatMap(({ ticket }) => (ticket ? [ticket] : []))
  const events: NewEvent[] = released.flatMap(({ item, ticket }) =>
    ticket
      ? [{ id: context.makeId('event'), type: 'item.queued', data: { item_id: item.id, job_id: item.jobId } }]
      : [],
  )
  return {
    ...change,
    order: { ...change.order, items: released.map(({ item }) => item) },
    changedItemIds: [...new Set([...change.changedItemIds, ...tickets.map(({ itemId }) => itemId)])],
    newTickets: [...change.newTickets, ...tickets],
    events: [...change.events, ...events],
  }
}

function releaseItem(
  order: Order,
  item: Item,
  { makeId, now }: Context,
): { readonly item: Item; readonly ticket?: Ticket } {
  if (item.status !== 'ready') return { item }
  const ids = { ticketId: makeId('ticket'), jobId: jobIdOf(item) }
  const queued: Item = {
    ...movedByWaiting(item, order, now),
    status: 'queued',
    jobId: ids.jobId,
    productionTicketId: ids.ticketId,
  }
  return { item: queued, ticket: productionTicketOf(order, queued, ids, now.toISOString()) }
}
