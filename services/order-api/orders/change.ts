import type { LedgerEntry } from '../ledger/entry.ts'
import type { MakeId } from './make-id.ts'
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
  /** What it books; a balance that would fall below its limit undoes the whole change. */
  readonly entries: readonly LedgerEntry[]
  /** A ticket that was heard of: not rung again before so many times the usual patience. */
  readonly patience?: { readonly ticketId: string; readonly times: number }
}

/** Decides what a cause does; pure, so that it can be decided again when another change came first. */
export type Decide = (order: Order, context: { readonly now: Date; readonly makeId: MakeId }) => Change

/** A change that changes nothing yet. */
export const unchanged = (order: Order): Change => ({
  order,
  changedItemIds: [],
  newIssues: [],
  newShipments: [],
  events: [],
  newTickets: [],
  answeredTicketIds: [],
  entries: [],
})
