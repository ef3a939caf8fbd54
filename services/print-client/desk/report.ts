import type { Clock } from '#chassis/clock.ts'
import { Refused } from '#chassis/errors.ts'
import type { Log } from '#chassis/log.ts'
import type { ShopStatus } from '#contracts/messages/shop-status.ts'
import type { Journal } from '../journal/journal.ts'
import { newStatus } from '../report/new-status.ts'
import { checkShopStatus } from '../report/read-shop-status.ts'

export type ReportDependencies = {
  readonly facilityId: string
  readonly journal: Journal
  readonly log: Log
  readonly clock: Clock
}

/**
 * Journals what the shop says of a job that it has, or may have; from there it is sent until the queue has it. Of two that come at once the
 * journal keeps the order. Throws Refused: `bad_report` with every fault, `unknown_job`, `not_now` where the shop has not got it.
 */
export async function report(
  { facilityId, journal, log, clock }: ReportDependencies,
  wish: ShopStatus,
  by: string,
  mark?: string,
): Promise<void> {
  const issues = checkShopStatus(wish)
  if (issues.length > 0) throw new Refused('bad_report', 'The report is not usable', issues)
  const { jobId } = wish
  const job = journal.job(jobId)
  if (job === undefined) throw new Refused('unknown_job', `names no job of this client; found "${jobId}"`)
  if (job.state !== 'handed_over' && job.state !== 'held') {
    throw new Refused('not_now', `names a job that this client did not hand over (it is ${job.state})`)
  }
  if (mark !== undefined && job.seen.includes(mark)) return
  const now = clock.now()
  const status = newStatus(facilityId, job, now, wish)
  const at = now.toISOString()
  await journal.append({ type: 'reported', at, jobId, mark: mark ?? status.statusId, status, by })
  log.info({ jobId, status: wish.status, by }, 'status_reported')
}
