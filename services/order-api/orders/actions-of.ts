import { type ActionRule, type OrderAction, orderActions } from '#contracts/order-actions.ts'
import { ruleFor } from './allowed.ts'
import type { Order } from './order.ts'

export type PossibleAction = {
  readonly action: OrderAction
  readonly rule: ActionRule
  /** The moment from which on it is no longer possible; null: not known yet, or never. */
  readonly until: string | null
}

const endsWithGrace: readonly OrderAction[] = ['cancel', 'change_recipient', 'change_shipping', 'replace_files', 'hold']

/** Every action with what the rule says of it now, and until when. A held order stays as it is until the hold is taken off. */
export const actionsOf = (order: Order): readonly PossibleAction[] =>
  orderActions.map((action) => {
    const rule = ruleFor(order, action)
    const isTimed = rule === 'yes' && !order.isHeld && endsWithGrace.includes(action)
    return { action, rule, until: isTimed ? (order.graceEndsAt ?? null) : null }
  })
