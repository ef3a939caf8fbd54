/**
 * The life of an order as one table per machine. Rank only rises: an event that comes late is recorded and lowers nothing. An item
 * that is made elsewhere begins anew, as another job: `rerouted` is the one way back, and no facility can say it.
 * Every event is decided in every state; a test holds that, and that every state can be reached.
 */

export const paymentStates = ['unpaid', 'authorised', 'paid', 'refunded', 'partially_refunded', 'waived'] as const
export type PaymentState = (typeof paymentStates)[number]

export const itemStates = [
  'pending',
  'processing',
  'ready',
  'queued',
  'accepted',
  'printing',
  'printed',
  'packed',
  'shipped',
  'delivered',
  'failed',
] as const
export type ItemState = (typeof itemStates)[number]

export const itemEvents = [
  'processing_started',
  'print_file_ready',
  'sources_rejected',
  'released',
  'accepted',
  'printing',
  'printed',
  'packed',
  'partly_shipped',
  'shipped',
  'delivered',
  'delayed',
  'held',
  'facility_rejected',
  'facility_failed',
  'facility_cancelled',
  'cancel_declined',
  'partly_printed',
  'partly_packed',
  'lost',
  // Ours: it goes to another facility; its facility was asked to give it back; it was stopped before a facility had it.
  'rerouted',
  'asked_back',
  'stopped',
] as const
export type ItemEvent = (typeof itemEvents)[number]

/**
 * What an event does: a state to move to; `noted` = recorded, the state stays as it is; `late` = recorded, overtaken;
 * `impossible` = nobody honest can say this now: recorded and logged as an error.
 */
export type Decision<State extends string> = State | 'noted' | 'late' | 'impossible'

type Row = Readonly<Record<ItemState, Decision<ItemState>>>

/** A step of production: it moves whatever stands below it at the facility, and is late for whatever stands above. */
const productionStep = (target: ItemState): Row => {
  const rank = itemStates.indexOf(target)
  const decide = (state: ItemState): Decision<ItemState> =>
    itemStates.indexOf(state) < itemStates.indexOf('queued')
      ? 'impossible'
      : itemStates.indexOf(state) < rank
        ? target
        : 'late'
  return rowOf(decide)
}

/** The facility gives the job up: possible until it has left the house. */
const productionEnd: Row = rowOf((state) => {
  const rank = itemStates.indexOf(state)
  if (rank < itemStates.indexOf('queued')) return 'impossible'
  return rank < itemStates.indexOf('shipped') ? 'failed' : 'late'
})

/** News about a job that changes nothing by itself. */
const productionNews: Row = rowOf((state) => {
  const rank = itemStates.indexOf(state)
  if (rank < itemStates.indexOf('queued')) return 'impossible'
  return rank < itemStates.indexOf('shipped') ? 'noted' : 'late'
})

/** Some of the copies are through: it is in production, and stays where it is when that was known. */
const partOfProduction: Row = rowOf((state) => {
  if (state === 'queued' || state === 'accepted') return 'printing'
  return productionNews[state]
})

/** A parcel that left never arrived: what arrived whole was not lost, and other parcels may still be to come. */
const lostParcel: Row = rowOf((state) => {
  if (state === 'shipped') return 'noted'
  return state === 'delivered' ? 'late' : productionNews[state]
})

/** Only from the facility that has it, and only while it has. */
const anew: Row = rowOf((state) => (productionEnd[state] === 'failed' ? 'pending' : productionEnd[state]))

/** Preparation moves `from` states to `target` and is late everywhere else. */
const preparation = (target: ItemState, from: readonly ItemState[]): Row =>
  rowOf((state) => (from.includes(state) ? target : 'late'))

function rowOf(decide: (state: ItemState) => Decision<ItemState>): Row {
  return {
    pending: decide('pending'),
    processing: decide('processing'),
    ready: decide('ready'),
    queued: decide('queued'),
    accepted: decide('accepted'),
    printing: decide('printing'),
    printed: decide('printed'),
    packed: decide('packed'),
    shipped: decide('shipped'),
    delivered: decide('delivered'),
    failed: 'late',
  }
}

export const itemTransitions: Readonly<Record<ItemEvent, Row>> = {
  processing_started: preparation('processing', ['pending']),
  print_file_ready: preparation('ready', ['pending', 'processing']),
  sources_rejected: preparation('failed', ['pending', 'processing']),
  released: preparation('queued', ['ready']),
  accepted: productionStep('accepted'),
  printing: productionStep('printing'),
  printed: productionStep('printed'),
  packed: productionStep('packed'),
  partly_shipped: productionNews,
  shipped: productionStep('shipped'),
  delivered: productionStep('delivered'),
  delayed: productionNews,
  held: productionNews,
  facility_rejected: productionEnd,
  facility_failed: productionEnd,
  facility_cancelled: productionEnd,
  // The job goes on; what the publisher hears is for the order to say.
  cancel_declined: productionNews,
  partly_printed: partOfProduction,
  partly_packed: partOfProduction,
  lost: lostParcel,
  rerouted: anew,
  asked_back: productionNews,
  stopped: preparation('failed', ['pending', 'processing', 'ready']),
}

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
