import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { CreateQueueCommand, DeleteQueueCommand } from '@aws-sdk/client-sqs'
import type { ProductionTicket } from '#contracts/messages/production-ticket.ts'
import { openWorld } from '../../loopback/print-client-world.ts'
import type { World } from '../facility/install.ts'
import type { PromiseContext, Verdict } from '../promise.ts'
import { heardOf, sendTo } from './queue-of-its-own.ts'

const jobs = 2
const lanes = 4
const answeredWithinSeconds = 60
const journalName = 'journal.jsonl'

/** What the disk shows of a job that the shop took away before the power failed. */
const disks = ['the job is gone', 'its staging folder is back'] as const
type Disk = (typeof disks)[number]

type Original = {
  readonly world: World
  readonly tickets: readonly ProductionTicket[]
  /** The state folder as it was when all was over. */
  readonly state: string
  /** The job folders that the shop took. */
  readonly taken: string
  readonly journal: Buffer
}
type Cut = { readonly bytes: number; readonly disk: Disk }
type Counts = { handedOver: number; held: number; again: number; readonly faults: string[] }

/** The journal of real jobs ends at every byte in turn, the machine has another boot id, and the tickets come once more. */
export async function cutJournal({ signal, tell }: PromiseContext): Promise<Verdict> {
  // Thousands of starts, each with its fsyncs: what is shown does not hang on the disk.
  const { TMPDIR } = process.env
  if (existsSync('/dev/shm')) process.env.TMPDIR = '/dev/shm'
  const world = await openWorld().finally(() => restoreTmp(TMPDIR))
  try {
    const original = await makeOriginal(world, signal)
    const { length } = original.journal
    const cuts = Array.from({ length: length + 1 }, (_, bytes) => disks.map((disk) => ({ bytes, disk }))).flat()
    const counts: Counts = { handedOver: 0, held: 0, again: 0, faults: [] }
    const waiting = cuts.entries()
    await Promise.all(
      Array.from({ length: lanes }, async () => {
        for (const [place, cut] of waiting) {
          signal.throwIfAborted()
          tell(`P03: power lost with byte ${cut.bytes} of ${length} of the journal on the disk`)
          await startAfter(original, cut, `cut-${place}`, counts)
        }
      }),
    )
    return {
      figure: `power lost with each of ${length + 1} lengths of a journal of ${jobs} printed jobs on the disk × ${disks.length} states of its folders, ${cuts.length} starts: ${counts.again} jobs printed again, ${counts.held} times held with an alarm, ${counts.handedOver} times known as printed`,
      faults: counts.faults,
    }
  } finally {
    await world.close()
  }
}

function restoreTmp(folder: string | undefined): void {
  if (folder === undefined) delete process.env.TMPDIR
  else process.env.TMPDIR = folder
}

/** Real jobs through a real client; the shop takes each away. */
async function makeOriginal(world: World, signal: AbortSignal): Promise<Original> {
  const { config, stop } = await world.startHere('original', 'boot-1')
  const tickets = await Promise.all(Array.from({ length: jobs }, () => world.makeTicket()))
  for (const ticket of tickets) await world.send(ticket)
  let accepted = 0
  while (accepted < jobs || (await world.unacknowledged()) > 0) {
    accepted += (await world.statuses()).length
    await wait(20, undefined, { signal })
  }
  await stop()
  const taken = join(world.folder, 'taken')
  mkdirSync(taken)
  for (const name of readdirSync(config.hotFolder)) renameSync(join(config.hotFolder, name), join(taken, name))
  const journal = readFileSync(join(config.stateFolder, journalName))
  return { world, tickets, state: config.stateFolder, taken, journal }
}

/** One start of the client on what a loss of power left. The outside alone is looked at: its hot folder, and what it tells. */
async function startAfter(original: Original, cut: Cut, name: string, counts: Counts): Promise<void> {
  const { world, tickets } = original
  const config = lay(original, cut, name)
  const [queueUrl, statusQueueUrl] = await Promise.all([makeQueue(world, name), makeQueue(world, `${name}-status`)])
  const { stop } = await world.startWith({ ...config, queueUrl, statusQueueUrl }, 'boot-2')
  const where = `with ${cut.bytes} bytes, ${cut.disk}`
  try {
    await sendTo(world, queueUrl, tickets)
    const words = await heardOf(world, statusQueueUrl, tickets, answeredWithinSeconds)
    const states = tickets.map(({ jobId }) => words.get(jobId) ?? 'nothing')
    counts.held += states.filter((state) => state === 'held').length
    counts.handedOver += states.filter((state) => state === 'accepted').length
    const odd = states.find((state) => state !== 'held' && state !== 'accepted')
    if (odd !== undefined) counts.faults.push(`${where}: ${odd} was said of a job`)
  } finally {
    await stop()
  }
  const again = readdirSync(config.hotFolder).filter((each) => each.startsWith('job_'))
  counts.again += again.length
  if (again.length > 0) counts.faults.push(`${where}: ${again.length} jobs were printed again`)
  for (const url of [queueUrl, statusQueueUrl]) await world.sqs.send(new DeleteQueueCommand({ QueueUrl: url }))
  rmSync(join(config.hotFolder, '..'), { recursive: true })
}

function lay({ world, state, taken, journal, tickets }: Original, { bytes, disk }: Cut, name: string) {
  const config = world.configOf(name)
  cpSync(state, config.stateFolder, { recursive: true })
  writeFileSync(join(config.stateFolder, journalName), journal.subarray(0, bytes))
  if (disk === 'its staging folder is back') {
    for (const { jobId } of tickets)
      cpSync(join(taken, jobId), join(config.stateFolder, 'staging', jobId), { recursive: true })
  }
  return config
}

async function makeQueue({ sqs }: World, name: string): Promise<string> {
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: name }))
  if (QueueUrl === undefined) throw new Error(`The queue ${name} was not made`)
  return QueueUrl
}
