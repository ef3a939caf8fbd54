import type { ItemEvent } from '#contracts/item-states.ts'
import type { FacilityStatus, FacilityStatusName } from '#contracts/messages/facility-status.ts'
import type { Item, Order } from '../orders/order.ts'
import { copiesOfJob, sentCopies } from '../orders/sent-copies.ts'

/** What a facility's word means for its item when it is of all copies. */
export const eventOf: Readonly<Record<FacilityStatusName, ItemEvent>> = {
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

/** What it means when it is of some of the copies; undefined when it is of all, or does not say. */
export function partOf(
  { status, quantity, tracking }: FacilityStatus,
  order: Order,
  item: Item,
): ItemEvent | undefined {
  if (status === 'shipped') {
    return tracking && sentCopies(order, item) + tracking.quantity < item.quantity ? 'partly_shipped' : undefined
  }
  if (quantity === undefined || quantity >= copiesOfJob(order, item)) return undefined
  if (status === 'printed') return 'partly_printed'
  return status === 'packed' ? 'partly_packed' : undefined
}
