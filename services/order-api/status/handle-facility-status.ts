import type { FacilityStatus, FacilityStatusName } from '#contracts/messages/facility-status.ts'
import type { ItemEvent } from '#contracts/order-states.ts'
import { applyItemEvent, type ItemNews } from '../orders/apply-item-event.ts'
import { type Decide, unchanged } from '../orders/change.ts'
import { jobIdOf } from '../orders/derived-ids.ts'
import type { Item, Order, Shipment } from '../orders/order.ts'
import { sentCopies } from '../orders/sent-copies.ts'

const eventOf: Readonly<Record<FacilityStatusName, ItemEvent>> = {
  accepted: 'accepted',
  rejected: 'facility_rejected',
  printing: 'printing',
  printed: 'printed',
  packed: 'packed',
  shipped: 'shipped',
  delivered: 'delivered',
  delayed: 'delayed',
  held: 'held',
  failed: 'facility_failed',
  cancelled: 'facility_cancelled',
  cancel_declined: 'cancel_declined',
  lost: 'lost',
}

/** A facility that speaks of a job is asked again after so many times the usual patience, as its next word may get lost. */
const productionPatienceTimes = 10

const endings: readonly FacilityStatusName[] = ['rejected', 'failed', 'cancelled']

/** What a facility's word about a job does to its order. A word about a job that is not its own changes nothing. */
export function decideOnFacilityStatus(status: FacilityStatus): Decide {
  return (order, context) => {
    if (isAhead(status, order)) return unchanged(order)
    const item = order.items.find(({ id, jobId }) => id === status.itemId && jobId === status.jobId)
    const isOwn = item !== undefined && item.facilityId === status.facilityId
    const news = isOwn ? newsOf(status, order, item) : { itemId: 'unknown', event: eventOf[status.status] }
    const data = { ...dataOf(status), ...(item && isOwn ? unknownParcelOf(status, order, item) : {}) }
    return applyItemEvent({ ...news, data })(order, context)
  }
}

/**
 * The order was restored to a moment before its release: the job that the word is about is still to be made. The word is not kept, as it
 * would then count as heard; the print client says it again when the ticket comes again.
 */
const isAhead = (status: FacilityStatus, { items, stage }: Order): boolean =>
  stage !== 'cancelled' &&
  stage !== 'rejected' &&
  items.some((item) => item.id === status.itemId && item.jobId === undefined && jobIdOf(item) === status.jobId)

/** Several parcels add up: only the one that completes the quantity makes the item shipped. */
function newsOf(status: FacilityStatus, order: Order, item: Item): ItemNews {
  const shipment = shipmentOf(status, item)
  const isPart = shipment !== undefined && sentCopies(order, item) + shipment.quantity < item.quantity
  return {
    itemId: item.id,
    event: isPart ? 'partly_shipped' : eventOf[status.status],
    ...factsOf(status, item),
    ...(shipment ? { shipment } : {}),
    ...answerOf(item, isPart ? 'partly_shipped' : status.status),
  }
}

function factsOf({ status, cause }: FacilityStatus, { cancel }: Item): Pick<ItemNews, 'facts'> {
  if (status === 'cancel_declined') return cancel ? { facts: { cancel: { ...cancel, state: 'declined' } } } : {}
  if (!endings.includes(status)) return {}
  const answered = cancel && status === 'cancelled' ? { cancel: { ...cancel, state: 'accepted' as const } } : {}
  return { facts: { failure: cause ?? status, ...answered } }
}

/**
 * Only the last word of a job answers its tickets: until then the print client is asked now and then what became of it. That a
 * wish to cancel is declined answers the wish alone.
 */
function answerOf(
  { productionTicketId: ticketId, cancel }: Item,
  status: FacilityStatusName | 'partly_shipped',
): Pick<ItemNews, 'answersTicketIds' | 'patience'> {
  const asked = cancel ? [cancel.ticketId] : []
  if (status === 'cancel_declined') return { answersTicketIds: asked }
  if (ticketId === undefined) return {}
  const isLast = status === 'shipped' || status === 'delivered' || endings.some((each) => each === status)
  return isLast
    ? { answersTicketIds: [ticketId, ...asked] }
    : { patience: { ticketId, times: productionPatienceTimes } }
}

function dataOf({
  itemId,
  facilityId,
  cause,
  expectedAt,
  tracking,
}: FacilityStatus): Readonly<Record<string, unknown>> {
  return {
    item_id: itemId,
    facility_id: facilityId,
    ...(cause === undefined ? {} : { cause }),
    ...(expectedAt === undefined ? {} : { expected_at: expectedAt }),
    ...(tracking === undefined ? {} : { carrier: tracking.carrier, tracking_number: tracking.number }),
  }
}

/** The parcel's id is the status's own, so that a resend adds nothing. */
function shipmentOf(status: FacilityStatus, item: Item): Shipment | undefined {
  if (status.status !== 'shipped' || !status.tracking) return undefined
  const { tracking } = status
  return {
    id: status.statusId.replace(/^sts_/, 'shp_'),
    itemId: item.id,
    facilityId: status.facilityId,
    carrier: tracking.carrier,
    trackingNumber: tracking.number,
    ...(tracking.url === undefined ? {} : { trackingUrl: tracking.url }),
    quantity: tracking.quantity,
    shippedAt: status.at,
  }
}

/** That it left or arrived, and nothing of a parcel: a word of the facility was lost, or is still to come. No carrier is made up. */
const unknownParcelOf = ({ status, tracking }: FacilityStatus, order: Order, item: Item) =>
  (status === 'delivered' || (status === 'shipped' && !tracking)) && sentCopies(order, item) < item.quantity
    ? { parcel: 'unknown' }
    : {}
