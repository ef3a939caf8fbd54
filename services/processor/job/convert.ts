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
  type ProofFile,
  type SourceFile,
  VerifyAnswer,
} from '../sandbox/protocol.ts'
import type { Sandbox } from '../sandbox/sandbox.ts'
import { withinTime } from '../sandbox/within-time.ts'
import { finding } from './finding.ts'
import type { Lap } from './laps.ts'
import { type JobSpec, limitMillisecondsOf, lookInto } from './look-into.ts'
import { mustBeAsPlanned } from './outputs-as-planned.ts'
import { Rejected } from './rejected.ts'
import type { Rooms } from './rooms.ts'
import { sealOf } from './seal-of.ts'

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
  return await convertSealed(job, context, seals, true, withinTime(context.rooms.producer, limitMillisecondsOf(job)))
}

async function convertSealed(
  job: ConvertJob,
  context: ConvertContext,
  seals: Seals,
  mayBeUnproven: boolean,
  producer: Sandbox,
): Promise<Converted> {
  const { rooms, lap, onProgress } = context
  const { files, facts, planned } = await lookInto(job, producer, lap, mayBeUnproven)
  if (planned.outcome === 'reject') throw new Rejected(planned.findings)
  const { plan, pages } = planned
  const limit = limitMillisecondsOf(job)
  const sources = [...files]
  const documentId = job.contentHash.slice(0, 32)
  const made = await producer.ask({ task: 'produce', sources, plan, documentId }, ProduceAnswer, limit, onProgress)
  lap?.('produce')
  // Damage changes the plan and what is told: once more from the beginning, every picture looked at whole.
  if (made.wantsProof && mayBeUnproven) return await convertSealed(job, context, seals, false, producer)
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
  const checked = await judge.ask({ task: 'verify', sources, plan, outputs }, VerifyAnswer, limit)
  // As dead as the producer: what it has judged can no longer be changed, nor what it has drawn.
  await judge.end()
  lap?.('verify')
  if (checked.faults.length > 0) throw notVerified(checked.faults, context.log)
  const findings = [...planned.findings, ...made.findings, ...checked.findings]
  const { previews, proofs, looked } = checked
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
