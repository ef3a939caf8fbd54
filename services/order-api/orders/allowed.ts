import { Refused } from '#chassis/errors.ts'
import { type ActionRule, actionRules, type OrderAction, orderActions } from '#contracts/order-actions.ts'
import type { Order } from './order.ts'

/** What the rule says of an action now; a hold is there to be put on once and taken off once, and a facility is asked once. */
export function ruleFor(order: Order, action: OrderAction): ActionRule {
  if (action === 'hold' && order.isHeld) return 'no'
  if (action === 'release' && !order.isHeld) return 'no'
  if (action === 'cancel' && order.cancel !== undefined) return 'no'
  return actionRules[action][order.stage]
}

/** The rule, when it is not "no". Throws Refused `action_not_allowed` with what is possible instead. */
export function wantAllowed(order: Order, action: OrderAction): Exclude<ActionRule, 'no'> {
  const rule = ruleFor(order, action)
  if (rule !== 'no') return rule
  const others = orderActions.filter((each) => ruleFor(order, each) !== 'no')
  const held = order.isHeld ? ' and held' : ''
  throw new Refused(
    'action_not_allowed',
    `The order is ${order.stage}${held}: ${action} is not possible. Possible now: ${others.join(', ') || 'nothing'}.`,
  )
}
