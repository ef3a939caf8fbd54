import { mkdir } from 'node:fs/promises'
import type { S3Client } from '@aws-sdk/client-s3'
import type { SQSClient } from '@aws-sdk/client-sqs'
import type { Clock } from '#chassis/clock.ts'
import type { Log } from '#chassis/log.ts'
import { createQueueWriter } from '#chassis/queue-writer.ts'
import type { Running } from '#chassis/run.ts'
import { type CarryDependencies, carryJob } from './carry-job.ts'
import type { ClientConfig } from './config.ts'
import { holdDoubtful } from './hand-over/hold-job.ts'
import { requireRoom, sweepStaging } from './hand-over/job-folder.ts'
import { keepClientId } from './journal/client-id.ts'
import { isUnfinished } from './journal/job.ts'
import { openJournal } from './journal/journal.ts'
import { lockFolder } from './journal/lock.ts'
import { takeCommands } from './operator/take-commands.ts'
import { preparePlaces } from './places.ts'
import { sendStatuses } from './report/send-statuses.ts'
import { takeStatuses } from './report/take-statuses.ts'
import { watchFolder } from './report/watch-folder.ts'
import { carryClaims } from './take/carry-claims.ts'
import { createOneAtATime } from './take/one-at-a-time.ts'
import { readTickets } from './take/read-tickets.ts'
import { isCancel, takeCancel } from './take/take-cancel.ts'
import { takeTicket } from './take/take-ticket.ts'
import { createWorklist } from './take/worklist.ts'

export type ClientDependencies = {
  readonly config: ClientConfig
  readonly s3: S3Client
  readonly sqs: SQSClient
  readonly bootId: string
  readonly log: Log
  readonly clock: Clock
  readonly signal: AbortSignal
}

const statusPollMilliseconds = 150
const commandPollMilliseconds = 1_000

/** Starts one facility's print client: first what the journal left open, then new tickets. Throws Refused where it cannot run. */
export async function startClient({
  config,
  s3,
  sqs,
  bootId,
  log,
  clock,
  signal,
}: ClientDependencies): Promise<Running> {
  const { facilityId, printFilesBucket: bucket, stateFolder, concurrency } = config
  await mkdir(stateFolder, { recursive: true })
  const unlock = await lockFolder(stateFolder)
  try {
    const clientId = await keepClientId(stateFolder)
    const places = await preparePlaces(config, clientId)
    const journal = await openJournal(stateFolder, log, clock)
    const shared = { facilityId, clientId, bootId, places, journal, log, clock, signal }
    const carrying: CarryDependencies = { ...shared, s3, bucket }
    await holdDoubtful(carrying)
    await journal.compact()
    await sweepStaging(places.staging, (name) => isStaged(journal.job(name)))

    const oneAtATime = createOneAtATime()
    const carry = (jobId: string) => oneAtATime(jobId, () => carryJob(carrying, jobId))
    const worklist = createWorklist({ work: carry, concurrency, log, clock, signal })
    const acting = { ...shared, oneAtATime, carry, carryLater: worklist.add }
    for (const job of journal.jobs()) if (isUnfinished(job) || job.cancel) worklist.add(job.jobId)
    const sender = sendStatuses({ ...shared, writer: createQueueWriter(sqs), queueUrl: config.statusQueueUrl })
    const rooms = [
      carryClaims({ ...carrying, s3, stateFolder }).then(() =>
        readTickets({
          ...{ sqs, queueUrl: config.queueUrl, concurrency, log, clock, signal },
          requireRoom: () => requireRoom(places, 0),
          handle: (body, delivery) => (isCancel(body) ? takeCancel : takeTicket)(acting, body, delivery),
        }),
      ),
      watch(shared, places.statusFolder, statusPollMilliseconds, () => takeStatuses(shared)),
      watch(shared, places.commands, commandPollMilliseconds, () => takeCommands(acting)),
    ]
    const drain = async (): Promise<void> => {
      await Promise.all(rooms)
      await worklist.stopped()
      await sender.stopped()
      await journal.close()
      await unlock()
    }
    return { drain }
  } catch (error) {
    await unlock()
    throw error
  }
}

type Shared = { readonly log: Log; readonly clock: Clock; readonly signal: AbortSignal }

const watch = (shared: Shared, folder: string, pollMilliseconds: number, look: () => Promise<void>): Promise<void> =>
  watchFolder({ ...shared, folder, pollMilliseconds, look })

/** Staging of a held job stays, as evidence. */
const isStaged = (job: Parameters<typeof isUnfinished>[0] | undefined): boolean =>
  job !== undefined && (isUnfinished(job) || job.state === 'held')
