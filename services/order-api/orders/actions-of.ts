import { type ActionRule, type OrderAction, orderActions } from '#contracts/order-actions.ts'
import { ruleFor } from './allowed.ts'
import { endsAtOf } from './begin.ts'
import type { Order } from './order.ts'

export type PossibleAction = {
  readonly action: OrderAction
  readonly rule: ActionRule
  /** Up to this moment it stays possible; null: not known yet, or without end. */
  readonly until: string | null
}

const endsWithGrace: readonly OrderAction[] = ['cancel', 'change_recipient', 'change_shipping', 'replace_files', 'hold']

/** Every action with what the rule says of it now, and until when. A held order stays as it is until the hold is taken off. */
export const actionsOf = (order: Order): readonly PossibleAction[] =>
  orderActions.map((action) => {
    const rule = ruleFor(order, action)
    return { action, rule, until: rule === 'yes' ? (untilOf(order, action) ?? null) : null }
  })

function untilOf(order: Order, action: OrderAction): string | undefined {
  const isTimed = order.stage === 'grace' && !order.isHeld && endsWithGrace.includes(action)
  return isTimed ? order.graceEndsAt : endsAtOf(order)
}
