import { randomUUID } from 'node:crypto'
import { Refused, Transient } from '#chassis/errors.ts'
import type { Delivery } from '#chassis/queue-reader.ts'
import { CancelTicket } from '#contracts/messages/cancel-ticket.ts'
import { issuesOf, parse } from '#contracts/parse.ts'
import type { TakeDependencies } from './take-ticket.ts'
import { tellAgain } from './take-ticket.ts'

/** So often the message is given back for the client that has the job; after that it is rung for again, by and by. */
const givenBackTimes = 8

export const isCancel = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && 'type' in body && body.type === 'cancel'

/**
 * Handles a wish to cancel one job. Resolving acknowledges: the journal holds the wish, and the job is ended or the wish declined as
 * soon as that is certain. May run twice, at once too, before the job's own ticket or long after it.
 * Throws Refused for a ticket that is not this facility's, Transient when another client of the facility has the job.
 */
export async function takeCancel(
  dependencies: TakeDependencies,
  body: unknown,
  { receiveCount }: Pick<Delivery, 'receiveCount'>,
): Promise<void> {
  const { journal, carry, carryLater, log } = dependencies
  const ticket = checked(body, dependencies.facilityId)
  const { jobId, ticketId, orderId } = ticket
  await journalWish(dependencies, ticket)
  try {
    await carry(jobId)
  } catch (error) {
    carryLater(jobId)
    log.warn({ err: error, jobId }, 'cancel_goes_on_without_its_message')
    return
  }
  const state = journal.job(jobId)?.state
  if (state === 'claimed_elsewhere' && receiveCount <= givenBackTimes) {
    throw new Transient(`Job ${jobId} is with another client of the facility`, { retryAfterSeconds: 0 })
  }
  log.info({ jobId, orderId, ticketId, state, attempt: receiveCount }, 'cancel_taken')
}

function checked(body: unknown, facilityId: string): CancelTicket {
  const issues = issuesOf(CancelTicket, body)
  if (issues.length > 0) {
    const places = issues.map(({ pointer }) => pointer || '/').join(', ')
    throw new Refused('bad_ticket', `The message is no cancel ticket; wrong at ${places}`)
  }
  const ticket = parse('cancel ticket', CancelTicket, body)
  if (ticket.facilityId === facilityId) return ticket
  throw new Refused('foreign_ticket', `The ticket is for ${ticket.facilityId}, this is ${facilityId}`)
}

/** Not in turn with the other work on the job: a download may take long, and the step after it looks here. */
async function journalWish(dependencies: TakeDependencies, ticket: CancelTicket): Promise<void> {
  const { journal, bootId, clock } = dependencies
  const { jobId, ticketId, orderId, itemId } = ticket
  const known = journal.job(jobId)
  if (known?.state === 'claimed_elsewhere') return
  if (known?.state === 'dropped') return tellAgain(dependencies, known)
  const at = clock.now().toISOString()
  await journal.append({ type: 'cancel_asked', at, jobId, ticketId, orderId, itemId, nonce: randomUUID(), bootId })
  if (!journal.job(jobId)) throw new Transient(`Job ${jobId} is not in the journal`)
}
