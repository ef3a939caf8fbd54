import { PutObjectCommand } from '@aws-sdk/client-s3'
import { seededRandom } from '../../../local/samples/random.ts'
import { documentOf } from '../../fixtures/processor/documents.ts'
import { passwordLocked } from '../../fixtures/processor/hostile.ts'
import { jpeg } from '../../fixtures/processor/pictures.ts'
import { type ProcessorWorld, startProcessorWorld } from '../../loopback/processor-world.ts'
import type { ProductPromise, PromiseContext } from '../promise.ts'
import { median, serviceMs } from '../service-times.ts'

const all = 500
const poisoned = 20
const alone = 30

type Job = {
  readonly ticketId: string
  readonly isPoison: boolean
  readonly send: () => Promise<void>
  readonly mend: () => Promise<void>
}

/** P17: poison among healthy jobs is told with its reason, delays nobody, and prints once when it is mended. */
export const poisonJobs: ProductPromise = {
  id: 'P17',
  run: async ({ seed, tell, signal }: PromiseContext) => {
    const world = await startProcessorWorld()
    const faults: string[] = []
    try {
      const photo = await jpeg({ widthPx: 900, heightPx: 1280 })
      const baseline = await timesOf(
        world,
        await jobsOf(
          world,
          photo,
          Array.from({ length: alone }, () => false),
        ),
        signal,
      )
      const kinds = shuffled(
        Array.from({ length: all }, (_, index) => index < poisoned),
        seed,
      )
      const jobs = await jobsOf(world, photo, kinds)
      tell(`P17: ${all} jobs`)
      const healthy = await timesOf(world, jobs, signal)
      const flagged = jobs.filter(({ isPoison, ticketId }) => isPoison && isFlagged(world, ticketId)).length
      if (flagged !== poisoned) faults.push(`${flagged} of ${poisoned} poison jobs were told with a reason`)
      const lost = jobs.filter(({ isPoison, ticketId }) => !isPoison && !isReady(world, ticketId)).length
      if (lost > 0) faults.push(`${lost} healthy jobs were not made`)
      const ratio = median(healthy) / median(baseline)
      if (!(ratio <= 2)) faults.push(`healthy jobs took ${ratio.toFixed(2)} times the baseline`)
      const once = await redriven(
        world,
        jobs.filter(({ isPoison }) => isPoison),
        faults,
      )
      const figure = `${poisoned} poison of ${all}: ${flagged} flagged, healthy ${ratio.toFixed(2)}× baseline, ${once} printed once after the fix`
      return { figure, faults }
    } finally {
      await world.close()
    }
  },
}

const isFlagged = (world: ProcessorWorld, ticketId: string): boolean =>
  world
    .reportsOf(ticketId)
    .some(
      (report) =>
        report.outcome === 'rejected' &&
        report.findings.some(({ severity, why }) => severity === 'reject' && why !== ''),
    )
const isReady = (world: ProcessorWorld, ticketId: string): boolean =>
  world.reportsOf(ticketId).some(({ outcome }) => outcome === 'ready')

/** Sends all jobs at once and waits for the last word on each; gives the service times of the healthy ones. */
async function timesOf(world: ProcessorWorld, jobs: readonly Job[], signal: AbortSignal): Promise<number[]> {
  for (const { send } of jobs) await send()
  const times: number[] = []
  for (const { ticketId, isPoison } of jobs) {
    signal.throwIfAborted()
    await world.answer(ticketId)
    if (!isPoison) times.push(serviceMs(world.reportsOf(ticketId)))
  }
  return times
}

/** The fix: the right file stands where the wrong one stood. Each ticket is delivered twice, as queues do. */
async function redriven(world: ProcessorWorld, jobs: readonly Job[], faults: string[]): Promise<number> {
  let once = 0
  for (const { mend, send, ticketId } of jobs) {
    await mend()
    await send()
    const first = await world.answer(ticketId, 2)
    await send()
    const second = await world.answer(ticketId, 3)
    if (first.outcome !== 'ready' || second.outcome !== 'ready') {
      faults.push(`${ticketId} was refused after the fix`)
      continue
    }
    const [one, other] = [first, second].map(({ printFiles }) => JSON.stringify(printFiles))
    const [key = ''] = first.printFiles.map(({ key: name }) => name)
    const stored = await world.listed(key.slice(0, key.lastIndexOf('/', key.lastIndexOf('/') - 1) + 1))
    const files = stored.filter((name) => name.endsWith('.pdf'))
    if (one === other && files.length === first.printFiles.length) once += 1
    else faults.push(`${ticketId}: ${files.length} print files after two deliveries`)
  }
  return once
}

async function jobsOf(world: ProcessorWorld, photo: Buffer, kinds: readonly boolean[]): Promise<readonly Job[]> {
  const poison = await poisons()
  const good = await world.upload(photo)
  let turn = 0
  return await Promise.all(
    kinds.map(async (isPoison): Promise<Job> => {
      const bytes = isPoison ? poison[turn++ % poison.length] : undefined
      const key = bytes ? await world.upload(bytes) : good
      const ticket = await world.ticket('poster-a3', [{ role: 'image', key }])
      return {
        ticketId: ticket.ticketId,
        isPoison,
        send: () => world.send(ticket),
        mend: async () => {
          const Bucket = world.environment.SOURCES_BUCKET
          await world.s3.send(new PutObjectCommand({ Bucket, Key: key, Body: photo }))
        },
      }
    }),
  )
}

/** A file that is cut short, one that nobody may open, one that is nothing, one of another trade, one far too large. */
async function poisons(): Promise<readonly Buffer[]> {
  const document = await documentOf({ pages: 3, widthMm: 297, heightMm: 420 })
  const bomb = Buffer.from(
    'GIF89a\xff\xff\xff\xff\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\xff\xff\xff\xff\0\x02\x02L\x01\0;',
    'latin1',
  )
  return [document.subarray(0, 300), await passwordLocked(1), Buffer.alloc(0), Buffer.from('MZ\x90\0 a program'), bomb]
}

function shuffled<T>(items: readonly T[], seed: number): readonly T[] {
  const random = seededRandom(seed)
  return items
    .map((item) => ({ item, place: random() }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ item }) => item)
}
