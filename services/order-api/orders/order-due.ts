import { stageTransitions } from '#contracts/order-states.ts'
import { advance } from './advance.ts'
import { type Change, type Decide, unchanged } from './change.ts'
import { giveBackAll } from './give-back.ts'
import type { Order } from './order.ts'

/** An order whose time has come: its grace is over, or its files never came. A held one stays and is not looked at again. */
export const decideDue: Decide = (order, context) => {
  if (order.dueAt === undefined || order.dueAt > context.now.toISOString()) return unchanged(order)
  const { dueAt: _over, ...rest } = order
  if (stageTransitions.files_overdue[order.stage] === 'cancelled') return giveUp(rest, context)
  return advance(unchanged(rest), context)
}

function giveUp(order: Order, { makeId }: Parameters<Decide>[1]): Change {
  const data = { cause: 'files_overdue' }
  const cancelled: Change = {
    ...unchanged({ ...order, stage: 'cancelled' }),
    events: [{ id: makeId('event'), type: 'order.cancelled', data }],
    answeredTicketIds: order.items.map(({ processTicketId }) => processTicketId),
  }
  return giveBackAll(cancelled, makeId)
}
