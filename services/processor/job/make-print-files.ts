import type { S3Client } from '@aws-sdk/client-s3'
import type { Clock } from '#chassis/clock.ts'
import type { Log } from '#chassis/log.ts'
import type { Delivery } from '#chassis/queue-reader.ts'
import type { ProcessReport } from '#contracts/messages/process-report.ts'
import type { ProcessTicket, Source } from '#contracts/messages/process-ticket.ts'
import type { Lookup } from '../fetch/address-guard.ts'
import { type FetchedSource, fetchSources } from '../fetch/fetch-sources.ts'
import { planJob } from '../plan/plan-job.ts'
import { contentHashOf } from '../publish/content-hash.ts'
import { earlierReport } from '../publish/earlier-report.ts'
import { publish } from '../publish/publish.ts'
import { createResultStore } from '../publish/result-store.ts'
import { InspectAnswer, ProduceAnswer, VerifyAnswer } from '../sandbox/protocol.ts'
import type { Sandbox } from '../sandbox/sandbox.ts'
import { finding } from './finding.ts'
import { Rejected } from './rejected.ts'
import { sniffSources } from './sniff-sources.ts'

export type JobContext = {
  readonly s3: S3Client
  readonly sourcesBucket: string
  readonly printFilesBucket: string
  readonly allowedOrigins: readonly string[]
  readonly lookup: Lookup
  readonly clock: Clock
  readonly log: Log
}

type Ready = Extract<ProcessReport, { outcome: 'ready' }>

/** A converter may take this long, and a second more for every so many bytes of sources. */
const baseMilliseconds = 60_000
const bytesPerSecond = 2_000_000

/**
 * The way of one ticket through the rooms: fetch, sniff, inspect, plan, produce (and assemble), verify, publish.
 * Safe to run twice: everything is named by its content, and a finished result is found again instead of being remade.
 */
export async function makePrintFiles(
  ticket: ProcessTicket,
  sandbox: Sandbox,
  context: JobContext,
  { receiveCount, signal }: Pick<Delivery, 'receiveCount' | 'signal'>,
): Promise<Ready> {
  const lap = startLaps()
  const fetched = await fetchAll(ticket, sandbox.folder, context, receiveCount, signal)
  lap('fetch')
  const contentHash = contentHashOf(ticket, fetched)
  const store = createResultStore(context.s3, context.printFilesBucket, `${ticket.outputPrefix}${contentHash}/`, signal)
  const earlier = await earlierReport(store, ticket, context.clock.now())
  lap('look_up')
  if (earlier) return earlier

  const sources = sniffSources(fetched)
  const limit = baseMilliseconds + (sizeOf(fetched) / bytesPerSecond) * 1000
  const { facts } = await sandbox.ask({ task: 'inspect', sources: [...sources] }, InspectAnswer, limit)
  lap('inspect')
  const planned = planJob({
    product: ticket.product,
    title: ticket.title,
    options: ticket.options,
    sources: fetched.flatMap(({ source }, index) => {
      const [file, seen] = [sources[index], facts[index]]
      return file && seen ? [{ role: source.role, label: file.label, facts: seen }] : []
    }),
  })
  if (planned.outcome === 'reject') throw new Rejected(planned.findings)
  const { plan, pages } = planned
  const documentId = contentHash.slice(0, 32)
  const made = await sandbox.ask({ task: 'produce', sources: [...sources], plan, documentId }, ProduceAnswer, limit)
  lap('produce')
  const expected = plan.components.map(({ pages: _, ...component }) => component)
  const checked = await sandbox.ask({ task: 'verify', outputs: made.outputs, expected }, VerifyAnswer, limit)
  lap('verify')
  if (checked.faults.length > 0) throw notVerified(checked.faults, context.log)
  const findings = [...planned.findings, ...made.findings]
  const { outputs } = made
  const { previews } = checked
  const result = { ticket, contentHash, fetched, facts, plan, pages, findings, outputs, previews }
  const report = await publish(result, sandbox.folder, store, context.clock.now())
  context.log.info({ pages, stageMs: lap('publish') }, 'print_files_made')
  return report
}

/** Milliseconds since the last call, by stage, for the log. */
function startLaps() {
  const laps: Record<string, number> = {}
  let last = performance.now()
  return (stage: string): Readonly<Record<string, number>> => {
    const now = performance.now()
    laps[stage] = Math.round(now - last)
    last = now
    return laps
  }
}

async function fetchAll(
  ticket: ProcessTicket,
  folder: string,
  context: JobContext,
  attempt: number,
  signal: AbortSignal,
): Promise<readonly FetchedSource[]> {
  // The ticket's order says nothing: the same files give the same result however they are listed.
  const sources = ticket.sources.toSorted(byRoleAndPosition)
  const { s3, sourcesBucket: bucket, allowedOrigins, lookup } = context
  const fetched = await fetchSources({ sources, folder, s3, bucket, allowedOrigins, lookup, attempt, signal })
  if (fetched.refusals.length > 0) throw new Rejected(fetched.refusals)
  return fetched.sources
}

const byRoleAndPosition = (one: Source, other: Source): number =>
  one.role === other.role ? one.position - other.position : one.role < other.role ? -1 : 1

const sizeOf = (fetched: readonly FetchedSource[]): number => fetched.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)

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
