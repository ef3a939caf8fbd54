import { mainOutput } from '../config/read-outputs.ts'
import { type Job, saidLast } from '../journal/job.ts'
import type { DeskAction, DeskJob, DeskState } from './desk-job.ts'

/** Words of the shop after which it has nothing more to do. */
const last: ReadonlySet<string | undefined> = new Set(['delivered', 'lost', 'failed', 'cancelled', 'rejected'])

/** A job as a person sees it; pure. */
export function seeJob(job: Job): DeskJob {
  const { jobId, orderId, itemId, arrivedAt, at, summary, cause, expectedAt, decided } = job
  const said = saidLast(job)
  return {
    jobId,
    orderId,
    itemId,
    state: stateOf(job),
    actions: actionsOf(job),
    output: job.output?.name ?? mainOutput,
    ...(arrivedAt === undefined ? {} : { arrivedAt }),
    changedAt: at,
    ...(summary === undefined ? {} : { summary }),
    ...(cause === undefined ? {} : { cause }),
    ...(said === undefined ? {} : { said }),
    untold: job.outbox.length,
    parcels: parcelsOf(job),
    ...(expectedAt === undefined ? {} : { expectedAt }),
    ...(decided === undefined ? {} : { decided }),
  }
}

/** Where a job stands for the people of the shop; pure. */
export function stateOf(job: Job): DeskState {
  switch (job.state) {
    case 'claiming':
    case 'claimed':
    case 'spooling':
      return 'arriving'
    case 'offered':
    case 'held':
    case 'failed':
      return job.state
    case 'handed_over':
      return isOver(job) ? 'over' : 'in_the_shop'
    case 'dropped':
      return 'over'
    case 'claimed_elsewhere':
      return 'elsewhere'
    default:
      return job.state satisfies never
  }
}

/** What may be done now, the likeliest first; pure. */
export function actionsOf(job: Job): readonly DeskAction[] {
  switch (job.state) {
    case 'offered':
      return ['accept', 'reject']
    case 'held':
      return ['report', 'release', 'reject', 'drop']
    case 'failed':
      return ['release', 'reject', 'drop']
    case 'handed_over':
      return isPrinted(job) ? ['report'] : ['report', 'reject']
    default:
      return []
  }
}

const isPrinted = ({ shopSaid }: Job): boolean => shopSaid !== undefined && shopSaid !== 'printing'

/** A job that left in several parcels is over when all its copies have left. */
function isOver(job: Job): boolean {
  if (last.has(job.shopSaid)) return true
  if (job.shopSaid !== 'shipped') return false
  const parcels = parcelsOf(job)
  const copies = parcels.reduce((sum, { quantity }) => sum + quantity, 0)
  return parcels.length === 0 || copies >= (job.summary?.quantity ?? 0)
}

/** A parcel that is told twice is one. */
function parcelsOf({ said = [], outbox }: Job): DeskJob['parcels'] {
  const parcels = [...said, ...outbox].flatMap(({ tracking }) => (tracking ? [tracking] : []))
  return [...new Map(parcels.map((parcel) => [`${parcel.carrier} ${parcel.number}`, parcel])).values()]
}

const isShown = (state: DeskState): boolean => state !== 'elsewhere'

/** What is not over first, the oldest first; then what is over, the newest first; pure. Jobs of other clients are theirs to show. */
export function seeJobs(jobs: Iterable<Job>): readonly DeskJob[] {
  const seen = [...jobs].map(seeJob).filter(({ state }) => isShown(state))
  const open = seen.filter(({ state }) => state !== 'over')
  const over = seen.filter(({ state }) => state === 'over')
  const born = ({ arrivedAt, changedAt }: DeskJob): string => arrivedAt ?? changedAt
  return [
    ...open.sort((a, b) => born(a).localeCompare(born(b))),
    ...over.sort((a, b) => b.changedAt.localeCompare(a.changedAt)),
  ]
}
