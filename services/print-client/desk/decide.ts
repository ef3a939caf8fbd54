import type { Clock } from '#chassis/clock.ts'
import { Refused } from '#chassis/errors.ts'
import type { Log } from '#chassis/log.ts'
import type { FacilityStatus } from '#contracts/messages/facility-status.ts'
import { jobFolder } from '../hand-over/job-folder.ts'
import type { Job } from '../journal/job.ts'
import type { Journal } from '../journal/journal.ts'
import { type Outputs, outputOf } from '../outputs/outputs.ts'
import { newStatus } from '../report/new-status.ts'
import type { OneAtATime } from '../take/one-at-a-time.ts'
import type { Decision } from './desk.ts'
import { actionsOf } from './see-job.ts'

export type DecideDependencies = {
  readonly facilityId: string
  readonly bootId: string
  readonly outputs: Outputs
  readonly journal: Journal
  readonly oneAtATime: OneAtATime
  readonly carryLater: (jobId: string) => void
  readonly log: Log
  readonly clock: Clock
}

const longestName = 80

/** Carries out what a person decided about a job. Throws Refused where the job does not wait for that. */
export async function decide(
  dependencies: DecideDependencies,
  jobId: string,
  decision: Decision,
  by: string,
): Promise<void> {
  const { journal, oneAtATime, log } = dependencies
  const who = by.trim().slice(0, longestName) || 'unknown'
  await oneAtATime(jobId, async () => {
    const job = journal.job(jobId)
    if (job === undefined) throw new Refused('unknown_job', `This client knows no job ${jobId}`)
    const actions = actionsOf(job)
    if (!actions.includes(decision.do)) {
      const allowed = actions.length === 0 ? 'nothing is to be decided' : `possible now: ${actions.join(', ')}`
      throw new Refused('not_now', `Job ${jobId} is ${job.state}; ${allowed}`)
    }
    await carryOut(dependencies, job, decision, who)
    log.info({ jobId, decision: decision.do }, 'job_decided')
  })
}

function carryOut(dependencies: DecideDependencies, job: Job, decision: Decision, by: string): Promise<void> {
  switch (decision.do) {
    case 'accept':
      return accept(dependencies, job, by)
    case 'release':
      return release(dependencies, job, by)
    case 'drop':
      return end(dependencies, job, 'cancelled', decision.cause ?? 'dropped by the facility', by)
    case 'reject':
      if (job.state === 'handed_over') return giveBack(dependencies, job, decision.cause, by)
      return end(dependencies, job, 'rejected', decision.cause, by)
    default:
      return decision satisfies never
  }
}

async function accept({ journal, facilityId, clock, carryLater }: DecideDependencies, job: Job, by: string) {
  const { jobId } = job
  const now = clock.now()
  const status = newStatus(facilityId, job, now, { status: 'accepted' })
  await journal.append({ type: 'accepted', at: now.toISOString(), jobId, by, status })
  carryLater(jobId)
}

/** A person answers for it that the job was not printed: it starts again from its files, by the output that makes it now. */
async function release(dependencies: DecideDependencies, job: Job, by: string): Promise<void> {
  const { outputs, journal, bootId, clock, carryLater } = dependencies
  const { jobId, ticket } = job
  const sku = ticket?.product.sku ?? job.summary?.sku
  const output = sku === undefined ? outputs.of(job) : outputs.choose(sku)
  if (output === undefined) throw new Refused('not_now', `Job ${jobId} has no ticket any more: drop it`)
  await outputs.of(job)?.forget?.(jobId)
  await output.forget?.(jobId)
  const folder = jobFolder(output.staging, jobId)
  await folder.make()
  await folder.reopen()
  const at = clock.now().toISOString()
  await journal.append({ type: 'released', at, jobId, bootId, output: outputOf(output), by })
  carryLater(jobId)
}

/** The job is over here; its claim stays, so that no other client prints it. */
async function end(
  { outputs, journal, facilityId, clock }: DecideDependencies,
  job: Job,
  word: 'cancelled' | 'rejected',
  cause: string,
  by: string,
): Promise<void> {
  const now = clock.now()
  const status = newStatus(facilityId, job, now, { status: word, cause })
  await journal.append({ type: 'dropped', at: now.toISOString(), jobId: job.jobId, cause, status, by })
  const output = outputs.of(job)
  if (output) await jobFolder(output.staging, job.jobId).remove()
}

/** The shop has it and will not make it. */
async function giveBack({ journal, facilityId, clock }: DecideDependencies, job: Job, cause: string, by: string) {
  const now = clock.now()
  const status: FacilityStatus = newStatus(facilityId, job, now, { status: 'rejected', cause })
  await journal.append({ type: 'reported', at: now.toISOString(), jobId: job.jobId, mark: status.statusId, status, by })
}
