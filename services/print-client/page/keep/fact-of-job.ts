import type { JobTicket } from '#contracts/messages/job-ticket.ts'
import type { Job } from '../../journal/job.ts'
import { furthestOf, type JobFacts } from '../model/view-job.ts'

/** Words after which nobody packs the job any more. */
const lastWords = ['delivered', 'failed', 'rejected', 'cancelled']

/** What is known of a job after the journal says something new of it; pure. `ticket`: as the journal holds it until the hand-over. */
export function factsAfter(known: JobFacts | undefined, job: Job, ticket: JobTicket | undefined): JobFacts {
  const statuses = [...(job.said ?? []), ...job.outbox]
  const names = statuses.map(({ status }) => status)
  const facts = {
    furthest: names.reduce(furthestOf, known?.furthest ?? 'accepted'),
    isCancelAsked: job.cancel !== undefined || known?.isCancelAsked === true || names.includes('cancel_declined'),
    ticket: ticket ?? known?.ticket,
  }
  return isOver(job, facts.ticket?.quantity ?? 1) ? withoutAddress(facts) : facts
}

/** True once the last copy left, or nobody will make it: the address is needed no more. */
function isOver(job: Job, quantity: number): boolean {
  if (job.state === 'dropped' || job.state === 'claimed_elsewhere') return true
  if (job.state !== 'handed_over') return false
  const statuses = [...(job.said ?? []), ...job.outbox]
  const shipped = statuses.filter(({ status }) => status === 'shipped')
  const copies = shipped.reduce((sum, { tracking }) => sum + (tracking?.quantity ?? quantity), 0)
  return copies >= quantity || statuses.some(({ status }) => lastWords.includes(status))
}

function withoutAddress(facts: JobFacts): JobFacts {
  if (facts.ticket === undefined) return facts
  const { shipTo: _, ...ticket } = facts.ticket
  return { ...facts, ticket }
}
