import type { S3Client } from '@aws-sdk/client-s3'
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs'
import type { ClientConfig } from './config.ts'
import type { Credentials } from './credentials/credentials.ts'
import { watchNextKey } from './credentials/watch-next-key.ts'
import type { Desk } from './desk/desk.ts'
import { isUnfinished } from './journal/job.ts'
import { takeCommands } from './operator/take-commands.ts'
import type { Places } from './places.ts'
import { sendHeartbeats } from './report/heartbeat.ts'
import { listenToOutputs } from './report/listen-outputs.ts'
import { takeStatuses } from './report/take-statuses.ts'
import { watchFolder } from './report/watch-folder.ts'
import { createSettling } from './settling.ts'
import { carryClaims } from './take/carry-claims.ts'
import { readTickets } from './take/read-tickets.ts'
import type { Room } from './take/room.ts'
import { isCancel, takeCancel } from './take/take-cancel.ts'
import { type TakeDependencies, takeTicket } from './take/take-ticket.ts'

export type RoomsDependencies = TakeDependencies & {
  readonly config: ClientConfig
  readonly clientId: string
  readonly bucket: string
  readonly stateFolder: string
  readonly places: Places
  readonly s3: S3Client
  readonly sqs: SQSClient
  readonly desk: Desk
  /** Of an enrolled client. */
  readonly credentials: Credentials | undefined
  readonly room: Room
  readonly signal: AbortSignal
}

const statusPollMilliseconds = 150
const commandPollMilliseconds = 1_000
/** A status file that is not JSON gets so long to become it. */
const writingMilliseconds = 2_000

/** Everything that goes on until `signal` aborts, side by side: tickets, status files, commands, what outputs say, heartbeats, the next access key. */
export async function startRooms(dependencies: RoomsDependencies): Promise<void> {
  const { places, clock, desk, credentials, config, sqs, signal } = dependencies
  const settling = createSettling(clock, writingMilliseconds)
  await Promise.all([
    takeTickets(dependencies),
    watch(dependencies, places.statusFolder, statusPollMilliseconds, () => takeStatuses({ ...dependencies, settling })),
    watch(dependencies, places.commands, commandPollMilliseconds, () =>
      takeCommands({ ...dependencies, commands: places.commands }),
    ),
    listenToOutputs(dependencies),
    sendHeartbeats({
      ...dependencies,
      // As the order side knows it: also where the state folder was lost and has made another name.
      health: async () => ({
        ...(await desk.health()),
        ...(credentials && { clientId: credentials.current().clientId }),
      }),
      accessKeyId: credentials && (() => credentials.current().accessKeyId),
      send: (heartbeat) =>
        sqs.send(new SendMessageCommand({ QueueUrl: config.statusQueueUrl, MessageBody: JSON.stringify(heartbeat) }), {
          abortSignal: signal,
        }),
    }),
    ...(credentials ? [watchNextKey({ ...dependencies, credentials })] : []),
  ])
}

/** Claims move to another bucket before any ticket is taken there, and before what the journal left open goes on: it may be another's by now. */
async function takeTickets(dependencies: RoomsDependencies): Promise<void> {
  const { config, sqs, room, journal, carryLater, log, clock, signal } = dependencies
  await carryClaims(dependencies)
  for (const job of journal.jobs()) if (isUnfinished(job) || job.cancel) carryLater(job.jobId)
  await readTickets({
    ...{ sqs, queueUrl: config.queueUrl, concurrency: config.concurrency, log, clock, signal },
    requireRoom: room.require,
    onReceive: room.hearQueue,
    handle: (body, delivery) => (isCancel(body) ? takeCancel : takeTicket)(dependencies, body, delivery),
  })
}

const watch = (
  { log, clock, signal }: RoomsDependencies,
  folder: string,
  pollMilliseconds: number,
  look: () => Promise<void>,
): Promise<void> => watchFolder({ log, clock, signal, folder, pollMilliseconds, look })
