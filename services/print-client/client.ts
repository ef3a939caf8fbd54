import { mkdir } from 'node:fs/promises'
import type { S3Client } from '@aws-sdk/client-s3'
import type { SQSClient } from '@aws-sdk/client-sqs'
import type { Clock } from '#chassis/clock.ts'
import { environmentWithout } from '#chassis/config.ts'
import type { Log } from '#chassis/log.ts'
import { createQueueWriter } from '#chassis/queue-writer.ts'
import type { Running } from '#chassis/run.ts'
import { readAsset } from './assets/read-asset.ts'
import { type CarryDependencies, carryJob } from './carry-job.ts'
import type { ClientConfig } from './config.ts'
import type { Credentials } from './credentials/credentials.ts'
import { createDesk } from './desk/create-desk.ts'
import type { Desk } from './desk/desk.ts'
import { keepPictures } from './fetch/kept-pictures.ts'
import { holdDoubtful } from './hand-over/hold-job.ts'
import { sweepStaging } from './hand-over/job-folder.ts'
import { keepClientId } from './journal/client-id.ts'
import { isUnfinished, type Job } from './journal/job.ts'
import { type Journal, openJournal } from './journal/journal.ts'
import { lockFolder } from './journal/lock.ts'
import { correctedClock } from './line/corrected-clock.ts'
import { createLine, type Line } from './line/line.ts'
import { openOutputs } from './outputs/open-outputs.ts'
import type { Outputs } from './outputs/outputs.ts'
import { type OpenPage, openPage } from './page/open-page.ts'
import { preparePlaces } from './places.ts'
import { sendStatuses } from './report/send-statuses.ts'
import { startRooms } from './start-rooms.ts'
import { createOneAtATime } from './take/one-at-a-time.ts'
import { createRoom } from './take/room.ts'
import { createWorklist } from './take/worklist.ts'

export type ClientDependencies = {
  readonly config: ClientConfig
  readonly s3: S3Client
  readonly sqs: SQSClient
  readonly bootId: string
  readonly log: Log
  readonly clock: Clock
  /** Whoever made the clients of the SDK lets them tell it of their answers; without one nothing is known of the line. */
  readonly line?: Line
  /** Of an enrolled client: its access key changes by itself. */
  readonly credentials?: Credentials
  readonly signal: AbortSignal
}

export type RunningClient = Running & { readonly desk: Desk; readonly page: OpenPage }

/** A command of the shop's own gets no credentials of ours. */
const withheld = ['AWS_', 'PRINTCLOUD_']

/** Starts one facility's print client: first what the journal left open, then new tickets. Throws Refused where it cannot run. */
export async function startClient(dependencies: ClientDependencies): Promise<RunningClient> {
  const { stateFolder } = dependencies.config
  await mkdir(stateFolder, { recursive: true })
  const unlock = await lockFolder(stateFolder)
  try {
    return await startUnlocked(dependencies, unlock)
  } catch (error) {
    await unlock()
    throw error
  }
}

async function startUnlocked(dependencies: ClientDependencies, unlock: () => Promise<void>): Promise<RunningClient> {
  const { config, s3, sqs, bootId, log, signal, credentials, line = createLine(dependencies.clock, log) } = dependencies
  const { facilityId, printFilesBucket: bucket, stateFolder, concurrency, accept } = config
  const clock = correctedClock(dependencies.clock, line.state)
  const clientId = await keepClientId(stateFolder)
  const places = await preparePlaces(config)
  const journal = await openJournal(stateFolder, log, clock)
  const shared = { facilityId, clientId, bootId, stateFolder, places, journal, log, clock, signal }
  const componentsOf = (jobId: string) => journal.job(jobId)?.summary?.components
  const setting = { ...shared, componentsOf, environment: environmentWithout(withheld) }
  const outputs = await openOutputs(config, setting).catch(async (error) => {
    await journal.close()
    throw error
  })
  const pictures = await keepPictures({ ...shared, isKnown: (jobId) => journal.job(jobId) !== undefined })
  const carrying: CarryDependencies = { ...shared, s3, bucket, accept, outputs, pictures }
  await holdDoubtful(carrying)
  await journal.compact()
  await sweep(outputs, journal)

  const oneAtATime = createOneAtATime()
  const carry = (jobId: string) => oneAtATime(jobId, () => carryJob(carrying, jobId))
  const worklist = createWorklist({ work: carry, concurrency, log, clock, signal })
  const room = createRoom(outputs, stateFolder, clock)
  const acting = { ...shared, s3, bucket, pictures, outputs, oneAtATime, carry, carryLater: worklist.add, line, room }
  const desk = createDesk(acting)
  const sender = sendStatuses({ ...shared, writer: createQueueWriter(sqs), queueUrl: config.statusQueueUrl })
  const rooms = startRooms({ ...acting, config, s3, sqs, desk, credentials })
  const page = await openPage({ ...shared, desk, page: config.page, readAsset: (name) => readAsset(`page/${name}`) })
  return {
    desk,
    page,
    drain: async () => {
      await rooms
      await page.stopped()
      await worklist.stopped()
      await sender.stopped()
      await journal.close()
      await unlock()
    },
  }
}

/** Staging of a held job stays, as evidence. */
const isStaged = (job: Job | undefined): boolean =>
  job !== undefined && (isUnfinished(job) || job.state === 'held' || job.state === 'offered')

/** Several outputs may share one staging. */
async function sweep(outputs: Outputs, journal: Journal): Promise<void> {
  for (const staging of new Set(outputs.all.map((output) => output.staging))) {
    await sweepStaging(staging, (name) => isStaged(journal.job(name)))
  }
}
