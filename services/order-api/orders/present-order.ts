import type { Order as PublicOrder } from '#contracts/order-api/order.ts'
import { endsAtOf } from './begin.ts'
import type { Order, OrderIssue, PaidSale } from './order.ts'
import { presentFinding } from './present-finding.ts'
import { presentItem } from './present-item.ts'

/** The order as the API shows it: snake_case, without keys of stored files. */
export function presentOrder(order: Order): PublicOrder {
  const endsAt = endsAtOf(order)
  return {
    id: order.id,
    object: 'order',
    is_test: order.isTest,
    ...(order.reference === undefined ? {} : { reference: order.reference }),
    ...presentReprints(order),
    stage: order.stage,
    payment: order.payment,
    is_held: order.isHeld,
    ...(order.graceEndsAt === undefined ? {} : { grace_ends_at: order.graceEndsAt }),
    ...(endsAt === undefined ? {} : { ends_at: endsAt }),
    ...presentExpiry(order),
    ...(order.cancel === undefined
      ? {}
      : { cancel: { requested_at: order.cancel.requestedAt, state: order.cancel.state } }),
    ...(order.sale === undefined ? {} : { sale: presentSale(order.sale) }),
    recipient: order.recipient,
    shipping_method: order.shippingMethod,
    ...(order.charges === undefined ? {} : { charges: order.charges }),
    items: order.items.map((item) => presentItem(order, item)),
    shipments: order.shipments.map((shipment) => ({
      id: shipment.id,
      item_id: shipment.itemId,
      facility_id: shipment.facilityId,
      carrier: shipment.carrier,
      tracking_number: shipment.trackingNumber,
      ...(shipment.trackingUrl === undefined ? {} : { tracking_url: shipment.trackingUrl }),
      quantity: shipment.quantity,
      shipped_at: shipment.shippedAt,
      ...lostOf(order, shipment),
    })),
    issues: order.issues
      .filter((issue) => isOpen(order, issue))
      .map(({ itemId, at, finding }) => ({ item_id: itemId, at, ...presentFinding(finding) })),
    routing: {
      policy: order.routing ? 'weighted' : 'nearest',
      candidates: order.candidates.map((candidate) => ({
        facility_id: candidate.facilityId,
        distance_km: candidate.distanceKm,
        can_make: [...candidate.canMake],
        chosen: candidate.isChosen,
        reason: candidate.reason,
      })),
    },
    metadata: { ...order.metadata },
    created_at: order.createdAt,
    updated_at: order.updatedAt,
  }
}

/** Gone or not: what stays for ever is the order. */
const presentExpiry = ({
  filesExpireAt,
  filesGoneAt,
}: Order): Pick<PublicOrder, 'files_expire_at' | 'files_expired'> => ({
  ...(filesExpireAt === undefined ? {} : { files_expire_at: filesExpireAt }),
  ...(filesGoneAt === undefined ? {} : { files_expired: true }),
})

/** Who took the money, and their number for it, is between the checkout and them. */
const presentSale = ({ checkoutId, amountMinor, currency, paidAt, refundedMinor }: PaidSale): PublicOrder['sale'] => ({
  checkout_id: checkoutId,
  amount: amountMinor,
  currency,
  paid_at: paidAt,
  refunded: refundedMinor,
})

function presentReprints({ reprintOf, reprints }: Order): Pick<PublicOrder, 'reprint_of' | 'reprints'> {
  return {
    ...(reprintOf === undefined
      ? {}
      : { reprint_of: { order_id: reprintOf.orderId, fault: reprintOf.fault, reason: reprintOf.reason } }),
    ...(reprints === undefined
      ? {}
      : {
          reprints: reprints.map(({ orderId, fault, items }) => ({
            order_id: orderId,
            fault,
            items: items.map(({ itemId, quantity }) => ({ item_id: itemId, quantity })),
          })),
        }),
  }
}

/** What was found in files that were replaced needs nobody's attention any more. */
const isOpen = ({ items }: Order, { itemId, ticketId }: OrderIssue): boolean =>
  ticketId === undefined || items.some((item) => item.id === itemId && item.processTicketId === ticketId)

function lostOf({ items }: Order, { id }: Order['shipments'][number]): { readonly lost_at?: string } {
  const lost = items.flatMap((item) => item.lost ?? []).find(({ shipmentId }) => shipmentId === id)
  return lost ? { lost_at: lost.at } : {}
}
