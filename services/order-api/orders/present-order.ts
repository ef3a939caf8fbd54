import { geometryOf } from '#contracts/geometry/geometry.ts'
import type { OrderItem, Order as PublicOrder } from '#contracts/order-api/order.ts'
import { endsAtOf } from './begin.ts'
import type { Item, Order, OrderIssue, PaidSale } from './order.ts'
import { presentFinding } from './present-finding.ts'
import { sentCopies } from './sent-copies.ts'

/** An order is read with so many of its shipments. */
const mostParcelsRead = 700

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
    })),
    issues: order.issues
      .filter((issue) => isOpen(order, issue))
      .map(({ itemId, at, finding }) => ({ item_id: itemId, at, ...presentFinding(finding) })),
    routing: {
      policy: 'nearest',
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

function presentItem(order: Order, item: Item): OrderItem {
  return {
    id: item.id,
    sku: item.product.sku,
    quantity: item.quantity,
    ...(item.title === undefined ? {} : { title: item.title }),
    status: item.status,
    ...(item.failure === undefined ? {} : { failure: item.failure }),
    ...(hasUnknownParcel(order, item) ? { has_unknown_parcel: true } : {}),
    ...(item.pages === undefined ? {} : { pages: item.pages }),
    ...(item.status === 'processing' && item.progress
      ? { progress: { pages_done: item.progress.pagesDone, pages_of_all: item.progress.pagesOfAll } }
      : {}),
    options: { ...item.options },
    ...(item.design === undefined ? {} : { design: item.design }),
    ...(item.orderedPages === undefined ? {} : { ordered_pages: item.orderedPages }),
    ...(item.files === undefined ? {} : { files: item.files }),
    ...(item.publication === undefined
      ? {}
      : { publication: item.publication.id, publication_version: item.publication.version }),
    facility_id: item.facilityId,
    ...(item.jobId === undefined ? {} : { job_id: item.jobId }),
    ...(item.pages === undefined ? {} : { geometry_url: geometryUrlOf(item, item.pages) }),
    print_files: item.printFiles.map((file) => ({
      component: file.component,
      pages: file.pages,
      size_bytes: file.sizeBytes,
      ...(file.sha256 === undefined ? {} : { sha256: file.sha256 }),
      ...(file.crc64nvme === undefined ? {} : { crc64nvme: file.crc64nvme }),
      sheet_width_mm: file.sheetWidthMm,
      sheet_height_mm: file.sheetHeightMm,
    })),
  }
}

/** All copies have left, and the parcels that we were told of are fewer. Of an order with as many as are read there may be more. */
const hasUnknownParcel = (order: Order, item: Item): boolean =>
  (item.status === 'shipped' || item.status === 'delivered') &&
  order.shipments.length < mostParcelsRead &&
  sentCopies(order, item) < item.quantity

/** The geometry that the print files were made to: of the facility that prints, at the page count of the file. */
function geometryUrlOf({ product, facilityId }: Item, pages: number): string {
  const { pages: counted } = geometryOf(product, pages)
  return `/v1/catalogue/${product.sku}/geometry?pages=${counted}&facility=${facilityId}`
}
