import { type Job, type JobState, saidWith } from './job.ts'
import type { JournalRecord } from './record.ts'

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

type Of<T extends JournalRecord['type']> = Extract<JournalRecord, { type: T }>
type Move = Exclude<
  JournalRecord,
  Of<'job' | 'claiming' | 'sent' | 'asked' | 'reported'> | Of<'cancel_asked' | 'cancel_declined'>
>

function newJob({ at, jobId, nonce, bootId, ticket }: Of<'claiming'>): Job {
  const { orderId, itemId } = ticket
  return { jobId, orderId, itemId, state: 'claiming', nonce, bootId, at, ticket, outbox: [], seen: [] }
}

/** Without a ticket it can never be printed: its own, should it come, finds the job known. */
function cancelAsked(job: Job | undefined, record: Of<'cancel_asked'>): Job {
  const { at, jobId, ticketId, orderId, itemId, nonce, bootId } = record
  const cancel = { ticketId, at }
  if (job === undefined)
    return { jobId, orderId, itemId, state: 'claiming', nonce, bootId, at, cancel, outbox: [], seen: [] }
  return job.state === 'dropped' || job.state === 'claimed_elsewhere' ? job : { ...job, cancel }
}

/** Asked twice, it is said twice under one id; what the outbox still holds behind its first, which may be on its way, need not be said again. */
function cancelDeclined(job: Job, { status }: Of<'cancel_declined'>): Job {
  const isWaiting = job.outbox.slice(1).some(({ statusId }) => statusId === status.statusId)
  return { ...without(job, 'cancel'), outbox: isWaiting ? job.outbox : [...job.outbox, status] }
}

function moved(job: Job, record: Move): Job {
  const { at } = record
  switch (record.type) {
    case 'claimed':
    case 'released':
      return { ...without(job, 'cause'), state: 'claimed', bootId: record.bootId, at }
    case 'spooling':
      return { ...job, state: 'spooling', bootId: record.bootId, at }
    case 'claimed_elsewhere':
      return { ...without(without(job, 'ticket'), 'cancel'), state: 'claimed_elsewhere', at }
    case 'handed_over':
      return {
        ...without(without(job, 'ticket'), 'cause'),
        state: 'handed_over',
        at,
        outbox: [...job.outbox, record.status],
      }
    case 'dropped':
      return {
        ...without(without(job, 'ticket'), 'cancel'),
        state: 'dropped',
        at,
        cause: record.cause,
        outbox: [...job.outbox, record.status],
      }
    case 'held':
    case 'failed':
      return { ...job, state: record.type, at, cause: record.cause, outbox: [...job.outbox, record.status] }
    default:
      return record satisfies never
  }
}

/**
 * All that was said goes out again, and is said to the order that asks. The first of the outbox may have left before the question came, and
 * its line `sent` be still to come: it goes out twice. A job that has not been handed over takes that order's ticket; one that failed, which
 * it does before anything is handed over, begins again with it.
 */
function asked(job: Job, { at, orderId = job.orderId, itemId = job.itemId, ticket }: Of<'asked'>): Job {
  if (ticket && job.state === 'failed') {
    return { ...without(job, 'cause'), state: 'claimed', at, orderId, itemId, ticket, outbox: [], said: [] }
  }
  if (ticket && (job.state === 'claiming' || job.state === 'claimed')) return { ...job, orderId, itemId, ticket }
  const all = new Map([...(job.said ?? []), ...job.outbox].map((status) => [status.statusId, status]))
  const outbox = [...job.outbox.slice(0, 1), ...all.values()].map((status) => ({ ...status, orderId, itemId }))
  return { ...job, orderId, itemId, outbox, said: [] }
}

function sent(job: Job, { statusId }: Of<'sent'>): Job {
  const place = job.outbox.findIndex((each) => each.statusId === statusId)
  const status = job.outbox[place]
  if (status === undefined) return job
  return { ...job, outbox: job.outbox.toSpliced(place, 1), said: saidWith(job, status) }
}

/** What the shop says of a held job ends the doubt: it has the job. */
function reported(job: Job, { at, mark, status }: Of<'reported'>): Job {
  const known = { ...job, outbox: [...job.outbox, status], seen: [...job.seen, mark] }
  return job.state === 'held' ? { ...without(without(known, 'ticket'), 'cause'), state: 'handed_over', at } : known
}

function without(job: Job, name: 'ticket' | 'cause' | 'cancel'): Job {
  const { [name]: _, ...rest } = job
  return rest
}
