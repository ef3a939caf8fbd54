import { peakMemoryOf } from '../../../bench/corpus/peak-memory.ts'
import { type ProcessorWorld, startProcessorWorld } from '../../loopback/processor-world.ts'
import { healthyPhoto, sendHealthy } from '../healthy-job.ts'
import type { ProductPromise, PromiseContext, Verdict } from '../promise.ts'
import { median, serviceMs } from '../service-times.ts'
import { activeInOutput } from './active-in-output.ts'
import { hostileCollection } from './hostile-collection.ts'
import type { HostileFile } from './hostile-file.ts'
import { productFor, roleFor } from './hostile-products.ts'

const mostMB = 2000
const mostSeconds = 60
const alone = 16
/** One healthy job goes with so many hostile ones. */
const healthyEvery = 12
/** So many jobs wait in the queue at a time; two are in hand. */
const inQueue = 8

/** P09: hostile files end in a reasoned state, act nowhere, and disturb nobody. */
export const hostileFiles: ProductPromise = {
  id: 'P09',
  run: async (context) => {
    const faults: string[] = []
    const onCrash = (error: unknown): void => void faults.push(`the service crashed: ${String(error)}`)
    process.on('uncaughtException', onCrash)
    process.on('unhandledRejection', onCrash)
    const world = await startProcessorWorld()
    const watch = watchMemory(world.environment.WORK_DIR)
    try {
      const files = await hostileCollection(context.seed)
      const photo = await healthyPhoto()
      const quiet: number[] = []
      await inLanes(Array.from({ length: alone }), async () => void quiet.push(await healthyMs(world, photo)))
      const seen = await sendAll(world, files, photo, context, faults)
      return verdictOf(files, seen, median(quiet), watch.peakMB(), faults)
    } finally {
      watch.stop()
      await world.close()
      process.off('uncaughtException', onCrash)
      process.off('unhandledRejection', onCrash)
    }
  },
}

/** `caught`: refused because our own check of the print file found a fault in it. */
type Seen = { ready: number; refused: number; caught: number; slowestMs: number; readonly beside: number[] }

async function sendAll(
  world: ProcessorWorld,
  files: readonly HostileFile[],
  photo: Buffer,
  { tell, signal }: PromiseContext,
  faults: string[],
): Promise<Seen> {
  const seen: Seen = { ready: 0, refused: 0, caught: 0, slowestMs: 0, beside: [] }
  let count = 0
  await inLanes(files, async (file) => {
    signal.throwIfAborted()
    count += 1
    tell(`P09: ${count} of ${files.length} hostile files`)
    if (count % healthyEvery === 0) seen.beside.push(await healthyMs(world, photo))
    await takeOne(world, file, seen, faults)
  })
  return seen
}

async function takeOne(world: ProcessorWorld, file: HostileFile, seen: Seen, faults: string[]): Promise<void> {
  const ticket = await world.ticket(productFor(file), [{ role: roleFor(file), bytes: file.bytes }])
  await world.send(ticket)
  const answer = await world.answer(ticket.ticketId)
  const tookMs = serviceMs(world.reportsOf(ticket.ticketId))
  seen.slowestMs = Math.max(seen.slowestMs, tookMs)
  if (tookMs > mostSeconds * 1000) faults.push(`${file.name}: ${Math.round(tookMs / 1000)} s`)
  if (answer.outcome === 'rejected') {
    seen.refused += 1
    const codes = answer.findings.map(({ code }) => code)
    if (!answer.findings.some(({ severity }) => severity === 'reject'))
      faults.push(`${file.name}: refused without a reason`)
    if (codes.includes('OUTPUT_VERIFICATION_FAILED')) seen.caught += 1
    if (codes.includes('PROCESSING_FAILED')) faults.push(`${file.name}: ${answer.findings[0]?.found ?? ''}`)
    return
  }
  seen.ready += 1
  for (const { key } of answer.printFiles) {
    const active = await activeInOutput(await world.stored(key))
    if (active.length > 0) faults.push(`${file.name}: ${active.join(', ')} in the print file`)
  }
}

async function healthyMs(world: ProcessorWorld, photo: Buffer): Promise<number> {
  const id = await sendHealthy(world, photo)
  const answer = await world.answer(id)
  if (answer.outcome !== 'ready') throw new Error('A healthy job was refused')
  return serviceMs(world.reportsOf(id))
}

function verdictOf(
  files: readonly HostileFile[],
  seen: Seen,
  quietMs: number,
  peakMB: number,
  faults: string[],
): Verdict {
  const ratio = median(seen.beside) / quietMs
  if (!(ratio <= 2)) faults.push(`healthy jobs beside them took ${ratio.toFixed(2)} times as long`)
  if (peakMB > mostMB) faults.push(`a worker took ${Math.round(peakMB)} MB`)
  if (seen.ready + seen.refused !== files.length) faults.push('not every file ended')
  const figure = [
    `${files.length} files: ${seen.ready} made, ${seen.refused} refused (${seen.caught} by our own check of the result)`,
    `largest worker ${Math.round(peakMB)} MB`,
    `slowest ${(seen.slowestMs / 1000).toFixed(1)} s`,
    `healthy beside ${ratio.toFixed(2)}×`,
  ].join(', ')
  return { figure, faults }
}

/** Work in so many lanes; the queue is never empty and never long. */
async function inLanes<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const entries = items.values()
  await Promise.all(
    Array.from({ length: inQueue }, async () => {
      for (const item of entries) await work(item)
    }),
  )
}

const lookEveryMs = 150

function watchMemory(word: string) {
  let most = 0
  const timer = setInterval(() => {
    most = Math.max(most, peakMemoryOf(word))
  }, lookEveryMs)
  return { peakMB: () => most, stop: () => clearInterval(timer) }
}
