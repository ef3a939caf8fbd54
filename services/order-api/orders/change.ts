import type { NewEvent, Order, OrderIssue, Shipment, Ticket } from './order.ts'

/** What one cause does to one order, to be written in one statement onto the version it was decided on. */
export type Change = {
  /** The order after the change; its version is still the one it was decided on. */
  readonly order: Order
  readonly changedItemIds: readonly string[]
  readonly newIssues: readonly OrderIssue[]
  readonly newShipments: readonly Shipment[]
  readonly events: readonly NewEvent[]
  readonly newTickets: readonly Ticket[]
  readonly answeredTicketIds: readonly string[]
  /** A ticket that was heard of: not rung again before so many times the usual patience. */
  readonly patience?: { readonly ticketId: string; readonly times: number }
}

/** Decides what a cause does; pure, so that it can be decided again when another change came first. */
export type Decide = (
  order: Order,
  context: { readonly now: Date; readonly makeId: (kind: 'event' | 'ticket' | 'job' | 'shipment') => string },
) => Change
