import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Finding } from '#contracts/findings.ts'
import type { Facts } from '../inspect/facts.ts'
import type { JobPlan } from '../plan/job-plan.ts'
import { copyPlain } from '../sandbox/copy-plain.ts'
import type { PreviewFile } from '../sandbox/protocol.ts'
import { type ConvertJob, convert } from './convert.ts'
import { type LocalContext, type LocalFile, type LocalSpec, withLocalJob } from './local-job.ts'
import { lookInto } from './look-into.ts'
import { Rejected } from './rejected.ts'
import type { Rooms } from './rooms.ts'

export type PreflightSpec = LocalSpec & {
  /** Where pictures of the pages as they would be printed go; without it none are made, which is much faster. */
  readonly previewFolder?: string
}

/** What an order of these files would come to. Without a plan it would be refused: the findings say why. */
export type Preflight = {
  readonly sources: ConvertJob['sources']
  /** Empty when a file is of no known format. */
  readonly facts: readonly Facts[]
  readonly findings: readonly Finding[]
  readonly plan?: JobPlan
  /** Of content, before padding. */
  readonly pages?: number
  readonly previews: readonly PreviewFile[]
}

/** Checks files of this machine against a product without an order and without any cloud. */
export async function preflight(
  files: readonly LocalFile[],
  spec: PreflightSpec,
  context: LocalContext,
): Promise<Preflight> {
  const { previewFolder } = spec
  const look = async (job: ConvertJob, rooms: Rooms): Promise<Preflight> => {
    if (previewFolder !== undefined) return await withPreviews(job, rooms, previewFolder, context)
    const { facts, planned } = await lookInto(job, rooms.producer)
    return { sources: job.sources, facts, previews: [], ...planned }
  }
  try {
    // Without pictures nothing is made, and nothing judged.
    return await withLocalJob(files, spec, context, look, previewFolder === undefined ? 1 : undefined)
  } catch (error) {
    if (error instanceof Rejected) return { sources: [], facts: [], findings: error.findings, previews: [] }
    throw error
  }
}

async function withPreviews(job: ConvertJob, rooms: Rooms, target: string, { log }: LocalContext): Promise<Preflight> {
  const { folder, previews, proofs: _, ...made } = await convert(job, { rooms, log })
  await mkdir(target, { recursive: true })
  for (const { file } of previews) {
    await rm(join(target, file), { force: true })
    await copyPlain(join(folder, file), join(target, file), 'new')
  }
  return { sources: job.sources, ...made, previews }
}
