import { printedPagesOf } from '#contracts/geometry/geometry.ts'
import type { ProductionTicket } from '#contracts/messages/production-ticket.ts'
import type { Item, Order, Ticket } from '../orders/order.ts'
import { copiesOfJob } from '../orders/sent-copies.ts'

/** The ticket that asks a facility to print one item whose print files are ready. */
export function productionTicketOf(
  order: Order,
  item: Item,
  ids: { readonly ticketId: string; readonly jobId: string },
  issuedAt: string,
): Ticket {
  const { product } = item
  const body: ProductionTicket = {
    type: 'production',
    ticketId: ids.ticketId,
    jobId: ids.jobId,
    orderId: order.id,
    itemId: item.id,
    facilityId: item.facilityId,
    isTest: order.isTest,
    issuedAt,
    ...(order.reference === undefined ? {} : { reference: order.reference }),
    ...(item.title === undefined ? {} : { title: item.title }),
    quantity: copiesOfJob(order, item),
    product: {
      sku: product.sku,
      family: product.family,
      title: product.title,
      ...(product.construction.kind === 'book' ? { binding: product.construction.binding } : {}),
      trimWidthMm: product.trimWidthMm,
      trimHeightMm: product.trimHeightMm,
      pages: printedPagesOf(product, item.pages ?? 1),
      paper: Object.fromEntries(Object.entries(product.paper)),
      ...(product.papers === undefined ? {} : { papers: product.papers }),
    },
    options: { ...item.options },
    files: [...item.printFiles],
    ...previewOf(item),
    shipTo: order.recipient,
    shippingMethod: order.shippingMethod,
    ...(item.leavesBy === undefined ? {} : { dueAt: item.leavesBy }),
  }
  return { id: ids.ticketId, itemId: item.id, kind: 'production', queue: item.facilityId, body }
}

/** Its first picture, of the cover where it has one: what people know the job by. */
function previewOf({ previews }: Item): Pick<ProductionTicket, 'preview'> {
  const first = previews.find(({ component, panel }) => component === 'cover' && panel === undefined)
  const preview = first ?? previews.find(({ page }) => page === 1) ?? previews[0]
  return preview ? { preview } : {}
}
