import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '#chassis/clock.ts'
import type { Log } from '#chassis/log.ts'
import { cancelFileName, type JobCancel } from '#contracts/messages/job-cancel.ts'
import { onFolders } from '../folder-fault.ts'
import { syncFolder, writeDurably } from '../journal/durable.ts'
import type { Job } from '../journal/job.ts'
import type { Journal } from '../journal/journal.ts'
import type { Places } from '../places.ts'
import { newStatus } from '../report/new-status.ts'
import { jobFolder } from './job-folder.ts'

export type CancelDependencies = {
  readonly facilityId: string
  readonly places: Places
  readonly journal: Journal
  readonly log: Log
  readonly clock: Pick<Clock, 'now'>
}

/** Cause of PRINT-FACTS §5 for a job that its publisher did not want any more. */
const wished = 'UserRequest'

/** Ends a job that nobody has: it is never printed from here on, whatever comes, and its claim keeps every other client from it. */
export async function endCancelled(dependencies: CancelDependencies, job: Job): Promise<void> {
  const { facilityId, places, journal, log, clock } = dependencies
  const { jobId, orderId } = job
  const now = clock.now()
  const status = newStatus(facilityId, job, now, { status: 'cancelled', cause: wished })
  await journal.append({ type: 'dropped', at: now.toISOString(), jobId, cause: wished, status })
  log.info({ jobId, orderId }, 'job_cancelled')
  await jobFolder(places, jobId).remove()
}

/**
 * Says that a job is, or may be, with the shop already, and lets the shop know of the wish: it may still answer `cancelled`. The
 * status has the ticket's own id, so that the same wish is declined once, however often it comes.
 */
export async function declineCancel(dependencies: CancelDependencies, job: Job): Promise<void> {
  const { facilityId, journal, log, clock } = dependencies
  const { jobId, orderId, cancel } = job
  if (cancel === undefined) return
  if (job.state === 'handed_over') await tellShop(dependencies, job, cancel.at)
  const now = clock.now()
  const cause = job.cause ?? 'the shop has the job'
  const status = newStatus(facilityId, job, now, { status: 'cancel_declined', cause })
  const statusId = cancel.ticketId.replace(/^tkt_/, 'sts_')
  await journal.append({ type: 'cancel_declined', at: now.toISOString(), jobId, status: { ...status, statusId } })
  log.info({ jobId, orderId }, 'cancel_declined')
}

/** Whole or not there, like a job folder. */
async function tellShop({ facilityId, places }: CancelDependencies, job: Job, askedAt: string): Promise<void> {
  const { jobId, orderId, itemId } = job
  const content: JobCancel = { format: 'printcloud-cancel', version: 1, jobId, orderId, itemId, facilityId, askedAt }
  const name = cancelFileName(jobId)
  await onFolders('cancel file', async () => {
    await writeDurably(join(places.staging, name), `${JSON.stringify(content, undefined, 2)}\n`)
    await rename(join(places.staging, name), join(places.hotFolder, name))
    await syncFolder(places.hotFolder)
  })
}
