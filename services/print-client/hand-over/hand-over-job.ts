import type { CarryDependencies } from '../carry-job.ts'
import { type Job, saidLast } from '../journal/job.ts'
import { JobRefused } from '../outputs/job-refused.ts'
import type { Output } from '../outputs/output.ts'
import { newStatus } from '../report/new-status.ts'
import { jobTicketOf } from '../tickets/job-ticket.ts'
import { failJob } from './fail-job.ts'
import { holdJob } from './hold-job.ts'
import { jobFolder } from './job-folder.ts'
import { holdCauses } from './next-step.ts'

/** Gives a whole job to its output: the one place where anything leaves the client. */
export async function handOverJob(dependencies: CarryDependencies, job: Job, output: Output): Promise<void> {
  const { jobId, ticket } = job
  if (ticket === undefined) return holdJob(dependencies, job, holdCauses.journalDamaged)
  const folder = jobFolder(output.staging, jobId)
  try {
    await output.handOver({ jobId, ticket: jobTicketOf(ticket), folder: folder.path })
  } catch (error) {
    if (!(error instanceof JobRefused)) throw error
    await failJob(dependencies, job, error.code, error)
    return folder.remove()
  }
  await noteHandOver(dependencies, job)
  await folder.remove()
}

/** The shop has it: seen, not done now. Staging goes first: should the shop take the job and we die now, a missing folder still speaks of the hand-over. */
export async function foundHandedOver(dependencies: CarryDependencies, job: Job, output: Output): Promise<void> {
  await jobFolder(output.staging, job.jobId).remove()
  await noteHandOver(dependencies, job)
}

async function noteHandOver(dependencies: CarryDependencies, job: Job): Promise<void> {
  const { facilityId, journal, log, clock } = dependencies
  const { jobId, orderId } = job
  const now = clock.now()
  // Accepted by hand, it was said then.
  const isSaid = saidLast(job) === 'accepted'
  const status = isSaid ? {} : { status: newStatus(facilityId, job, now, { status: 'accepted' }) }
  await journal.append({ type: 'handed_over', at: now.toISOString(), jobId, ...status })
  log.info({ jobId, orderId, output: job.output?.name }, 'handed_over')
}
