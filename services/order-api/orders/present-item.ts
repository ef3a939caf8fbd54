import { geometryOf } from '#contracts/geometry/geometry.ts'
import { type ItemState, itemStates } from '#contracts/item-states.ts'
import type { OrderItem } from '#contracts/order-api/order.ts'
import type { EarlierTry, Item, Order } from './order.ts'
import { copiesOfJob, sentCopies } from './sent-copies.ts'

/** An order is read with so many of its shipments. */
const mostParcelsRead = 700

/** An item as the API shows it. */
export function presentItem(order: Order, item: Item): OrderItem {
  return {
    id: item.id,
    sku: item.product.sku,
    quantity: item.quantity,
    ...(item.title === undefined ? {} : { title: item.title }),
    status: item.status,
    ...(item.failure === undefined ? {} : { failure: item.failure }),
    ...progressOf(order, item),
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
    ...(item.earlier === undefined ? {} : { earlier: item.earlier.map((each) => presentEarlier(order, item, each)) }),
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

const rank = (state: ItemState): number => itemStates.indexOf(state)
const hasReached = ({ status }: Item, least: ItemState): boolean => status !== 'failed' && rank(status) >= rank(least)

function progressOf(order: Order, item: Item): Pick<OrderItem, 'copies' | 'delay'> {
  const { quantity, copies, delay } = item
  const shipped = hasReached(item, 'shipped') ? quantity : sentCopies(order, item)
  // What left before, from another facility, is counted with what this one says of its own job.
  const before = quantity - copiesOfJob(order, item)
  const counted = (step: 'printed' | 'packed'): number =>
    hasReached(item, step) ? quantity : Math.min(quantity, Math.max(shipped, before + (copies?.[step] ?? 0)))
  const isShown = hasReached(item, 'printing') || shipped > 0
  return {
    ...(isShown ? { copies: { printed: counted('printed'), packed: counted('packed'), shipped } } : {}),
    ...(delay === undefined || hasReached(item, 'shipped') ? {} : { delay: presentDelay(delay) }),
  }
}

const presentDelay = ({ at, cause, expectedAt }: NonNullable<Item['delay']>): NonNullable<OrderItem['delay']> => ({
  ...(cause === undefined ? {} : { cause }),
  ...(expectedAt === undefined ? {} : { expected_at: expectedAt }),
  told_at: at,
})

const presentEarlier = (order: Order, item: Item, { facilityId, jobId, cause, words, at, receiptKey }: EarlierTry) => ({
  ...{ facility_id: facilityId, job_id: jobId, cause },
  ...(words === undefined ? {} : { said: words }),
  at,
  ...(receiptKey === undefined
    ? {}
    : { receipt_url: `/v1/orders/${order.id}/items/${item.id}/receipt?facility=${facilityId}` }),
})
