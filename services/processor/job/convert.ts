import { join } from 'node:path'
import type { Log } from '#chassis/log.ts'
import type { Finding } from '#contracts/findings.ts'
import type { LookedPages } from '#contracts/messages/preflight-report.ts'
import type { Facts } from '../inspect/facts.ts'
import type { JobPlan } from '../plan/job-plan.ts'
import { NeedsWholeSource } from '../ranges/needs-whole-source.ts'
import { mostShares, showFarSources } from '../ranges/show-far-sources.ts'
import {
  type Output,
  type PreviewFile,
  ProduceAnswer,
  type Progress,
  type SourceFile,
  VerifyAnswer,
} from '../sandbox/protocol.ts'
import type { Sandbox } from '../sandbox/sandbox.ts'
import { SandboxError } from '../sandbox/sandbox-error.ts'
import { withinTime } from '../sandbox/within-time.ts'
import { finding } from './finding.ts'
import type { Lap } from './laps.ts'
import { type JobSpec, type Looked, limitMillisecondsOf, lookInto } from './look-into.ts'
import { mustBeAsPlanned } from './outputs-as-planned.ts'
import { paintedInstead, paintingMillisecondsOf } from './painted-instead.ts'
import { Rejected } from './rejected.ts'
import type { Rooms } from './rooms.ts'
import { sealOf } from './seal-of.ts'
import { mustBeShowable } from './showable.ts'
import { type ProofFile, writeDrawings } from './write-drawings.ts'

export type ConvertJob = JobSpec & {
  /** Names the result by everything that goes into it, see publish/content-hash.ts. */
  readonly contentHash: string
}

export type ConvertContext = {
  readonly rooms: Rooms
  readonly log: Log
  readonly lap?: Lap
  readonly onProgress?: (progress: Progress) => void
}

/** Print files that were checked, in `folder` until the rooms are left. */
export type Converted = {
  readonly folder: string
  readonly facts: readonly Facts[]
  readonly plan: JobPlan
  /** Of content, before padding. */
  readonly pages: number
  readonly findings: readonly Finding[]
  readonly outputs: readonly Output[]
  readonly previews: readonly PreviewFile[]
  readonly proofs: readonly ProofFile[]
  /** Which pages of the print files were looked at. */
  readonly looked: readonly LookedPages[]
  /** Documents and pictures that were looked into, in the order of `facts`; those of an archive one by one. */
  readonly files: readonly SourceFile[]
  /** Sources in the folder that are as they came: no converter has changed them. */
  readonly untouched: ReadonlySet<string>
}

/**
 * The way of sources to print files: sniff, inspect, plan, produce (and assemble), verify. Needs no cloud: the sources lie in
 * the producer's folder, the result in the judge's. Throws Rejected with what to tell the customer,
 * NeedsWholeSource where a far source has to be brought into the folder first.
 */
export async function convert(job: ConvertJob, context: ConvertContext): Promise<Converted> {
  const seals = await sealsOf(job, context.rooms.producer.folder)
  const producer = withinTime(context.rooms.producer, limitMillisecondsOf(job))
  try {
    return await convertSealed(job, { ...context, beganAtMs: performance.now() }, seals, true, producer)
  } catch (error) {
    throw error instanceof SandboxError && brokeOnFile.test(error.message) ? cannotBeDrawn(error) : error
  }
}

/** Since when the time of a job counts. */
type TimedContext = ConvertContext & { readonly beganAtMs: number }

/** However long the making took: enough to judge what is small. */
const leastJudgingMilliseconds = 5_000

async function convertSealed(
  job: ConvertJob,
  context: TimedContext,
  seals: Seals,
  mayBeUnproven: boolean,
  producer: Sandbox,
): Promise<Converted> {
  const looked = await lookInto(job, producer, context.lap, mayBeUnproven)
  const made = await makeOf(job, context, seals, looked, producer)
  // Damage changes the plan and what is told: once more from the beginning, every picture looked at whole.
  if (made === 'wantsProof') {
    if (mayBeUnproven) return await convertSealed(job, context, seals, false, producer)
    throw new SandboxError('fault', 'The converter wants proof of pictures that were looked at whole')
  }
  if (!('judge' in made)) return made
  // Once more: what a second program sees amiss is printed as the picture that it shows of the source.
  const { judge, faults, paintable } = made
  const painted = paintedInstead(job, looked, paintable)
  if (!painted) throw notVerified(faults, context.log)
  context.log.warn({ faults }, 'output_painted_instead')
  if (job.sources.some(({ far }) => far)) throw new NeedsWholeSource('pages that are painted')
  const again = await context.rooms.toMakeAgain(
    judge,
    looked.files.map(({ file }) => file),
  )
  const timed = { ...context, beganAtMs: performance.now() }
  const second = await makeOf(job, timed, seals, painted, withinTime(again, limitMillisecondsOf(job)))
  if (second === 'wantsProof') throw new SandboxError('fault', 'The converter wants proof of what it has proven')
  if ('judge' in second) throw notVerified(second.faults, context.log)
  return second
}

