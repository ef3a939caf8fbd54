import { Refused } from '#chassis/errors.ts'
import type { ItemFiles } from '#contracts/order-api/order.ts'
import { processTicketOf } from '../tickets/process-ticket.ts'
import { advance } from './advance.ts'
import { wantAllowed } from './allowed.ts'
import { type Decide, unchanged } from './change.ts'
import type { Item } from './order.ts'

/**
 * Gives an item its files, or other ones: its preparation begins anew under a new ticket, and what is still said of the old
 * ticket comes too late.
 */
export function replaceFiles(itemId: string, files: ItemFiles): Decide {
  return (order, context) => {
    wantAllowed(order, 'replace_files')
    const old = order.items.find(({ id }) => id === itemId)
    if (!old) throw new Refused('not_found', `Order ${order.id} has no item ${itemId}.`)
    const item = begunAnew(old, files, context.makeId('ticket'))
    const items = order.items.map((each) => (each === old ? item : each))
    const { graceEndsAt: _ended, ...rest } = order
    // Ready items wait for this one again: the grace begins when all are.
    const isBack = order.stage === 'grace' || order.stage === 'awaiting_payment'
    const changed = isBack ? { ...rest, items, stage: 'preflight' as const } : { ...order, items }
    return advance(
      {
        ...unchanged(changed),
        changedItemIds: [itemId],
        events: [{ id: context.makeId('event'), type: 'item.files_replaced', data: { item_id: itemId } }],
        newTickets: order.stage === 'draft' ? [] : [processTicketOf(order, item, context.now.toISOString())],
        answeredTicketIds: [old.processTicketId],
      },
      context,
    )
  }
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
