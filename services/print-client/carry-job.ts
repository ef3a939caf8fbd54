import { join } from 'node:path'
import type { S3Client } from '@aws-sdk/client-s3'
import type { ProductionTicket } from '#contracts/messages/production-ticket.ts'
import { type FetchDependencies, fetchFiles } from './fetch/fetch-files.ts'
import { FilesUnusable } from './fetch/files-unusable.ts'
import { FolderFault, onFolders } from './folder-fault.ts'
import { declineCancel, endCancelled } from './hand-over/cancel-job.ts'
import { holdJob } from './hand-over/hold-job.ts'
import { jobFolder, ticketName } from './hand-over/job-folder.ts'
import { jobSheet, sheetName } from './hand-over/job-sheet.ts'
import { jobTicketOf } from './hand-over/job-ticket.ts'
import { holdCauses, nextStep, type Step } from './hand-over/next-step.ts'
import { syncFolder, writeDurably } from './journal/durable.ts'
import type { Job } from './journal/job.ts'
import type { Journal } from './journal/journal.ts'
import type { Places } from './places.ts'
import { newStatus } from './report/new-status.ts'
import { claimJob } from './take/claim.ts'

export type CarryDependencies = FetchDependencies & {
  readonly s3: Pick<S3Client, 'send'>
  readonly facilityId: string
  readonly clientId: string
  readonly bootId: string
  readonly places: Places
  readonly journal: Journal
}

/**
 * Carries one journaled job as far as it goes: claim, fetch, hand over. Each step is decided from the journal and the
 * folders alone, so it may be called again after any error or crash. Never twice at once for one job.
 * Throws Transient when it may go on later.
 */
export async function carryJob(dependencies: CarryDependencies, jobId: string): Promise<void> {
  const { journal, places, bootId } = dependencies
  for (;;) {
    const job = journal.job(jobId)
    if (job === undefined) return
    const step = nextStep(job, await jobFolder(places, jobId).look(), bootId)
    if (step.do === 'nothing') return
    await take(dependencies, job, step)
  }
}

async function take(dependencies: CarryDependencies, job: Job, step: Step): Promise<void> {
  const folder = jobFolder(dependencies.places, job.jobId)
  switch (step.do) {
    case 'nothing':
      return
    case 'claim':
      return claim(dependencies, job)
    case 'prepare':
      return prepare(dependencies, job)
    case 'rename':
      await folder.moveToHotFolder()
      return noteHandOver(dependencies, job)
    case 'note_hand_over':
      return foundHandedOver(dependencies, job)
    case 'cancel':
      return endCancelled(dependencies, job)
    case 'decline_cancel':
      return declineCancel(dependencies, job)
    case 'hold':
      return holdJob(dependencies, job, step.cause)
    default:
      return step satisfies never
  }
}

async function claim(dependencies: CarryDependencies, job: Job): Promise<void> {
  const { facilityId, clientId, bootId, journal, places, clock, log } = dependencies
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
      return jobFolder(places, jobId).remove()
    case 'ours_unknown':
      if ((await jobFolder(places, jobId).look()).isInHotFolder) {
        return foundHandedOver(dependencies, job)
      }
      log.error({ jobId, bootId }, 'claim_without_journal')
      return holdJob(dependencies, job, holdCauses.journalLost)
    default:
      return outcome satisfies never
  }
}

async function prepare(dependencies: CarryDependencies, job: Job): Promise<void> {
  const { journal, places, bootId, clock } = dependencies
  const { jobId, ticket } = job
  if (ticket === undefined) return holdJob(dependencies, job, holdCauses.journalDamaged)
  const folder = jobFolder(places, jobId)
  await folder.reopen()
  if (job.bootId !== bootId) await journal.append({ type: 'claimed', at: clock.now().toISOString(), jobId, bootId })
  try {
    await fetchFiles(dependencies, ticket, folder.staged)
    await onFolders('staging', () => fill(folder.staged, ticket))
  } catch (error) {
    // Two half-fetched jobs on a full disk would keep each other from ever being whole.
    if (error instanceof FolderFault) await folder.empty()
    if (!(error instanceof FilesUnusable)) throw error
    dependencies.log.error({ err: error, jobId }, 'job_failed')
    await fail(dependencies, job, error.code)
    return folder.remove()
  }
  await journal.append({ type: 'spooling', at: clock.now().toISOString(), jobId, bootId })
}

/** The ticket is written last: a folder with a ticket is whole. */
async function fill(folder: string, production: ProductionTicket): Promise<void> {
  const ticket = jobTicketOf(production)
  await writeDurably(join(folder, sheetName), jobSheet(ticket))
  await writeDurably(join(folder, ticketName), `${JSON.stringify(ticket, undefined, 2)}\n`)
  await syncFolder(folder)
}

/** Staging goes first: should the shop take the job and we die now, a missing folder still speaks of the hand-over. */
async function foundHandedOver(dependencies: CarryDependencies, job: Job): Promise<void> {
  const folder = jobFolder(dependencies.places, job.jobId)
  await folder.remove()
  await folder.settle()
  await noteHandOver(dependencies, job)
}

async function noteHandOver(dependencies: CarryDependencies, job: Job): Promise<void> {
  const { facilityId, journal, log, clock } = dependencies
  const { jobId, orderId } = job
  const now = clock.now()
  const status = newStatus(facilityId, job, now, { status: 'accepted' })
  await journal.append({ type: 'handed_over', at: now.toISOString(), jobId, status })
  log.info({ jobId, orderId }, 'handed_over')
}

async function fail({ facilityId, journal, clock }: CarryDependencies, job: Job, cause: string): Promise<void> {
  const now = clock.now()
  const status = newStatus(facilityId, job, now, { status: 'failed', cause })
  await journal.append({ type: 'failed', at: now.toISOString(), jobId: job.jobId, cause, status })
}
