import type { Product } from '#contracts/catalogue/product.ts'
import type { Design } from '#contracts/design.ts'
import type { Facts } from '../inspect/facts.ts'
import { withRepairs } from '../inspect/with-repairs.ts'
import type { JobPlan } from '../plan/job-plan.ts'
import { type Planned, planJob } from '../plan/plan-job.ts'
import { NeedsWholeSource } from '../ranges/needs-whole-source.ts'
import { mostShares, showFarSources } from '../ranges/show-far-sources.ts'
import { InspectAnswer, type SourceFile } from '../sandbox/protocol.ts'
import type { Sandbox } from '../sandbox/sandbox.ts'
import type { JobSource } from './job-source.ts'
import type { Lap } from './laps.ts'
import { sniffSources } from './sniff-sources.ts'
import { type RoledFile, unpackArchives } from './unpack-archives.ts'
import { leftUnproven, mayBeUnproven } from './unproven.ts'

/** What is to be made of which files. */
export type JobSpec = {
  readonly product: Product
  readonly title?: string
  readonly options: Readonly<Record<string, string>>
  readonly design?: Design
  readonly sources: readonly JobSource[]
}

export type Looked = {
  readonly files: readonly RoledFile[]
  readonly facts: readonly Facts[]
  readonly planned: Planned
}

/** A converter may take this long, and a second more for every so many bytes of sources: with start and end under a minute. */
const baseMilliseconds = 50_000
const bytesPerSecond = 2_000_000

/** Sniffs, inspects and plans: everything that needs no print file. Throws Rejected for files of no known format, NeedsWholeSource. */
export async function lookInto(job: JobSpec, inspector: Sandbox, lap?: Lap, isMadeNext = false): Promise<Looked> {
  const mark =
    isMadeNext && !job.design ? (files: readonly RoledFile[]) => mayBeUnproven(files, job.product) : undefined
  const { files, facts } = await inspect(job, inspector, { mostShare: mostShares.producer, ...(mark ? { mark } : {}) })
  lap?.('inspect')
  const planned = plannedOf(job, files, facts)
  lap?.('plan')
  if (planned.outcome === 'plan') wantContinued(job, planned.plan)
  return { files: leftUnproven(files, facts), facts, planned }
}

type HowToInspect = {
  /** How often over the converter may read what is far. */
  readonly mostShare: number
  readonly mark?: (files: readonly RoledFile[]) => readonly RoledFile[]
}

/** Facts of what was sent, whatever is to become of it. Throws Rejected for files of no known format, NeedsWholeSource. */
export async function inspect(
  job: Pick<JobSpec, 'sources'>,
  inspector: Sandbox,
  { mostShare, mark = (files) => files }: HowToInspect,
): Promise<Pick<Looked, 'files' | 'facts'>> {
  const limit = limitMillisecondsOf(job)
  const sniffed = sniffSources(job.sources.map(asFetched))
  const files = await unpackArchives(roled(sniffed, job), inspector, limit)
  await showFarSources(inspector, job.sources, mostShare)
  const { facts } = await withRepairs(inspector.folder, mark(files), async (sources) => {
    const seen = await inspector.ask({ task: 'inspect', sources }, InspectAnswer, limit)
    for (const [index, { file }] of sources.entries()) wantContinuable(job, file, seen.facts[index])
    return seen
  })
  return { files, facts }
}

export const plannedOf = (job: JobSpec, files: readonly RoledFile[], facts: readonly Facts[]): Planned =>
  planJob({
    product: job.product,
    title: job.title,
    options: job.options,
    ...(job.design ? { design: job.design } : {}),
    sources: files.flatMap(({ role, label }, index) => {
      const seen = facts[index]
      return seen ? [{ role, label, facts: seen }] : []
    }),
  })

const roled = (files: readonly SourceFile[], { sources }: Pick<JobSpec, 'sources'>): RoledFile[] =>
  files.flatMap((file, index) => {
    const source = sources[index]
    return source ? [{ ...file, role: source.role }] : []
  })

/** Only a file whose bytes may stay as they are can stay in the store. */
function wantContinuable({ sources }: Pick<JobSpec, 'sources'>, file: string, facts: Facts | undefined): void {
  const isFar = sources.some((source) => source.far && source.file === file)
  if (isFar && !(facts?.kind === 'pdf' && facts.isAppendable)) throw new NeedsWholeSource('a file that is written anew')
}

/** Copied into a file of its own, most of a source is wanted anyway. */
function wantContinued({ sources }: JobSpec, { components }: JobPlan): void {
  for (const [index, { far }] of sources.entries()) {
    if (far && !components.some(({ base }) => base === index)) throw new NeedsWholeSource('pages that are copied')
  }
}

/** How long each child may take for its task. */
export const limitMillisecondsOf = ({ sources }: Pick<JobSpec, 'sources'>): number =>
  baseMilliseconds + (sources.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) / bytesPerSecond) * 1000

const asFetched = ({ role, position, contentType, ...saved }: JobSource) => ({
  ...saved,
  source: { role, position, ...(contentType === undefined ? {} : { contentType }) },
})
