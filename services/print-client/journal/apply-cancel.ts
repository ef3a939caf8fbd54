import type { Job } from './job.ts'
import type { RecordOf } from './record.ts'
import { without } from './without.ts'

/** Without a ticket it can never be printed: its own, should it come, finds the job known. */
export function cancelAsked(job: Job | undefined, record: RecordOf<'cancel_asked'>): Job {
  const { at, jobId, ticketId, orderId, itemId, nonce, bootId } = record
  const cancel = { ticketId, at }
  if (job === undefined)
    return { jobId, orderId, itemId, state: 'claiming', nonce, bootId, at, cancel, outbox: [], seen: [] }
  return job.state === 'dropped' || job.state === 'claimed_elsewhere' ? job : { ...job, cancel }
}

/** Asked twice, it is said twice under one id; what the outbox still holds behind its first, which may be on its way, need not be said again. */
export function cancelDeclined(job: Job, { status }: RecordOf<'cancel_declined'>): Job {
  const isWaiting = job.outbox.slice(1).some(({ statusId }) => statusId === status.statusId)
  return { ...without(job, 'cancel'), outbox: isWaiting ? job.outbox : [...job.outbox, status] }
}
