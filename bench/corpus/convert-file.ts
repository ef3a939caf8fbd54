import { createReadStream } from 'node:fs'
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { createLog } from '#chassis/log.ts'
import type { Product } from '#contracts/catalogue/product.ts'
import { joinOutput } from '../../services/processor/cli/join-output.ts'
import { saveStream } from '../../services/processor/fetch/save-stream.ts'
import { damagedPathOf } from '../../services/processor/inspect/damaged-copy.ts'
import type { Facts } from '../../services/processor/inspect/facts.ts'
import { type Converted, convert } from '../../services/processor/job/convert.ts'
import type { JobSource } from '../../services/processor/job/job-source.ts'
import { lookInto } from '../../services/processor/job/look-into.ts'
import { Rejected } from '../../services/processor/job/rejected.ts'
import { enterRooms, type Rooms } from '../../services/processor/job/rooms.ts'
import { contentHashOf } from '../../services/processor/publish/content-hash.ts'
import type { SandboxPool } from '../../services/processor/sandbox/pool.ts'
import { SandboxError } from '../../services/processor/sandbox/sandbox-error.ts'
import { sniffedBytes } from '../../services/processor/sniff/sniff.ts'
import type { Comparer, Comparison } from './comparer.ts'
import type { FileResult } from './file-result.ts'
import { fittingProduct } from './fitting-product.ts'
import { complaintOf } from './qpdf-check.ts'
import { type ReusedChildren, reuseChildren } from './reused-children.ts'
import { sizeAsSeen } from './size-as-seen.ts'

export type CorpusContext = {
  readonly children: ReusedChildren
  /** Fresh children, for what fails in those that had other files before. */
  readonly pool: SandboxPool
  readonly comparer: Comparer
  readonly product: Product | undefined
  readonly keep: string | undefined
  readonly signal: AbortSignal
}

const log = createLog('corpus', 'silent')
const mostCompared = 5
const notCompared: Comparison = { compared: 0, same: 0, worst: 0 }
const outcomesThatCount: readonly FileResult['outcome'][] = ['made', 'refused']

/** Takes one file the whole way; never throws for what the file does. */
export async function convertFile(file: string, context: CorpusContext): Promise<FileResult> {
  const result = await convertWith(context.children, file, context)
  if (outcomesThatCount.includes(result.outcome)) return result
  const fresh = reuseChildren(context.pool, 1)
  return await convertWith(fresh, file, context)
}

async function convertWith(children: ReusedChildren, file: string, context: CorpusContext): Promise<FileResult> {
  const rooms = await enterRooms(children, context.signal)
  const homes = [rooms.producer.folder]
  const watched: Rooms = {
    ...rooms,
    toJudge: async (files) => {
      peakMB = peak()
      const judgement = await rooms.toJudge(files)
      homes.push(judgement.judge.folder)
      return judgement
    },
  }
  const peak = (): number => Math.max(peakMB, ...homes.map(children.peakMB))
  let peakMB = 0
  const folder = await mkdtemp(join(tmpdir(), 'corpus-'))
  await rooms.producer.warm
  const beganAt = performance.now()
  const result = (outcome: FileResult['outcome'], detail: string): FileResult => ({
    ...{ file, outcome, detail, pages: 0, complaint: '', findings: [] },
    milliseconds: Math.round(performance.now() - beganAt),
    peakMB: Math.round(peak()),
    ...notCompared,
  })
  try {
    const made = await convertIn(watched, file, context.product)
    const findings = made.findings.map(({ code }) => code)
    const took = { ...result('made', ''), pages: made.pages, findings }
    return { ...took, ...(await checked(made, file, folder, context)) }
  } catch (error) {
    context.signal.throwIfAborted()
    if (error instanceof Rejected) return result('refused', wordsOf(error))
    if (error instanceof SandboxError) return result(endOf(error), firstLines(error.message))
    return result('fault', firstLines(error instanceof Error ? (error.stack ?? error.message) : String(error)))
  } finally {
    await rooms.leave()
    await rm(folder, { recursive: true, force: true })
  }
}

/** The codes; what our own check says as well, for that is never the file's fault. */
function wordsOf({ message, findings }: Rejected): string {
  const ours = findings.filter(({ code }) => code === 'OUTPUT_VERIFICATION_FAILED')
  return [message, ...ours.map(({ found }) => found)].join(': ')
}

/** A converter that died, ran out of something, or said that it could not do its task. */
function endOf({ reason, message }: SandboxError): FileResult['outcome'] {
  if (reason === 'limit') return 'limit'
  return message.startsWith('The child ended') ? 'crashed' : 'fault'
}

const firstLines = (text: string): string => text.slice(0, 400)

async function convertIn(rooms: Rooms, file: string, fixed: Product | undefined): Promise<Converted> {
  const product = fixed ?? (await productFor(rooms, await bring(file, rooms)))
  // A first look may have mended the file in its place: it comes as new.
  const job = { product, options: {}, sources: await bring(file, rooms) }
  return await convert({ ...job, contentHash: contentHashOf(job) }, { rooms, log })
}

async function bring(file: string, { producer }: Rooms): Promise<readonly JobSource[]> {
  for (const name of ['source-0', damagedPathOf('source-0')]) await rm(join(producer.folder, name), { force: true })
  const limits = { bytes: 2 ** 31, headBytes: sniffedBytes, signal: new AbortController().signal }
  const saved = await saveStream(createReadStream(file), join(producer.folder, 'source-0'), limits)
  return [{ role: saved.head.includes('%PDF-') ? 'interior' : 'image', position: 0, file: 'source-0', ...saved }]
}

async function productFor({ producer }: Rooms, sources: readonly JobSource[]): Promise<Product> {
  const any = fittingProduct({ kind: 'unreadable', code: 'EMPTY_DOCUMENT', detail: '' })
  const { facts } = await lookInto({ product: any, options: {}, sources }, producer)
  const [first] = facts
  return first ? fittingProduct(first) : any
}

/** Holds the print file against its source and lets another reader say what it thinks of it. */
async function checked(made: Converted, file: string, folder: string, { comparer, keep }: CorpusContext) {
  const [output] = made.outputs
  const [facts] = made.facts
  const [component] = made.plan.components
  if (!output || !component || !facts || facts.kind === 'unreadable') return notCompared
  const print = join(folder, 'print.pdf')
  await joinOutput(made.folder, output, print)
  if (keep !== undefined) await copyFile(print, join(keep, `${basename(file)}.print.pdf`))
  const { trimBox, sheetWidthMm, sheetHeightMm } = component
  const pages = facts.kind === 'pdf' ? comparablePages(facts) : [{ page: 1 }]
  const sheet = { trimBox, sheetWidthMm, sheetHeightMm }
  const request = { source: file, isPicture: facts.kind === 'image', print, pages: pages.slice(0, mostCompared) }
  const [comparison, complaint] = await Promise.all([comparer.compare({ ...request, ...sheet }), complaintOf(print)])
  return { ...comparison, complaint }
}

/** A page that is seen in another size than the first is placed by rules: there is no rendering to hold it against. */
function comparablePages({ pages }: Extract<Facts, { kind: 'pdf' }>) {
  const [first] = pages
  if (!first) return []
  const wanted = sizeAsSeen(first)
  return pages.flatMap((each, index) => {
    const size = sizeAsSeen(each)
    const isAlike = Math.abs(size.width - wanted.width) < 0.01 && Math.abs(size.height - wanted.height) < 0.01
    return isAlike ? [{ page: index + 1, ...(each.trim ? { shown: each.trim } : {}) }] : []
  })
}
