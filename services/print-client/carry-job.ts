import type { S3Client } from '@aws-sdk/client-s3'
import type { PictureDependencies } from './fetch/fetch-picture.ts'
import { declineCancel, endCancelled } from './hand-over/cancel-job.ts'
import { foundHandedOver, handOverJob } from './hand-over/hand-over-job.ts'
import { holdJob } from './hand-over/hold-job.ts'
import { jobFolder } from './hand-over/job-folder.ts'
import { type Evidence, holdCauses, nextStep, type Step } from './hand-over/next-step.ts'
import { prepareJob } from './hand-over/prepare-job.ts'
import { isUnfinished, type Job } from './journal/job.ts'
import type { Journal } from './journal/journal.ts'
import type { Output } from './outputs/output.ts'
import type { Outputs } from './outputs/outputs.ts'
import { claimJob } from './take/claim.ts'

export type CarryDependencies = PictureDependencies & {
  readonly s3: Pick<S3Client, 'send'>
  readonly facilityId: string
  readonly clientId: string
  readonly bootId: string
  readonly accept: 'automatic' | 'by_hand'
  readonly outputs: Outputs
  readonly journal: Journal
}

/**
 * Carries one journaled job as far as it goes: claim, fetch, hand over. Each step is decided from the journal and what the job's output
 * sees alone, so it may be called again after any error or crash. Never twice at once for one job.
 * Throws Transient when it may go on later.
 */
export async function carryJob(dependencies: CarryDependencies, jobId: string): Promise<void> {
  const { journal, outputs, accept } = dependencies
  for (;;) {
    const job = journal.job(jobId)
    if (job === undefined) return
    const output = outputs.of(job)
    const step = nextStep(job, await evidenceOf(dependencies, job, output), accept)
    if (step.do === 'nothing') return
    await take(dependencies, job, output, step)
  }
}

/**
 * A job that is not on its way needs no look: its printer may be away for good. One without a ticket was claimed for its cancel alone, and
 * under a nonce of its own, so that nobody had it before.
 */
async function evidenceOf({ bootId }: CarryDependencies, job: Job, output: Output | undefined): Promise<Evidence> {
  if (job.ticket === undefined) return { possession: 'has_not', staged: 'partial' }
  if (output === undefined || !isUnfinished(job) || job.state === 'claiming')
    return { possession: undefined, staged: 'absent' }
  const staged = await jobFolder(output.staging, job.jobId).look()
  const possession = await output.look(job.jobId, job.bootId === bootId)
  return { possession, staged, doubt: output.doubt }
}

async function take(dependencies: CarryDependencies, job: Job, output: Output | undefined, step: Step): Promise<void> {
  if (step.do === 'nothing') return
  if (step.do === 'claim') return claim(dependencies, job, output)
  if (step.do === 'hold') return holdJob(dependencies, job, step.cause)
  if (step.do === 'cancel') return endCancelled(dependencies, job)
  if (step.do === 'decline_cancel') return declineCancel(dependencies, job)
  // What is left is decided by what the output sees, so that it is there.
  if (output === undefined) return holdJob(dependencies, job, holdCauses.outputGone)
  switch (step.do) {
    case 'offer':
      return offer(dependencies, job)
    case 'prepare':
      return prepareJob(dependencies, job, output)
    case 'hand_over':
      return handOverJob(dependencies, job, output)
    case 'note_hand_over':
      return foundHandedOver(dependencies, job, output)
    default:
      return step.do satisfies never
  }
}

async function claim(dependencies: CarryDependencies, job: Job, output: Output | undefined): Promise<void> {
  const { facilityId, clientId, bootId, journal, clock, log } = dependencies
  const { jobId, orderId, itemId, nonce } = job
  const outcome = await claimJob(dependencies, { facilityId, jobId, orderId, itemId, clientId, nonce, at: clock.now() })
  const at = clock.now().toISOString()
  switch (outcome) {
    case 'ours':
      // Under the boot of the earlier work: whether staging can be trusted is decided from it.
      return journal.append({ type: 'claimed', at, jobId, bootId: job.bootId })
    case 'elsewhere':
      log.info({ jobId }, 'claimed_elsewhere')
      await journal.append({ type: 'claimed_elsewhere', at, jobId })
      return output && jobFolder(output.staging, jobId).remove()
    case 'ours_unknown':
      // Somebody answers for it that nobody has the job.
      if (job.isReleased) return journal.append({ type: 'claimed', at, jobId, bootId: job.bootId })
      // A folder that was made just now tells nothing of what came of the claim; only the shop's side does.
      if (output && (await output.look(jobId, true)) === 'has') return foundHandedOver(dependencies, job, output)
      log.error({ jobId, bootId }, 'claim_without_journal')
      return holdJob(dependencies, job, holdCauses.journalLost)
    default:
      return outcome satisfies never
  }
}

async function offer({ journal, clock, log }: CarryDependencies, { jobId, orderId }: Job): Promise<void> {
  await journal.append({ type: 'offered', at: clock.now().toISOString(), jobId })
  log.info({ jobId, orderId }, 'job_offered')
}
