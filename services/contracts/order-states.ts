/**
 * The life of an order as one table; that of its items: item-states.ts. Rank only rises: an event that comes late is recorded and
 * lowers nothing. Every event is decided in every stage; a test holds that, and that every stage can be reached.
 */

export const paymentStates = ['unpaid', 'authorised', 'paid', 'refunded', 'partially_refunded', 'waived'] as const
export type PaymentState = (typeof paymentStates)[number]

/**
 * What an event does: a state to move to; `noted` = recorded, the state stays as it is; `late` = recorded, overtaken;
 * `impossible` = nobody honest can say this now: recorded and logged as an error.
 */
export type Decision<State extends string> = State | 'noted' | 'late' | 'impossible'

export const stages = [
  'draft',
  'awaiting_files',
  'preflight',
  'awaiting_payment',
  'grace',
  'released',
  'in_production',
  'partially_shipped',
  'shipped',
  'delivered',
  'cancelled',
  'rejected',
] as const
export type Stage = (typeof stages)[number]

export const orderEvents = [
  'confirmed',
  'confirmed_without_files',
  'draft_overdue',
  'files_arrived',
  'files_wanted',
  'files_overdue',
  'files_replaced',
  'files_ready',
  'payment_due',
  'payment_settled',
  'grace_over',
  'production_started',
  'partly_shipped',
  'all_shipped',
  'all_delivered',
  'cancel_requested',
  'cancelled_by_facility',
  'nothing_printable',
] as const
export type OrderEvent = (typeof orderEvents)[number]

type StageRow = Readonly<Record<Stage, Decision<Stage>>>

/** What `decide` says of each stage. */
export function byStage<T>(decide: (stage: Stage) => T): Readonly<Record<Stage, T>> {
  return {
    draft: decide('draft'),
    awaiting_files: decide('awaiting_files'),
    preflight: decide('preflight'),
    awaiting_payment: decide('awaiting_payment'),
    grace: decide('grace'),
    released: decide('released'),
    in_production: decide('in_production'),
    partially_shipped: decide('partially_shipped'),
    shipped: decide('shipped'),
    delivered: decide('delivered'),
    cancelled: decide('cancelled'),
    rejected: decide('rejected'),
  }
}

/**
 * Moves `from` to `target`; in `noted` it is recorded; states that already passed it are late, states that cannot have come
 * here are impossible.
 */
const step = (target: Stage, from: readonly Stage[], noted: readonly Stage[] = []): StageRow => {
  const first = Math.min(...from.map((stage) => stages.indexOf(stage)))
  const decide = (stage: Stage): Decision<Stage> => {
    if (from.includes(stage)) return target
    if (noted.includes(stage)) return 'noted'
    return stages.indexOf(stage) < first ? 'impossible' : 'late'
  }
  return byStage(decide)
}

const beforeRelease = ['draft', 'awaiting_files', 'preflight', 'awaiting_payment', 'grace'] as const
/** Of an order that was released and of which not all has left. */
export const atTheFacility = ['released', 'in_production', 'partially_shipped'] as const

export const stageTransitions: Readonly<Record<OrderEvent, StageRow>> = {
  confirmed: step('preflight', ['draft']),
  confirmed_without_files: step('awaiting_files', ['draft']),
  // Prices do not stand for ever.
  draft_overdue: step('cancelled', ['draft']),
  files_arrived: step('preflight', ['awaiting_files']),
  // The publisher wants to send another file instead of losing the item.
  files_wanted: step('awaiting_files', ['preflight']),
  files_overdue: step('cancelled', ['awaiting_files']),
  // Another file is looked into like the first one: the only way back, and only before anything went to a facility.
  files_replaced: step('preflight', ['awaiting_payment', 'grace'], ['draft', 'awaiting_files', 'preflight']),
  files_ready: step('grace', ['preflight']),
  payment_due: step('awaiting_payment', ['preflight']),
  payment_settled: step('grace', ['awaiting_payment']),
  grace_over: step('released', ['grace']),
  production_started: step('in_production', ['released']),
  partly_shipped: step('partially_shipped', ['released', 'in_production']),
  all_shipped: step('shipped', atTheFacility),
  all_delivered: step('delivered', [...atTheFacility, 'shipped']),
  // Past release the facility is asked, and its answer counts.
  cancel_requested: step('cancelled', beforeRelease, ['released', 'in_production']),
  cancelled_by_facility: step('cancelled', ['released', 'in_production']),
  nothing_printable: step('rejected', ['preflight', ...atTheFacility]),
}
