import type { FacilityCauseCode } from '#contracts/facility-causes.ts'
import { cancelTicketOf } from '../tickets/cancel-ticket.ts'
import { applyItemEvent } from './apply-item-event.ts'
import { type Change, type Decide, unchanged } from './change.ts'
import type { ChooseNext } from './next-facility.ts'
import type { Item, Order, TakeBack } from './order.ts'
import { mayMove, rerouteItem } from './reroute-item.ts'

/** A job that is to be taken back, as it was found. What became another job meanwhile is left alone. */
export type TakenJob = { readonly itemId: string; readonly jobId: string }

/**
 * First of two steps: the wish is written down before the claim is put, so that whoever dies in between is followed by somebody who goes on.
 * Only of a job that no print client is known to have, and only when another facility can make it or its publisher does not want it any more.
 */
export function wantBack(job: TakenJob, cause: FacilityCauseCode, choose: ChooseNext): Decide {
  return (order, { now }) => {
    const item = ownItem(order, job)
    const isFree = item?.takeBack === undefined || (item.takeBack.state === 'left' && cause === 'unclaimed')
    if (item?.status !== 'queued' || !isFree) return unchanged(order)
    const isWanted = item.cancel?.state === 'asked' || (mayMove(order, item) && !('reason' in choose(order, item)))
    if (!isWanted) return unchanged(order)
    return withWish(order, item, { cause, at: now.toISOString(), state: 'claiming' })
  }
}

/**
 * Second step, where our claim stands: no print client will ever print the job. It is made elsewhere; where it was to be cancelled it is,
 * and where nobody can make it any more it fails, with its price given back.
 */
export function takenBack(job: TakenJob, choose: ChooseNext): Decide {
  return (order, context) => {
    const item = ownItem(order, job)
    const { takeBack } = item ?? {}
    if (!item || takeBack?.state !== 'claiming') return unchanged(order)
    // Its facility speaks of it all the same: whatever it does, it does not leave us in doubt.
    if (item.status !== 'queued') return withWish(order, item, { ...takeBack, state: 'left' })
    const answersTicketIds = [item.productionTicketId, item.cancel?.ticketId].filter((id) => id !== undefined)
    const data = { item_id: item.id, facility_id: item.facilityId, cause: takeBack.cause }
    if (item.cancel) {
      const facts = { failure: 'user_request', cancel: { ...item.cancel, state: 'accepted' as const } }
      return applyItemEvent({ itemId: item.id, event: 'facility_cancelled', facts, data, answersTicketIds })(
        order,
        context,
      )
    }
    const next = mayMove(order, item) ? choose(order, item) : { reason: 'it cannot be moved' }
    if (!('reason' in next) && mayMove(order, item)) {
      return rerouteItem(unchanged(order), item, next, { cause: takeBack.cause, isToBeEnded: false }, context)
    }
    const why = 'reason' in next ? { ...data, not_rerouted: next.reason } : data
    const facts = { failure: takeBack.cause }
    return applyItemEvent({ itemId: item.id, event: 'facility_failed', facts, data: why, answersTicketIds })(
      order,
      context,
    )
  }
}

/**
 * Second step, where a print client was first: the job is with it. One that nobody spoke of for long is asked for; it moves only when its
 * facility says that it does not print it. One of a facility that merely closes stays where it is.
 */
export function leftToClient(job: TakenJob): Decide {
  return (order, { now, makeId }) => {
    const item = ownItem(order, job)
    const { takeBack } = item ?? {}
    if (!item || takeBack?.state !== 'claiming') return unchanged(order)
    const isSilent = takeBack.cause === 'unclaimed' && item.status === 'queued' && item.cancel === undefined
    if (!isSilent) return withWish(order, item, { ...takeBack, state: 'left' })
    const ticketId = makeId('ticket')
    const data = { item_id: item.id, job_id: job.jobId, facility_id: item.facilityId, cause: takeBack.cause }
    return {
      ...withWish(order, item, { ...takeBack, state: 'asked', ticketId }),
      events: [{ id: makeId('event'), type: 'item.asked_back', data }],
      newTickets: [cancelTicketOf(order, item, ticketId, now.toISOString())],
    }
  }
}

const ownItem = ({ items }: Order, { itemId, jobId }: TakenJob): (Item & { readonly jobId: string }) | undefined =>
  items.find((item): item is Item & { readonly jobId: string } => item.id === itemId && item.jobId === jobId)

function withWish(order: Order, item: Item, takeBack: TakeBack): Change {
  const items = order.items.map((each) => (each === item ? { ...each, takeBack } : each))
  return { ...unchanged({ ...order, items }), changedItemIds: [item.id] }
}
