import { stageTransitions } from '#contracts/order-states.ts'
import { advance } from './advance.ts'
import { type Change, type Decide, unchanged } from './change.ts'
import { giveBackAll } from './give-back.ts'
import type { Order } from './order.ts'

/**
 * An order whose time has come: its grace is over, its files never came, nobody confirmed the draft. One that is held at the end of
 * its grace stays, and is not looked at again.
 */
export const decideDue: Decide = (order, context) => {
  if (order.dueAt === undefined || order.dueAt > context.now.toISOString()) return unchanged(order)
  const { dueAt: _over, ...rest } = order
  const overdue = (['draft_overdue', 'files_overdue'] as const).find(
    (event) => stageTransitions[event][order.stage] === 'cancelled',
  )
  return overdue ? giveUp(rest, overdue, context) : advance(unchanged(rest), context)
}

function giveUp(order: Order, cause: string, { makeId }: Parameters<Decide>[1]): Change {
  const cancelled: Change = {
    ...unchanged({ ...order, stage: 'cancelled' }),
    events: [{ id: makeId('event'), type: 'order.cancelled', data: { cause } }],
    answeredTicketIds: order.items.map(({ processTicketId }) => processTicketId),
  }
  return giveBackAll(cancelled, makeId)
}
