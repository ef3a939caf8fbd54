import type { Clock } from '#chassis/clock.ts'
import type { Log } from '#chassis/log.ts'
import { isUnfinished, type Job } from '../journal/job.ts'
import type { Journal } from '../journal/journal.ts'
import { newStatus } from '../report/new-status.ts'
import { holdCauses } from './next-step.ts'

export type HoldDependencies = {
  readonly facilityId: string
  readonly journal: Journal
  readonly log: Log
  readonly clock: Pick<Clock, 'now'>
}

/** Stops a job until a person decides, and says so in the log, the journal and a status. */
export async function holdJob({ facilityId, journal, log, clock }: HoldDependencies, job: Job, cause: string) {
  const { jobId, orderId } = job
  const now = clock.now()
  log.error({ jobId, orderId, cause }, 'job_held')
  const status = newStatus(facilityId, job, now, { status: 'held', cause })
  await journal.append({ type: 'held', at: now.toISOString(), jobId, cause, status })
}

/** After damage in the middle of the journal nobody knows how far an open job came: all of them are held. */
export async function holdDoubtful(dependencies: HoldDependencies): Promise<void> {
  const { journal } = dependencies
  if (!journal.isDamaged) return
  for (const job of [...journal.jobs()].filter((each) => isUnfinished(each) || each.state === 'offered')) {
    await holdJob(dependencies, job, holdCauses.journalDamaged)
  }
}
