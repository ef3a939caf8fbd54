import { stageTransitions } from '#contracts/order-states.ts'
import { type Change, type Decide, unchanged } from './change.ts'
import type { Order } from './order.ts'

/** Whether the order can still be cancelled: nothing has gone to a facility. */
export const isCancellable = (order: Order): boolean => stageTransitions.cancel_requested[order.stage] === 'cancelled'

/** Cancels an order that can be; its open tickets are answered, so that nobody is asked for the work again. */
export const cancelOrder: Decide = (order, { makeId }): Change => ({
  ...unchanged({ ...order, stage: 'cancelled' }),
  events: [{ id: makeId('event'), type: 'order.cancelled', data: {} }],
  answeredTicketIds: order.items.map(({ processTicketId }) => processTicketId),
})
