import type { Delivery } from '#chassis/queue-reader.ts'
import type { QueueWriter } from '#chassis/queue-writer.ts'
import type { PreflightReport } from '#contracts/messages/preflight-report.ts'
import { findingsInReport, type ProcessReport } from '#contracts/messages/process-report.ts'
import type { ProcessTicket } from '#contracts/messages/process-ticket.ts'
import { reportName } from '../publish/publish.ts'
import { createResultStore } from '../publish/result-store.ts'
import type { SandboxPool } from '../sandbox/pool.ts'
import type { DocumentStores } from '../thumbnail/put-thumbnail.ts'
import { type JobContext, makePrintFiles } from './make-print-files.ts'
import { Rejected } from './rejected.ts'
import { createProgressReporter } from './report-progress.ts'
import { resultOrRejection } from './result-or-rejection.ts'
import { enterRooms } from './rooms.ts'

export type TicketHandlerOptions = JobContext & {
  readonly pool: SandboxPool
  readonly writer: QueueWriter
  readonly statusQueueUrl: string
  readonly documents: DocumentStores
}

/**
 * The way of a process ticket: started, then ready or rejected on the status queue. May run twice: results are named by content,
 * and reports say the same.
 */
export async function handleProcessTicket(
  ticket: ProcessTicket,
  options: TicketHandlerOptions,
  delivery: Delivery,
): Promise<void> {
  const { ticketId, orderId, itemId } = ticket
  const log = options.log.child({ ticketId, orderId, itemId, attempt: delivery.receiveCount })
  const beganAt = performance.now()
  const heading = () =>
    ({ type: 'process_report', ticketId, orderId, itemId, at: options.clock.now().toISOString() }) as const
  const send = async (report: ProcessReport): Promise<void> => await options.writer.send(options.statusQueueUrl, report)

  const started = send({ ...heading(), outcome: 'started' })
  // Awaited below; until then a failure must not count as unhandled.
  started.catch(() => undefined)
  const rooms = await enterRooms(options.pool, delivery.signal)
  try {
    const onProgress = createProgressReporter(options.clock, async (progress) => {
      await send({ ...heading(), outcome: 'progress', ...progress })
    })
    const context = { ...options, log, onProgress }
    const work = () => makePrintFiles(ticket, rooms, context, delivery)
    const result = await resultOrRejection(work, delivery, log)
    await started
    await send(
      result instanceof Rejected
        ? {
            ...heading(),
            outcome: 'rejected',
            findings: result.findings.slice(0, findingsInReport),
            reportKey: await storeRefusal(options, ticket, result, delivery.signal),
          }
        : result,
    )
    const outcome = result instanceof Rejected ? result.message : result.outcome
    log.info({ outcome, durationMs: Math.round(performance.now() - beganAt) }, 'ticket_done')
  } finally {
    await rooms.leave()
  }
}

/** All findings of a refusal, under the ticket's own name: there may be no content to name it by. */
async function storeRefusal(
  { s3, printFilesBucket }: JobContext,
  { outputPrefix, ticketId, product }: ProcessTicket,
  { findings }: Rejected,
  signal: AbortSignal,
): Promise<string> {
  const store = createResultStore(s3, printFilesBucket, `${outputPrefix}${ticketId}/`, signal)
  const report: PreflightReport = {
    ...{ type: 'preflight_report', version: 1, sku: product.sku, outcome: 'rejected' },
    findings: [...findings],
  }
  return await store.putJson(reportName, report)
}
