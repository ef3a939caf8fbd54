import type { Product } from '#contracts/catalogue/product.ts'
import type { Design } from '#contracts/design.ts'
import type { Facts } from '../inspect/facts.ts'
import { withRepairs } from '../inspect/with-repairs.ts'
import { type Planned, planJob } from '../plan/plan-job.ts'
import { InspectAnswer, type SourceFile } from '../sandbox/protocol.ts'
import type { Sandbox } from '../sandbox/sandbox.ts'
import { labelOf } from '../source/label.ts'
import type { JobSource } from './job-source.ts'
import type { Lap } from './laps.ts'
import { sniffSources } from './sniff-sources.ts'

/** What is to be made of which files. */
export type JobSpec = {
  readonly product: Product
  readonly title?: string
  readonly options: Readonly<Record<string, string>>
  readonly design?: Design
  readonly sources: readonly JobSource[]
}

export type Looked = {
  readonly files: readonly SourceFile[]
  readonly facts: readonly Facts[]
  readonly planned: Planned
}

/** A converter may take this long, and a second more for every so many bytes of sources. */
const baseMilliseconds = 60_000
const bytesPerSecond = 2_000_000

/** Sniffs, inspects and plans: everything that needs no print file. Throws Rejected for files of no known format. */
export async function lookInto(job: JobSpec, inspector: Sandbox, lap?: Lap): Promise<Looked> {
  const files = sniffSources(job.sources.map(asFetched))
  const limit = limitMillisecondsOf(job)
  const { facts } = await withRepairs(inspector.folder, files, (sources) =>
    inspector.ask({ task: 'inspect', sources }, InspectAnswer, limit),
  )
  lap?.('inspect')
  const planned = planJob({
    product: job.product,
    title: job.title,
    options: job.options,
    ...(job.design ? { design: job.design } : {}),
    sources: job.sources.flatMap((source, index) => {
      const seen = facts[index]
      return seen ? [{ role: source.role, label: labelOf(source), facts: seen }] : []
    }),
  })
  lap?.('plan')
  return { files, facts, planned }
}

/** How long each child may take for its task. */
export const limitMillisecondsOf = ({ sources }: JobSpec): number =>
  baseMilliseconds + (sources.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) / bytesPerSecond) * 1000

const asFetched = ({ role, position, contentType, ...saved }: JobSource) => ({
  ...saved,
  source: { role, position, ...(contentType === undefined ? {} : { contentType }) },
})
