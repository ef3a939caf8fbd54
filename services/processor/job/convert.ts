import type { Log } from '#chassis/log.ts'
import type { Finding } from '#contracts/findings.ts'
import type { Facts } from '../inspect/facts.ts'
import type { JobPlan } from '../plan/job-plan.ts'
import {
  type Output,
  type PreviewFile,
  ProduceAnswer,
  type Progress,
  type ProofFile,
  VerifyAnswer,
} from '../sandbox/protocol.ts'
import { finding } from './finding.ts'
import type { Lap } from './laps.ts'
import { type JobSpec, limitMillisecondsOf, lookInto } from './look-into.ts'
import { mustBeAsPlanned } from './outputs-as-planned.ts'
import { Rejected } from './rejected.ts'
import type { Rooms } from './rooms.ts'

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
}

/**
 * The way of sources to print files: sniff, inspect, plan, produce (and assemble), verify. Needs no cloud: the sources lie in
 * the producer's folder, the result in the judge's. Throws Rejected with what to tell the customer.
 */
export async function convert(job: ConvertJob, context: ConvertContext): Promise<Converted> {
  const { rooms, lap, onProgress } = context
  const { files, facts, planned } = await lookInto(job, rooms.producer, lap)
  if (planned.outcome === 'reject') throw new Rejected(planned.findings)
  const { plan, pages } = planned
  const limit = limitMillisecondsOf(job)
  const sources = [...files]
  const documentId = job.contentHash.slice(0, 32)
  const made = await rooms.producer.ask(
    { task: 'produce', sources, plan, documentId },
    ProduceAnswer,
    limit,
    onProgress,
  )
  lap?.('produce')
  const { outputs } = made
  mustBeAsPlanned(outputs, plan, files)
  const judge = await rooms.toJudge([...outputs.map(({ file }) => file), ...files.map(({ file }) => file)])
  const checked = await judge.ask({ task: 'verify', sources, plan, outputs }, VerifyAnswer, limit)
  // As dead as the producer: what it has judged can no longer be changed, nor what it has drawn.
  await judge.end()
  lap?.('verify')
  if (checked.faults.length > 0) throw notVerified(checked.faults, context.log)
  const findings = [...planned.findings, ...made.findings, ...checked.findings]
  const { previews, proofs } = checked
  return { folder: judge.folder, facts, plan, pages, findings, outputs, previews, proofs }
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
