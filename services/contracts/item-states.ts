import type { Decision } from './order-states.ts'

/**
 * The life of an item as one table. Rank only rises: an event that comes late is recorded and lowers nothing. An item that is made
 * elsewhere begins anew, as another job: `rerouted` is the one way back, and no facility can say it.
 * Every event is decided in every state; a test holds that, and that every state can be reached.
 */

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
