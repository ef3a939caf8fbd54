import { entriesOf, saleOf } from '../ledger/book.ts'
import type { LedgerEntry } from '../ledger/entry.ts'
import { processTicketOf } from '../tickets/process-ticket.ts'
import type { MakeId } from './make-id.ts'
import type { Item, Order, Ticket } from './order.ts'

/** How long files may come after their order, or again after they were refused; and how long a draft stands. */
const filesWithinDays = 30

/** Where an order begins that is no draft, or no longer one. */
export const firstStageOf = (items: readonly Item[]): 'preflight' | 'awaiting_files' =>
  items.every(({ files }) => files !== undefined) ? 'preflight' : 'awaiting_files'

export const filesDueAt = (now: Date): string =>
  new Date(now.getTime() + filesWithinDays * 24 * 3600 * 1000).toISOString()

/** When an order ends by itself that waits for its publisher: a draft, or one without files. */
export const endsAtOf = ({ stage, dueAt }: Order): string | undefined =>
  stage === 'draft' || stage === 'awaiting_files' ? dueAt : undefined

/** The process tickets of all items whose files are there. */
export const ticketsOf = (order: Order, issuedAt: string): Ticket[] =>
  order.items.flatMap((item) => (item.files === undefined ? [] : [processTicketOf(order, item, issuedAt)]))

/** Out of a balance it is paid at once, and at the checkout it was before; what goes on an invoice is owed; what somebody else pays, or has no price, costs nothing. */
export function paymentOf({
  charges,
  isTest,
  billing,
}: Pick<Order, 'isTest' | 'billing'> & { charges?: Order['charges'] }) {
  if (!charges) return isTest ? 'waived' : 'unpaid'
  if (billing.mode === 'prepaid' || billing.mode === 'sale') return 'paid'
  return billing.mode === 'invoice' ? 'authorised' : 'waived'
}

/** What an order books when it begins. */
export const bookingsOf = ({ charges, billing }: Order, makeId: MakeId): LedgerEntry[] =>
  charges ? entriesOf(saleOf(charges, billing), charges.currency, makeId) : []
