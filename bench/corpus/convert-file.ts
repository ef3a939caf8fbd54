import { createReadStream } from 'node:fs'
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLog } from '#chassis/log.ts'
import type { Product } from '#contracts/catalogue/product.ts'
import { joinOutput } from '../../services/processor/cli/join-output.ts'
import { saveStream } from '../../services/processor/fetch/save-stream.ts'
import { type Converted, convert } from '../../services/processor/job/convert.ts'
import type { JobSource } from '../../services/processor/job/job-source.ts'
import { lookInto } from '../../services/processor/job/look-into.ts'
import { Rejected } from '../../services/processor/job/rejected.ts'
import { enterRooms, type Rooms } from '../../services/processor/job/rooms.ts'
import { contentHashOf } from '../../services/processor/publish/content-hash.ts'
import type { SandboxPool } from '../../services/processor/sandbox/pool.ts'
import { SandboxError } from '../../services/processor/sandbox/sandbox.ts'
import { sniffedBytes } from '../../services/processor/sniff/sniff.ts'
import type { Comparer, Comparison } from './comparer.ts'
import type { FileResult } from './file-result.ts'
import { fittingProduct } from './fitting-product.ts'
import { peakMemoryOf } from './peak-memory.ts'

export type CorpusContext = {
  readonly pool: SandboxPool
  readonly comparer: Comparer
  readonly product: Product | undefined
  readonly signal: AbortSignal
}

const log = createLog('corpus', 'silent')
const lookEveryMs = 100
const notCompared: Comparison = { compared: 0, same: 0, worst: 0 }

/** Takes one file the whole way; never throws for what the file does. */
export async function convertFile(file: string, context: CorpusContext): Promise<FileResult> {
  const rooms = await enterRooms(context.pool, context.signal)
  const folder = await mkdtemp(join(tmpdir(), 'corpus-'))
  let peakMB = 0
  let { folder: home } = rooms.producer
  const timer = setInterval(() => {
    peakMB = Math.max(peakMB, peakMemoryOf(home))
  }, lookEveryMs)
  const watched: Rooms = {
    ...rooms,
    toJudge: async (files) => {
      const judge = await rooms.toJudge(files)
      home = judge.folder
      return judge
    },
  }
  const beganAt = performance.now()
  const result = (outcome: FileResult['outcome'], detail: string, pages = 0, comparison = notCompared): FileResult => {
    const milliseconds = Math.round(performance.now() - beganAt)
    return { file, outcome, detail, pages, milliseconds, peakMB: Math.round(peakMB), ...comparison }
  }
  try {
    const made = await convertIn(watched, file, context.product)
    const took = result('made', '', made.pages)
    return { ...took, ...(await comparisonOf(made, file, folder, context)) }
  } catch (error) {
    context.signal.throwIfAborted()
    if (error instanceof Rejected) return result('refused', error.message)
    if (error instanceof SandboxError) return result(endOf(error), firstLines(error.message))
    return result('fault', firstLines(error instanceof Error ? (error.stack ?? error.message) : String(error)))
  } finally {
    clearInterval(timer)
    await rooms.leave()
    await rm(folder, { recursive: true, force: true })
  }
}

/** A converter that died, ran out of something, or said that it could not do its task. */
function endOf({ reason, message }: SandboxError): FileResult['outcome'] {
  if (reason === 'limit') return 'limit'
  return message.startsWith('The child ended') ? 'crashed' : 'fault'
}

const firstLines = (text: string): string => text.slice(0, 400)

async function convertIn(rooms: Rooms, file: string, fixed: Product | undefined): Promise<Converted> {
  const path = join(rooms.producer.folder, 'source-0')
  const limits = { bytes: 2 ** 31, headBytes: sniffedBytes, signal: new AbortController().signal }
  const saved = await saveStream(createReadStream(file), path, limits)
  const isPdf = saved.head.includes('%PDF-')
  const sources: readonly JobSource[] = [
    { role: isPdf ? 'interior' : 'image', position: 0, file: 'source-0', ...saved },
  ]
  const product = fixed ?? (await productFor(rooms, sources))
  const job = { product, options: {}, sources }
  return await convert({ ...job, contentHash: contentHashOf(job) }, { rooms, log })
}

async function productFor({ producer }: Rooms, sources: readonly JobSource[]): Promise<Product> {
  const any = fittingProduct({ kind: 'unreadable', code: 'EMPTY_DOCUMENT', detail: '' })
  const { facts } = await lookInto({ product: any, options: {}, sources }, producer)
  const [first] = facts
  return first ? fittingProduct(first) : any
}

async function comparisonOf(made: Converted, file: string, folder: string, { comparer }: CorpusContext) {
  const [output] = made.outputs
  const [facts] = made.facts
  const [component] = made.plan.components
  if (!output || !component || facts?.kind !== 'pdf') return notCompared
  const [source, print] = [join(folder, 'source.pdf'), join(folder, 'print.pdf')]
  await copyFile(file, source)
  await joinOutput(made.folder, output, print)
  const { trimBox, sheetWidthMm, sheetHeightMm } = component
  // A page with a trim of its own, or of another size than the first, is placed by rules: no rendering to hold it against.
  const pages = facts.pages.flatMap((page, index) => {
    const isFirstSize =
      page.crop.width === facts.pages[0]?.crop.width && page.crop.height === facts.pages[0]?.crop.height
    return page.trim === undefined && isFirstSize ? [index + 1] : []
  })
  return await comparer.compare({ source, print, pages: pages.slice(0, 5), trimBox, sheetWidthMm, sheetHeightMm })
}
