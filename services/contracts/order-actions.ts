import { byStage, type Stage } from './order-states.ts'

/** What can be asked of an order by the one who placed it. */
export const orderActions = [
  'confirm',
  'cancel',
  'change_recipient',
  'change_shipping',
  'replace_files',
  'hold',
  'release',
  'reprint',
] as const
export type OrderAction = (typeof orderActions)[number]

/** `yes`: done at once. `asks_facility`: the facility may still say no. `no`: too late, or too early. */
export type ActionRule = 'yes' | 'asks_facility' | 'no'

/** How a wish to cancel stands that went to the facility: of an order's items it may stop some and not others. */
export const cancelStates = ['asked', 'accepted', 'partially_accepted', 'declined'] as const
export type CancelState = (typeof cancelStates)[number]

type Row = Readonly<Record<Stage, ActionRule>>

const during = (yes: readonly Stage[], asks: readonly Stage[] = []): Row =>
  byStage((stage) => {
    if (yes.includes(stage)) return 'yes'
    return asks.includes(stage) ? 'asks_facility' : 'no'
  })

const beforeRelease = ['draft', 'awaiting_files', 'preflight', 'awaiting_payment', 'grace'] as const

/** Action × stage. What is possible before release is possible until the end of the grace. */
export const actionRules: Readonly<Record<OrderAction, Row>> = {
  confirm: during(['draft']),
  cancel: during(beforeRelease, ['released', 'in_production']),
  change_recipient: during(beforeRelease),
  change_shipping: during(beforeRelease),
  replace_files: during(beforeRelease),
  hold: during(beforeRelease),
  release: during(beforeRelease),
  reprint: during(['in_production', 'partially_shipped', 'shipped', 'delivered']),
}
