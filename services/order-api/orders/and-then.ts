import type { Change, Decide } from './change.ts'

/** One change out of two: what the second decides on the order that the first leaves. */
export function andThen(first: Change, decide: Decide, context: Parameters<Decide>[1]): Change {
  const second = decide(first.order, context)
  const patience = second.patience ?? first.patience
  return {
    order: second.order,
    changedItemIds: [...new Set([...first.changedItemIds, ...second.changedItemIds])],
    newIssues: [...first.newIssues, ...second.newIssues],
    newShipments: [...first.newShipments, ...second.newShipments],
    events: [...first.events, ...second.events],
    newTickets: [...first.newTickets, ...second.newTickets],
    answeredTicketIds: [...first.answeredTicketIds, ...second.answeredTicketIds],
    entries: [...first.entries, ...second.entries],
    ...(patience ? { patience } : {}),
  }
}
