import type { FacilityCauseCode } from '#contracts/facility-causes.ts'
import { itemTransitions } from '#contracts/item-states.ts'
import { cancelTicketOf } from '../tickets/cancel-ticket.ts'
import { processTicketOf } from '../tickets/process-ticket.ts'
import type { Change, Decide } from './change.ts'
import type { NextFacility } from './next-facility.ts'
import type { EarlierTry, Item, Order } from './order.ts'
import { isReplaced } from './stoppable.ts'

/** So often an item moves: what five facilities could not make is looked at by people. */
const mostMoves = 5

export type Why = {
  readonly cause: FacilityCauseCode
  /** As the facility said it. */
  readonly words?: string
  /**
   * Whether it was the facility's word alone: it is asked to end the job as well, as a shop may release a failed job later. Where nobody
   * has the job, or its print client has ended it, there is nothing to ask.
   */
  readonly isToBeEnded: boolean
}

/**
 * Whether an item may go to another facility: one that has it as a job, nobody wants cancelled, and of which no copies are being printed
 * again for free, as they would come twice.
 */
export const mayMove = (order: Order, item: Item): item is Item & { readonly jobId: string } =>
  item.jobId !== undefined &&
  itemTransitions.rerouted[item.status] === 'pending' &&
  item.cancel === undefined &&
  order.cancel?.state !== 'asked' &&
  order.stage !== 'cancelled' &&
  order.stage !== 'rejected' &&
  (item.earlier?.length ?? 0) < mostMoves &&
  !isReplaced(order, item)

/**
 * Adds to a change that an item is made by another facility: it begins anew with a process ticket, as spine and bleed are others there,
 * and becomes another job. What it was at the facility before is kept with it. Charges stay.
 */
export function rerouteItem(
  change: Change,
  item: Item & { readonly jobId: string },
  to: NextFacility,
  why: Why,
  { now, makeId }: Parameters<Decide>[1],
): Change {
  const { order } = change
  const at = now.toISOString()
  const cancelTicketId = why.isToBeEnded ? makeId('ticket') : undefined
  const moved = begunElsewhere(item, to, earlierOf(item, why, at, cancelTicketId), makeId('ticket'))
  const items = order.items.map((each) => (each.id === item.id ? moved : each))
  const after = { ...order, items }
  const old = [item.productionTicketId, item.takeBack?.ticketId].filter((id) => id !== undefined)
  const { patience: _ofOldJob, ...rest } = change
  return {
    ...rest,
    order: after,
    changedItemIds: [...new Set([...change.changedItemIds, item.id])],
    newTickets: [
      ...change.newTickets,
      processTicketOf(after, moved, at),
      ...(cancelTicketId === undefined ? [] : [cancelTicketOf(order, item, cancelTicketId, at)]),
    ],
    answeredTicketIds: [...new Set([...change.answeredTicketIds, ...old])],
    events: [...change.events, { id: makeId('event'), type: 'item.rerouted', data: dataOf(item, to, why) }],
  }
}

function begunElsewhere(item: Item, to: NextFacility, last: EarlierTry, processTicketId: string): Item {
  const {
    jobId: _job,
    productionTicketId: _ticket,
    takeBack: _wish,
    copies: _copies,
    delay: _delay,
    progress: _progress,
    reportKey: _report,
    receiptKey: _receipt,
    ...kept
  } = item
  return {
    ...kept,
    status: 'pending',
    product: to.product,
    facilityId: to.facilityId,
    processTicketId,
    earlier: [...(item.earlier ?? []), last],
    printFiles: [],
    previews: [],
  }
}

function earlierOf(
  { facilityId, jobId, reportKey, receiptKey }: Item & { readonly jobId: string },
  { cause, words }: Why,
  at: string,
  cancelTicketId: string | undefined,
): EarlierTry {
  return {
    ...{ facilityId, jobId, cause, at },
    ...(words === undefined ? {} : { words }),
    ...(reportKey === undefined ? {} : { reportKey }),
    ...(receiptKey === undefined ? {} : { receiptKey }),
    ...(cancelTicketId === undefined ? {} : { cancelTicketId }),
  }
}

const dataOf = ({ id, jobId, facilityId }: Item, { facilityId: to, cost }: NextFacility, { cause }: Why) => ({
  ...{ item_id: id, job_id: jobId, from: facilityId, to, cause },
  ...(cost ? { cost_before: cost.beforeMinor, cost_after: cost.afterMinor, currency: cost.currency } : {}),
})