/** What the judge found against print files that were made; nothing of them is used. */
type Faulty = Pick<VerifyAnswer, 'faults' | 'paintable'> & { readonly judge: Sandbox }

/** Produces and verifies what was planned. */
async function makeOf(
  job: ConvertJob,
  context: TimedContext,
  seals: Seals,
  { files, facts, planned }: Looked,
  producer: Sandbox,
): Promise<Converted | Faulty | 'wantsProof'> {
  const { rooms, lap, onProgress } = context
  if (planned.outcome === 'reject') throw new Rejected(planned.findings)
  const { plan, pages } = planned
  const limit = limitMillisecondsOf(job) + paintingMillisecondsOf(plan)
  const sources = [...files]
  const documentId = job.contentHash.slice(0, 32)
  const made = await producer.ask({ task: 'produce', sources, plan, documentId }, ProduceAnswer, limit, onProgress)
  lap?.('produce')
  if (made.wantsProof) return 'wantsProof'
  const { outputs } = made
  mustBeAsPlanned(outputs, plan, files)
  for (const { file, far } of job.sources) {
    if (far && !outputs.some(({ base }) => base === file)) throw new NeedsWholeSource('a file that is written anew')
  }
  const here = job.sources.filter(({ far }) => !far)
  const inFolder = files.filter(({ file }) => !job.sources.some((source) => source.far && source.file === file))
  const { judge, brought } = await rooms.toJudge([...outputs, ...inFolder].map(({ file }) => file))
  const untouched = new Set(here.flatMap(({ file, seal }) => (seal === brought.get(file) ? [file] : [])))
  const changed = outputs.filter(({ base = '' }) => seals.has(base) && seals.get(base) !== brought.get(base))
  if (changed.length > 0) throw notVerified(['its source was changed while it was worked on'], context.log)
  await showFarSources(judge, job.sources, mostShares.judge)
  // One limit for both converters: what the first has taken is not given to the second once more.
  const left = Math.max(leastJudgingMilliseconds, limit - (performance.now() - context.beganAtMs))
  const checked = await judge.ask({ task: 'verify', sources, plan, outputs }, VerifyAnswer, left)
  // As dead as the producer: what it has judged can no longer be changed, nor what it has drawn.
  await judge.end()
  lap?.('verify')
  if (checked.faults.length > 0) return { judge, faults: checked.faults, paintable: checked.paintable }
  const findings = [...planned.findings, ...made.findings, ...checked.findings]
  const { previews, looked } = checked
  await mustBeShowable(judge.folder, plan, previews)
  const proofs = await writeDrawings(judge.folder, plan, previews)
  return { folder: judge.folder, facts, plan, pages, findings, outputs, previews, proofs, untouched, looked, files }
}

type Seals = ReadonlyMap<string, string>

/**
 * Taken before a converter has seen the files: one in a hostile file's hands could put other bytes in the place of those
 * that a print file begins with, and that receipts name.
 */
async function sealsOf({ sources }: JobSpec, folder: string): Promise<Seals> {
  const here = sources.filter(({ far }) => !far)
  return new Map(await Promise.all(here.map(async ({ file }) => [file, await sealOf(join(folder, file))] as const)))
}

/** As the child says it: the engine that draws pages ended in the middle of one, or cannot open the file. */
const brokeOnFile = /^PdfiumError: /

const cannotBeDrawn = (cause: SandboxError): Rejected =>
  new Rejected(
    [
      finding('CORRUPT_UNRECOVERABLE', {
        found: 'pages that can only be printed as a picture, and that no program of ours can draw',
        wanted: 'whole, readable files',
        action: 'Export the files again from the program that made them, with all fonts embedded, and send them again.',
      }),
    ],
    { cause },
  )

/** Our fault, not the customer's: the log has every detail, the order has one finding. */
function notVerified(faults: readonly string[], log: Log): Rejected {
  log.error({ faults }, 'output_verification_failed')
  return new Rejected([
    finding('OUTPUT_VERIFICATION_FAILED', {
      found: faults[0] ?? 'a difference',
      wanted: 'print files exactly as planned',
      action:
        'Nothing is wrong on your side. Our operators have been told; exporting the file again may help meanwhile.',
    }),
  ])
}
