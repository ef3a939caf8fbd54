import type { Clock } from '#chassis/clock.ts'
import type { Desk } from '../../desk/desk.ts'
import type { DeskHealth } from '../../desk/desk-health.ts'
import type { HealthView, JobView, Overview } from '../model/view.ts'
import { type JobFacts, viewOf } from '../model/view-job.ts'

export type SeenDependencies = {
  readonly desk: Pick<Desk, 'jobs' | 'health'>
  readonly facts: (jobId: string) => JobFacts | undefined
  readonly clock: Pick<Clock, 'now'>
}

/** Of jobs that are over the page lists so many. */
const overAtMost = 100

/** All that the page shows now. */
export async function overviewOf({ desk, facts, clock }: SeenDependencies): Promise<Overview> {
  const now = clock.now()
  const jobs: JobView[] = []
  let over = 0
  for (const job of desk.jobs()) {
    if (job.state === 'elsewhere') continue
    if (job.state === 'over') over += 1
    if (job.state !== 'over' || over <= overAtMost) jobs.push(viewOf(job, facts(job.jobId), now))
  }
  return { at: now.toISOString(), health: healthOf(await desk.health()), jobs }
}

/** Free bytes in steps that somebody may want to see: everything that changes is sent again. */
const diskStepBytes = 100_000_000

function healthOf(health: DeskHealth): HealthView {
  const { facilityId, clientId, version, isTaking, isReady, reason, outputs, network, outbox } = health
  const { diskFreeBytes, clockSkewSeconds } = health
  return {
    ...{ facilityId, clientId, version, isTaking, isReady, reason, clockSkewSeconds },
    outputs: outputs.map((output) => ({ name: output.name, isReady: output.isReady, reason: output.reason })),
    isReachable: network.isReachable,
    lastAnswerAt: network.lastAnswerAt,
    diskFreeBytes: diskFreeBytes && Math.floor(diskFreeBytes / diskStepBytes) * diskStepBytes,
    outboxWaiting: outbox.waiting,
    outboxOldestAt: outbox.oldestAt,
  }
}
