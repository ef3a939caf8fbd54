import type { FacilityStatus } from '#contracts/messages/facility-status.ts'
import type { Item, Order, Shipment } from '../orders/order.ts'
import { sentCopies } from '../orders/sent-copies.ts'

/** The parcel that left. Its id is the status's own, so that a resend adds nothing. */
export function shipmentOf(status: FacilityStatus, item: Item): Shipment | undefined {
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

/**
 * The parcel of its own that a facility says is lost: the one of that number, or the only one there is. Undefined when it is unknown, or
 * was told to be lost before: each is lost once.
 */
export function lostParcelOf({ facilityId, tracking }: FacilityStatus, order: Order, item: Item): Shipment | undefined {
  const own = order.shipments.filter((each) => each.itemId === item.id && each.facilityId === facilityId)
  const meant = tracking ? own.filter(({ trackingNumber }) => trackingNumber === tracking.number) : own
  const isLost = ({ id }: Shipment): boolean => (item.lost ?? []).some(({ shipmentId }) => shipmentId === id)
  return meant.length === 1 || tracking ? meant.find((each) => !isLost(each)) : undefined
}

/** That it left or arrived, and nothing of a parcel: a word of the facility was lost, or is still to come. No carrier is made up. */
export const unknownParcelOf = ({ status, tracking }: FacilityStatus, order: Order, item: Item) =>
  (status === 'delivered' || (status === 'shipped' && !tracking)) && sentCopies(order, item) < item.quantity
    ? { parcel: 'unknown' }
    : {}
