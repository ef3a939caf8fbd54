import { actionRules } from '#contracts/order-actions.ts'
import { advance } from './advance.ts'
import { wantAllowed } from './allowed.ts'
import { type Decide, unchanged } from './change.ts'

/** Keeps an order from being released, however ready it is; a held one stays held. */
export const holdOrder: Decide = (order, { makeId }) => {
  if (order.isHeld && actionRules.hold[order.stage] === 'yes') return unchanged(order)
  wantAllowed(order, 'hold')
  const events = [{ id: makeId('event'), type: 'order.held', data: {} }]
  return { ...unchanged({ ...order, isHeld: true }), events }
}

/** Takes the hold off; an order that waited for nothing else goes on at once. */
export const releaseHold: Decide = (order, context) => {
  if (!order.isHeld && actionRules.release[order.stage] === 'yes') return unchanged(order)
  wantAllowed(order, 'release')
  const events = [{ id: context.makeId('event'), type: 'order.hold_released', data: {} }]
  return advance({ ...unchanged({ ...order, isHeld: false }), events }, context)
}
