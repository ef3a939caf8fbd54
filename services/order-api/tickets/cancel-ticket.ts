import type { CancelTicket } from '#contracts/messages/cancel-ticket.ts'
import type { Item, Order, Ticket } from '../orders/order.ts'

/** The ticket that asks a facility not to make the job that an item has there. */
export function cancelTicketOf(
  order: Order,
  item: Item & { readonly jobId: string },
  ticketId: string,
  issuedAt: string,
): Ticket {
  const { jobId, facilityId } = item
  const body: CancelTicket = {
    type: 'cancel',
    ticketId,
    jobId,
    orderId: order.id,
    itemId: item.id,
    facilityId,
    issuedAt,
  }
  return { id: ticketId, itemId: item.id, kind: 'cancel', queue: facilityId, body }
}
