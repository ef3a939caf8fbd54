import { createHash } from 'node:crypto'
import type { Clock } from '#chassis/clock.ts'
import { Refused } from '#chassis/errors.ts'
import type { Log } from '#chassis/log.ts'
import type { ShopStatus } from '#contracts/messages/shop-status.ts'
import type { Desk } from '../desk/desk.ts'
import { stateOf } from '../desk/see-job.ts'
import type { Job } from '../journal/job.ts'
import type { Journal } from '../journal/journal.ts'
import type { Output } from '../outputs/output.ts'
import type { Outputs } from '../outputs/outputs.ts'

export type ListenOptions = {
  readonly outputs: Outputs
  readonly journal: Journal
  readonly desk: Pick<Desk, 'report'>
  readonly log: Log
  readonly clock: Clock
  readonly signal: AbortSignal
}

const pollMilliseconds = 1_000
const longestPauseMilliseconds = 30_000

/** Asks every output that can tell how its jobs are, until `signal` aborts. What is heard again is one report. */
export async function listenToOutputs(options: ListenOptions): Promise<void> {
  await Promise.all(options.outputs.all.map((output) => listenTo(options, output)))
}

async function listenTo(options: ListenOptions, output: Output): Promise<void> {
  const { clock, log, signal } = options
  if (output.listen === undefined) return
  for (let faults = 0; !signal.aborted; ) {
    try {
      await listenOnce(options, output)
      faults = 0
    } catch (error) {
      log.warn({ err: error, output: output.name }, 'output_not_heard')
      faults += 1
    }
    await clock.sleep(Math.min(longestPauseMilliseconds, pollMilliseconds * 2 ** faults), signal)
  }
}

async function listenOnce({ outputs, journal, desk, log }: ListenOptions, output: Output): Promise<void> {
  const jobs = [...journal.jobs()].filter((job) => isAwaited(job) && outputs.of(job) === output)
  if (jobs.length === 0) return
  for (const status of (await output.listen?.(jobs.map(({ jobId }) => jobId))) ?? []) {
    const job = journal.job(status.jobId)
    const mark = markOf(output, status)
    if (job === undefined || job.seen.includes(mark)) continue
    try {
      await desk.report(status, `output ${output.name}`, mark)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      log.warn({ err: error, jobId: status.jobId, output: output.name }, 'output_report_refused')
    }
  }
}

/** Of what is printed the output has nothing more to say; of what was held it may tell that the shop has it. */
const isAwaited = (job: Job): boolean =>
  job.state === 'held' || (stateOf(job) === 'in_the_shop' && [undefined, 'printing'].includes(job.shopSaid))

/** The same words of the same output count once a job. */
const markOf = ({ name }: Output, { status, cause = '', quantity = 0 }: ShopStatus): string =>
  createHash('sha256').update(`output ${name}\n${status}\n${cause}\n${quantity}`).digest('hex').slice(0, 16)
