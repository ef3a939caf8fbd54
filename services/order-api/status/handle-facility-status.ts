import { causeCodeOf, facilityCauses } from '#contracts/facility-causes.ts'
import type { FacilityStatus } from '#contracts/messages/facility-status.ts'
import { applyItemEvent, type ItemNews } from '../orders/apply-item-event.ts'
import { type Change, type Decide, unchanged } from '../orders/change.ts'
import { jobIdOf } from '../orders/derived-ids.ts'
import { type ChooseNext, nobodyElse } from '../orders/next-facility.ts'
import type { EarlierTry, Item, Order } from '../orders/order.ts'
import { mayMove, rerouteItem, type Why } from '../orders/reroute-item.ts'
import { eventOf, partOf } from './events-of-status.ts'
import { answerOf, factsOf } from './facts-of-status.ts'
import { lostParcelOf, shipmentOf, unknownParcelOf } from './parcels-of-status.ts'

/**
 * What a facility's word about a job does to its order. What it will not make goes to the facility that `choose` names, where the cause
 * lets another one make it. A word about a job that is not its own changes nothing; one about a job that it gave up comes too late.
 */
export function decideOnFacilityStatus(status: FacilityStatus, choose: ChooseNext = nobodyElse): Decide {
  return (order, context) => {
    if (isAhead(status, order)) return unchanged(order)
    const item = order.items.find(({ id }) => id === status.itemId)
    if (!item || !isKnownJob(status, item)) return applyItemEvent(newsOfNobody(status))(order, context)
    const given = givenUpBefore(status, item)
    if (given && status.status !== 'lost') return applyItemEvent(overtakenNews(status, item, given))(order, context)
    const why = given ? undefined : whyElsewhere(status, item)
    if (!why || !mayMove(order, item)) return applyItemEvent(newsOf(status, order, item))(order, context)
    const next = choose(order, item)
    if ('reason' in next) {
      const news = newsOf(status, order, item)
      return applyItemEvent({ ...news, data: { ...news.data, not_rerouted: next.reason } })(order, context)
    }
    return rerouteItem(heard(status, order, context), item, next, why, context)
  }
}

/** Whether the word is about the item's job, or about one that this facility had before. */
const isKnownJob = (status: FacilityStatus, item: Item): boolean =>
  (item.jobId === status.jobId && item.facilityId === status.facilityId) || givenUpBefore(status, item) !== undefined

const givenUpBefore = (status: FacilityStatus, { earlier = [] }: Item): EarlierTry | undefined =>
  earlier.find(({ jobId, facilityId }) => jobId === status.jobId && facilityId === status.facilityId)

/** Whether a facility speaks of an item that it never had, or of an order that it has no part in: nothing of that is kept. */
export const isOfAnother = (status: FacilityStatus, order: Order): boolean => {
  const items = order.items.filter(({ id }) => id === status.itemId)
  return !isAhead(status, order) && !(items.length > 0 ? items : order.items).some((item) => isOrWasAt(item, status))
}

const isOrWasAt = ({ facilityId, earlier = [] }: Item, { facilityId: id }: FacilityStatus): boolean =>
  facilityId === id || earlier.some((each) => each.facilityId === id)

/**
 * The order was restored to a moment before its release, or before it went elsewhere: the job that the word is about is still to be made. The word is not kept, as it
 * would then count as heard; the print client says it again when the ticket comes again.
 */
const isAhead = (status: FacilityStatus, { items, stage }: Order): boolean =>
  stage !== 'cancelled' &&
  stage !== 'rejected' &&
  items.some((item) => item.id === status.itemId && jobIdOf(item) === status.jobId)

/** Why the item is to be made elsewhere; undefined where it is not, or where nobody knows what another facility could do better. */
function whyElsewhere({ status, cause }: FacilityStatus, { takeBack }: Item): Why | undefined {
  if (status === 'cancelled' && takeBack?.state === 'asked') return { cause: takeBack.cause, isToBeEnded: false }
  const isGivenUp = status === 'rejected' || status === 'failed' || (status === 'cancelled' && cause !== undefined)
  const code = causeCodeOf(cause ?? '')
  if (!isGivenUp || !facilityCauses[code].canBeMadeElsewhere) return undefined
  return { cause: code, ...(cause === undefined ? {} : { words: cause }), isToBeEnded: status !== 'cancelled' }
}

const newsOfNobody = (status: FacilityStatus): ItemNews => ({
  itemId: 'unknown',
  event: eventOf[status.status],
  data: dataOf(status),
})

/** It gave the job up and speaks on. What left its house is a fact all the same. */
function overtakenNews(status: FacilityStatus, item: Item, { cancelTicketId }: EarlierTry): ItemNews {
  const shipment = shipmentOf(status, item)
  const isAnswer = status.status === 'cancelled' || status.status === 'cancel_declined'
  return {
    itemId: item.id,
    event: eventOf[status.status],
    isOvertaken: true,
    data: { ...dataOf(status), job_id: status.jobId },
    ...(shipment ? { shipment } : {}),
    ...(isAnswer && cancelTicketId !== undefined ? { answersTicketIds: [cancelTicketId] } : {}),
  }
}

/** Several parcels add up: only the one that completes the quantity makes the item shipped. */
function newsOf(status: FacilityStatus, order: Order, item: Item): ItemNews {
  const event = partOf(status, order, item) ?? eventOf[status.status]
  const shipment = shipmentOf(status, item)
  const lost = status.status === 'lost' ? lostParcelOf(status, order, item) : undefined
  // A parcel that nobody knows of, or that was told before, is nothing new.
  if (status.status === 'lost' && !lost) return { itemId: item.id, event, isOvertaken: true, data: dataOf(status) }
  const facts = factsOf(status, item, lost)
  return {
    itemId: item.id,
    event,
    data: { ...dataOf(status), ...unknownParcelOf(status, order, item), ...lostData(lost) },
    ...(facts ? { facts } : {}),
    ...(shipment ? { shipment } : {}),
    ...answerOf(item, status.status, event),
  }
}

const lostData = (lost: ReturnType<typeof lostParcelOf>) =>
  lost ? { carrier: lost.carrier, tracking_number: lost.trackingNumber, quantity: lost.quantity } : {}

/** The word as it is told, before what follows from it. The item is still where it was. */
function heard(status: FacilityStatus, order: Order, { makeId }: Parameters<Decide>[1]): Change {
  const news = { event: eventOf[status.status] }
  return {
    ...unchanged(order),
    events: [{ id: makeId('event'), type: `item.${news.event}`, data: dataOf(status) }],
  }
}

function dataOf(status: FacilityStatus): Readonly<Record<string, unknown>> {
  const { itemId, facilityId, cause, expectedAt, tracking, quantity } = status
  return {
    item_id: itemId,
    facility_id: facilityId,
    ...(cause === undefined ? {} : { cause, cause_code: causeCodeOf(cause) }),
    ...(expectedAt === undefined ? {} : { expected_at: expectedAt }),
    ...(quantity === undefined ? {} : { quantity }),
    ...(tracking === undefined ? {} : { carrier: tracking.carrier, tracking_number: tracking.number }),
  }
}
