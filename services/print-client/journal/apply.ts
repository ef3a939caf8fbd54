import { cancelAsked, cancelDeclined } from './apply-cancel.ts'
import { type Job, type JobState, saidWith } from './job.ts'
import { summaryOf } from './job-summary.ts'
import type { JournalRecord, RecordOf } from './record.ts'
import { without } from './without.ts'

/** States that nothing undoes: a late or doubled line never makes a job printable again. */
const final: ReadonlySet<JobState> = new Set(['handed_over', 'claimed_elsewhere', 'dropped'])

/**
 * The job after one more record; pure. A record that makes no sense where the job stands changes nothing:
 * a journal that lost lines must lead to less printing, never to more.
 */
export function applyRecord(job: Job | undefined, record: JournalRecord): Job | undefined {
  if (record.type === 'job') return record.job
  if (record.type === 'claiming') return job ?? newJob(record)
  if (record.type === 'cancel_asked') return cancelAsked(job, record)
  if (job === undefined) return undefined
  if (record.type === 'sent') return sent(job, record)
  if (record.type === 'asked') return asked(job, record)
  if (record.type === 'reported') return reported(job, record)
  if (record.type === 'cancel_declined') return cancelDeclined(job, record)
  if (final.has(job.state)) return job
  return moved(job, record)
}

type Move = Exclude<
  JournalRecord,
  RecordOf<'job' | 'claiming' | 'sent' | 'asked' | 'reported' | 'cancel_asked' | 'cancel_declined'>
>

function newJob({ at, jobId, nonce, bootId, ticket, output }: RecordOf<'claiming'>): Job {
  const { orderId, itemId } = ticket
  const known = { jobId, orderId, itemId, nonce, bootId, at, arrivedAt: at, ticket, summary: summaryOf(ticket) }
  return { ...known, state: 'claiming', ...(output ? { output } : {}), outbox: [], seen: [] }
}

function moved(job: Job, record: Move): Job {
  const { at } = record
  switch (record.type) {
    case 'claimed':
      return { ...without(job, 'cause'), state: 'claimed', bootId: record.bootId, at }
    case 'released':
      return released(job, record)
    case 'offered':
      return { ...job, state: 'offered', at }
    case 'accepted':
      return { ...accepted(job, record), outbox: [...job.outbox, record.status] }
    case 'spooling':
      return { ...job, state: 'spooling', bootId: record.bootId, at }
    case 'claimed_elsewhere':
      return { ...without(job, 'ticket', 'cancel'), state: 'claimed_elsewhere', at }
    case 'handed_over':
      return { ...without(job, 'ticket', 'cause'), state: 'handed_over', at, outbox: withStatus(job, record) }
    case 'dropped':
      return { ...without(decidedBy(job, record), 'ticket', 'cancel'), ...ended(job, record), state: 'dropped' }
    case 'held':
    case 'failed':
      return { ...without(job, 'isReleased'), ...ended(job, record), state: record.type }
    default:
      return record satisfies never
  }
}

const withStatus = (job: Job, { status }: Pick<RecordOf<'handed_over'>, 'status'>): Job['outbox'] =>
  status ? [...job.outbox, status] : job.outbox

const ended = (job: Job, { at, cause, status }: RecordOf<'dropped' | 'held' | 'failed'>) => ({
  at,
  cause,
  outbox: [...job.outbox, status],
})

const decidedBy = (job: Job, { by, at }: { readonly by?: string; readonly at: string }): Job =>
  by === undefined ? job : { ...job, decided: { by, at } }

/** Its claim is asked for once more: it may have been held before it had one. */
function released(job: Job, record: RecordOf<'released'>): Job {
  const { at, bootId, output } = record
  const kept = without(decidedBy(job, record), 'cause')
  return { ...kept, ...(output ? { output } : {}), state: 'claiming', isReleased: true, bootId, at }
}

/** A line that lost the offer before it accepts nothing that is already on its way. */
const accepted = (job: Job, record: RecordOf<'accepted'>): Job => ({
  ...decidedBy(job, record),
  state: job.state === 'offered' ? 'claimed' : job.state,
  isAccepted: true,
  at: record.at,
})

/**
 * All that was said goes out again, and is said to the order that asks. The first of the outbox may have left before the question came, and
 * its line `sent` be still to come: it goes out twice. A job that has not been handed over takes that order's ticket; one that failed, which
 * it does before anything is handed over, begins again with it.
 */
function asked(job: Job, { at, orderId = job.orderId, itemId = job.itemId, ticket }: RecordOf<'asked'>): Job {
  const renewed = ticket && { orderId, itemId, ticket, summary: summaryOf(ticket) }
  if (renewed && job.state === 'failed') {
    return { ...without(job, 'cause'), state: 'claimed', at, ...renewed, outbox: [], said: [] }
  }
  if (renewed && ['claiming', 'claimed', 'offered'].includes(job.state)) return { ...job, ...renewed }
  const all = new Map([...(job.said ?? []), ...job.outbox].map((status) => [status.statusId, status]))
  const outbox = [...job.outbox.slice(0, 1), ...all.values()].map((status) => ({ ...status, orderId, itemId }))
  return { ...job, orderId, itemId, outbox, said: [] }
}

function sent(job: Job, { statusId }: RecordOf<'sent'>): Job {
  const place = job.outbox.findIndex((each) => each.statusId === statusId)
  const status = job.outbox[place]
  if (status === undefined) return job
  return { ...job, outbox: job.outbox.toSpliced(place, 1), said: saidWith(job, status) }
}

/** What the shop says of a held job ends the doubt: it has the job. */
function reported(job: Job, record: RecordOf<'reported'>): Job {
  const { at, mark, status } = record
  const news = status.status === 'delayed' ? {} : { shopSaid: status.status }
  const late = status.expectedAt === undefined ? {} : { expectedAt: status.expectedAt }
  const answered = record.answersCancel ? without(job, 'cancel') : job
  const known = { ...answered, ...news, ...late, outbox: [...job.outbox, status], seen: [...job.seen, mark] }
  if (job.state !== 'held') return known
  return { ...without(decidedBy(known, record), 'ticket', 'cause'), state: 'handed_over', at }
}
