import type { Clock } from '#chassis/clock.ts'
import type { Log } from '#chassis/log.ts'
import type { JobCancel } from '#contracts/messages/job-cancel.ts'
import type { Job } from '../journal/job.ts'
import type { Journal } from '../journal/journal.ts'
import type { Outputs } from '../outputs/outputs.ts'
import { newStatus } from '../report/new-status.ts'
import { jobFolder } from './job-folder.ts'

export type CancelDependencies = {
  readonly facilityId: string
  readonly outputs: Outputs
  readonly journal: Journal
  readonly log: Log
  readonly clock: Pick<Clock, 'now'>
}

/** Cause of PRINT-FACTS §5 for a job that its publisher did not want any more. */
const wished = 'UserRequest'

/** Ends a job that nobody has: it is never printed from here on, whatever comes, and its claim keeps every other client from it. */
export async function endCancelled(dependencies: CancelDependencies, job: Job): Promise<void> {
  const { facilityId, outputs, journal, log, clock } = dependencies
  const { jobId, orderId } = job
  const now = clock.now()
  const status = newStatus(facilityId, job, now, { status: 'cancelled', cause: wished })
  await journal.append({ type: 'dropped', at: now.toISOString(), jobId, cause: wished, status })
  log.info({ jobId, orderId }, 'job_cancelled')
  const output = outputs.of(job)
  if (output) await jobFolder(output.staging, jobId).remove()
}

/**
 * A job that is, or may be, with the shop already. Its output may still stop it; else it is said that it is too late. That status has
 * the ticket's own id, so that the same wish is declined once, however often it comes.
 */
export async function declineCancel(dependencies: CancelDependencies, job: Job): Promise<void> {
  const { facilityId, journal, log, clock } = dependencies
  const { jobId, orderId, cancel } = job
  if (cancel === undefined) return
  const isStopped = job.state === 'handed_over' && (await askShop(dependencies, job, cancel.at))
  const now = clock.now()
  const at = now.toISOString()
  if (isStopped) {
    const status = newStatus(facilityId, job, now, { status: 'cancelled', cause: wished })
    await journal.append({ type: 'reported', at, jobId, mark: cancel.ticketId, status, answersCancel: true })
  } else {
    const cause = job.cause ?? 'the shop has the job'
    const status = newStatus(facilityId, job, now, { status: 'cancel_declined', cause })
    const statusId = cancel.ticketId.replace(/^tkt_/, 'sts_')
    await journal.append({ type: 'cancel_declined', at, jobId, status: { ...status, statusId } })
  }
  log.info({ jobId, orderId }, isStopped ? 'job_stopped' : 'cancel_declined')
}

/** Whether the shop's side surely does not make it. An output that is gone cannot be asked. */
async function askShop({ facilityId, outputs }: CancelDependencies, job: Job, askedAt: string): Promise<boolean> {
  const { jobId, orderId, itemId } = job
  const wish: JobCancel = { format: 'printcloud-cancel', version: 1, jobId, orderId, itemId, facilityId, askedAt }
  return (await outputs.of(job)?.cancel?.(jobId, wish)) ?? false
}
