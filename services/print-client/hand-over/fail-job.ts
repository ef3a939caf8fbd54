import type { Job } from '../journal/job.ts'
import { newStatus } from '../report/new-status.ts'
import type { HoldDependencies } from './hold-job.ts'

/** Nobody has it, and it cannot go on by itself: it waits for a person, and is told. */
export async function failJob(
  { facilityId, journal, log, clock }: HoldDependencies,
  job: Job,
  cause: string,
  error: Error,
) {
  const { jobId } = job
  log.error({ err: error, jobId }, 'job_failed')
  const now = clock.now()
  const status = newStatus(facilityId, job, now, { status: 'failed', cause })
  await journal.append({ type: 'failed', at: now.toISOString(), jobId, cause, status })
}
