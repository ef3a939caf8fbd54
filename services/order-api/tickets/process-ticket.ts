import type { ProcessTicket } from '#contracts/messages/process-ticket.ts'
import type { Item, Order, Ticket } from '../orders/order.ts'
import { sourcesOf } from '../orders/sources.ts'

/** The ticket that asks for one item's print files; self-contained, without a word about the recipient. */
export function processTicketOf(order: Order, item: Item, issuedAt: string): Ticket {
  const body: ProcessTicket = {
    type: 'process',
    ticketId: item.processTicketId,
    orderId: order.id,
    itemId: item.id,
    issuedAt,
    product: item.product,
    facilityId: item.facilityId,
    ...(item.title === undefined ? {} : { title: item.title }),
    options: { ...item.options },
    ...(item.design === undefined ? {} : { design: item.design }),
    sources: sourcesOf(order.accountId, item.files ?? {}),
    outputPrefix: `facilities/${item.facilityId}/${order.id}/${item.id}/`,
  }
  return { id: item.processTicketId, itemId: item.id, kind: 'process', queue: 'process', body }
}
