import { Refused } from '#chassis/errors.ts'
import type { ItemFiles } from '#contracts/order-api/order-request.ts'
import { stageTransitions } from '#contracts/order-states.ts'
import { processTicketOf } from '../tickets/process-ticket.ts'
import { advance } from './advance.ts'
import { wantAllowed } from './allowed.ts'
import { type Decide, unchanged } from './change.ts'
import { checkFiles } from './check-files.ts'
import type { Item, NewEvent, Order } from './order.ts'

/**
 * Gives an item its files, or other ones: its preparation begins anew under a new ticket, and what is still said of the old
 * ticket comes too late. Throws Refused for an item that is not there or is over, and for files that it cannot be made of.
 */
export function replaceFiles(itemId: string, files: ItemFiles): Decide {
  return (order, context) => {
    wantAllowed(order, 'replace_files')
    const old = order.items.find(({ id }) => id === itemId)
    if (!old) throw new Refused('not_found', `Order ${order.id} has no item ${itemId}.`)
    wantOpen(order, old)
    const issues = checkFiles(order, old, files)
    if (issues.length > 0)
      throw new Refused('invalid_request', 'The fields listed in errors are not acceptable.', issues)
    const item = begunAnew(old, files, context.makeId('ticket'))
    const { order: back, events } = goneBack(order, context.makeId)
    const changed = { ...back, items: order.items.map((each) => (each === old ? item : each)) }
    return advance(
      {
        ...unchanged(changed),
        changedItemIds: [itemId],
        events: [{ id: context.makeId('event'), type: 'item.files_replaced', data: { item_id: itemId } }, ...events],
        newTickets: order.stage === 'draft' ? [] : [processTicketOf(order, item, context.now.toISOString())],
        answeredTicketIds: [old.processTicketId],
      },
      context,
    )
  }
}

/** What was given up was paid back: to print it after all would be a gift. */
function wantOpen({ onRejectedFiles }: Order, { id, status }: Item): void {
  if (status !== 'failed' || onRejectedFiles === 'wait') return
  throw new Refused(
    'action_not_allowed',
    `Item ${id} failed and costs nothing any more: order it again. An order with "on_rejected_files": "wait" waits for another file instead.`,
  )
}

/** Ready items wait for this one again: the grace begins when all are. */
function goneBack(order: Order, makeId: Parameters<Decide>[1]['makeId']): { order: Order; events: NewEvent[] } {
  const stage = stageTransitions.files_replaced[order.stage]
  if (stage !== 'preflight') return { order, events: [] }
  const { graceEndsAt: _ended, dueAt: _over, ...rest } = order
  return { order: { ...rest, stage }, events: [{ id: makeId('event'), type: 'order.preflight', data: {} }] }
}

function begunAnew(old: Item, files: ItemFiles, processTicketId: string): Item {
  const {
    failure: _failure,
    pages: _pages,
    progress: _progress,
    reportKey: _report,
    receiptKey: _receipt,
    ...kept
  } = old
  return { ...kept, files, processTicketId, status: 'pending', printFiles: [], previews: [] }
}
