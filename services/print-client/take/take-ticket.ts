import { randomUUID } from 'node:crypto'
import type { Clock } from '#chassis/clock.ts'
import { Refused, Transient } from '#chassis/errors.ts'
import type { Log } from '#chassis/log.ts'
import type { Delivery } from '#chassis/queue-reader.ts'
import { ProductionTicket } from '#contracts/messages/production-ticket.ts'
import { issuesOf, parse } from '#contracts/parse.ts'
import { FolderFault } from '../folder-fault.ts'
import { jobFolder } from '../hand-over/job-folder.ts'
import { isUnfinished, type Job } from '../journal/job.ts'
import type { Journal } from '../journal/journal.ts'
import type { Output } from '../outputs/output.ts'
import { type Outputs, outputOf } from '../outputs/outputs.ts'
import type { OneAtATime } from './one-at-a-time.ts'

export type TakeDependencies = {
  readonly facilityId: string
  readonly bootId: string
  readonly outputs: Outputs
  readonly journal: Journal
  readonly oneAtATime: OneAtATime
  /** Carries a journaled job on; returns when it is handed over or needs no more work. */
  readonly carry: (jobId: string) => Promise<void>
  readonly carryLater: (jobId: string) => void
  readonly log: Log
  readonly clock: Clock
}

/** So often an unclaimed job is given back, for another client of the facility that may be better off. */
const givenBackTimes = 3

/**
 * Handles one message of the facility's queue. Resolving acknowledges, and it resolves only when the journal holds the
 * job: from then on the message is not needed. May run twice, at once too: the journal and the claim decide.
 * Throws Refused for a ticket that is not this facility's, Transient when the message should come again.
 */
export async function takeTicket(
  dependencies: TakeDependencies,
  body: unknown,
  delivery: Pick<Delivery, 'receiveCount'>,
): Promise<void> {
  const ticket = checked(body, dependencies.facilityId)
  await dependencies.oneAtATime(ticket.jobId, () => journalTicket(dependencies, ticket, delivery.receiveCount))
  const started = dependencies.clock.now().getTime()
  try {
    await dependencies.carry(ticket.jobId)
  } catch (error) {
    const isUnclaimed = dependencies.journal.job(ticket.jobId)?.state === 'claiming'
    dependencies.carryLater(ticket.jobId)
    if (isUnclaimed && delivery.receiveCount <= givenBackTimes) throw error
    dependencies.log.warn({ err: error, jobId: ticket.jobId }, 'job_goes_on_without_its_message')
    return
  }
  const { jobId, orderId, ticketId } = ticket
  const state = dependencies.journal.job(jobId)?.state
  const durationMs = dependencies.clock.now().getTime() - started
  dependencies.log.info({ jobId, orderId, ticketId, state, attempt: delivery.receiveCount, durationMs }, 'ticket_done')
}

function checked(body: unknown, facilityId: string): ProductionTicket {
  const issues = issuesOf(ProductionTicket, body)
  if (issues.length > 0) {
    // Where it is wrong, not what was found there: that may be an address, and this goes to the log.
    const places = issues.map(({ pointer }) => pointer || '/').join(', ')
    throw new Refused('bad_ticket', `The message is no production ticket; wrong at ${places}`)
  }
  const ticket = parse('production ticket', ProductionTicket, body)
  if (ticket.facilityId !== facilityId) {
    throw new Refused('foreign_ticket', `The ticket is for ${ticket.facilityId}, this is ${facilityId}`)
  }
  const components = new Set(ticket.files.map((file) => file.component))
  if (components.size < ticket.files.length) {
    throw new Refused('component_twice', `Job ${ticket.jobId} names a component twice`)
  }
  return ticket
}

/** The folder comes before the line, the line before the claim: so a missing folder later means a hand-over. */
async function journalTicket(dependencies: TakeDependencies, ticket: ProductionTicket, receiveCount: number) {
  const { journal, outputs, bootId, clock } = dependencies
  const { jobId } = ticket
  const known = journal.job(jobId)
  if (known)
    return known.itemId === ticket.itemId ? tellAgain(dependencies, known) : takeOver(dependencies, known, ticket)
  const output = outputs.choose(ticket.product.sku)
  await requireReady(output, ticket, receiveCount)
  await jobFolder(output.staging, jobId).make()
  const at = clock.now().toISOString()
  const nonce = randomUUID()
  await journal.append({ type: 'claiming', at, jobId, nonce, bootId, ticket, output: outputOf(output) })
  if (!journal.job(jobId)) throw new Transient(`Job ${jobId} is not in the journal`)
}

/**
 * A disk that takes nothing takes no ticket. A printer that is off gives its own tickets back a few times, for a client that is better
 * off; then they are taken and wait for it here, as none but this client may have it.
 */
async function requireReady(output: Output, { files }: ProductionTicket, receiveCount: number): Promise<void> {
  try {
    await output.requireRoom(files.reduce((sum, file) => sum + file.sizeBytes, 0))
  } catch (error) {
    if (error instanceof FolderFault || !(error instanceof Transient) || receiveCount <= givenBackTimes) throw error
  }
}

/** Whoever rings for a job that is out of our hands did not hear of it: the statuses go out again, under their own ids. */
export async function tellAgain({ journal, clock }: TakeDependencies, job: Job): Promise<void> {
  if (isUnfinished(job) || !(job.said?.length || job.outbox.length)) return
  await journal.append({ type: 'asked', at: clock.now().toISOString(), jobId: job.jobId })
}

/**
 * Another order asks for the job than the one we know: a restored database had lost that one, and it was sent again. The new one hears of
 * the job from here on. A job that failed begins again, in a folder that is made before its line, as with every job.
 */
async function takeOver(
  { journal, outputs, clock }: TakeDependencies,
  job: Job,
  ticket: ProductionTicket,
): Promise<void> {
  const output = outputs.of(job)
  const isNew = job.state === 'failed' || (isUnfinished(job) && job.ticket === undefined)
  if (output && isNew) await jobFolder(output.staging, job.jobId).make()
  const { orderId, itemId } = ticket
  const at = clock.now().toISOString()
  await journal.append({ type: 'asked', at, jobId: job.jobId, orderId, itemId, ticket })
}
