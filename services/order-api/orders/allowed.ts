import { Refused } from '#chassis/errors.ts'
import { type ActionRule, actionRules, type OrderAction, orderActions } from '#contracts/order-actions.ts'
import type { Order } from './order.ts'
import { isStoppable, isUnsent } from './stoppable.ts'

/** What somebody else pays for is printed as it was and goes as it was sent. */
const fixedWhenFree: readonly OrderAction[] = ['replace_files', 'change_shipping']
const isFixed = ({ billing: { mode } }: Order, action: OrderAction): boolean =>
  (mode === 'facility' || mode === 'platform') && fixedWhenFree.includes(action)

/** A visitor paid for this method: nobody is there to pay another price. */
const isPaidFor = ({ billing: { mode } }: Order, action: OrderAction): boolean =>
  mode === 'sale' && action === 'change_shipping'

/**
 * What the rule says of an action now; a hold is there to be put on once and taken off once, and a facility is asked once. Copies that
 * were not paid back, as they were printed again for free, can be printed again whatever became of the order.
 */
export function ruleFor(order: Order, action: OrderAction): ActionRule {
  if (isFixed(order, action) || isPaidFor(order, action)) return 'no'
  if (action === 'hold' && order.isHeld) return 'no'
  if (action === 'release' && !order.isHeld) return 'no'
  if (action === 'cancel' && order.cancel !== undefined) return 'no'
  if (action === 'reprint' && order.items.some(({ keptCopies = 0 }) => keptCopies > 0)) return 'yes'
  const rule = actionRules[action][order.stage]
  const isForNothing =
    rule === 'asks_facility' && !order.items.some((item) => isStoppable(order, item) || isUnsent(order, item))
  return isForNothing ? 'no' : rule
}

/** The rule, when it is not "no". Throws Refused `action_not_allowed` with what is possible instead. */
export function wantAllowed(order: Order, action: OrderAction): Exclude<ActionRule, 'no'> {
  const rule = ruleFor(order, action)
  if (rule !== 'no') return rule
  const others = orderActions.filter((each) => ruleFor(order, each) !== 'no')
  const held = order.isHeld ? ' and held' : ''
  throw new Refused(
    'action_not_allowed',
    `The order is ${order.stage}${held}: ${action} is not possible${whyNot(order, action)}. Possible now: ${others.join(', ') || 'nothing'}.`,
  )
}

function whyNot(order: Order, action: OrderAction): string {
  if (isFixed(order, action)) return ', as a free reprint is printed and sent as before'
  return isPaidFor(order, action) ? ', as its customer chose and paid how it is sent' : ''
}
