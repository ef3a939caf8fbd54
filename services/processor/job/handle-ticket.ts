import { Transient } from '#chassis/errors.ts'
import type { Log } from '#chassis/log.ts'
import type { Delivery } from '#chassis/queue-reader.ts'
import type { QueueWriter } from '#chassis/queue-writer.ts'
import type { Finding } from '#contracts/findings.ts'
import type { PreflightReport } from '#contracts/messages/preflight-report.ts'
import { findingsInReport, type ProcessReport } from '#contracts/messages/process-report.ts'
import { ProcessTicket } from '#contracts/messages/process-ticket.ts'
import { parse } from '#contracts/parse.ts'
import { reportName } from '../publish/publish.ts'
import { createResultStore } from '../publish/result-store.ts'
import type { SandboxPool } from '../sandbox/pool.ts'
import { SandboxError } from '../sandbox/sandbox-error.ts'
import { finding } from './finding.ts'
import { type JobContext, makePrintFiles } from './make-print-files.ts'
import { Rejected } from './rejected.ts'
import { createProgressReporter } from './report-progress.ts'
import { enterRooms, type Rooms } from './rooms.ts'

export type TicketHandlerOptions = JobContext & {
  readonly pool: SandboxPool
  readonly writer: QueueWriter
  readonly statusQueueUrl: string
}

/** A fault of ours is tried again this often, as it may belong to a machine; then the order is told instead of waiting for ever. */
const faultyDeliveries = 5
/** A converter stopped from outside is given this many deliveries before its file is blamed. */
const stoppedDeliveries = 3

/**
 * Handles one delivery of a process ticket: started, then ready or rejected on the status queue; resolving acknowledges.
 * May run twice: results are named by content, and reports say the same. On `signal` the job is handed back at once.
 */
export function createTicketHandler(options: TicketHandlerOptions) {
  return async (body: unknown, delivery: Delivery): Promise<void> => {
    const ticket = parse('ProcessTicket', ProcessTicket, body)
    const { ticketId, orderId, itemId } = ticket
    const log = options.log.child({ ticketId, orderId, itemId, attempt: delivery.receiveCount })
    const beganAt = performance.now()
    const heading = () =>
      ({ type: 'process_report', ticketId, orderId, itemId, at: options.clock.now().toISOString() }) as const
    const send = async (report: ProcessReport): Promise<void> =>
      await options.writer.send(options.statusQueueUrl, report)

    const started = send({ ...heading(), outcome: 'started' })
    // Awaited below; until then a failure must not count as unhandled.
    started.catch(() => undefined)
    const rooms = await enterRooms(options.pool, delivery.signal)
    try {
      const onProgress = createProgressReporter(options.clock, async (progress) => {
        await send({ ...heading(), outcome: 'progress', ...progress })
      })
      const result = await outcomeOf(ticket, rooms, { ...options, log, onProgress }, delivery)
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

async function outcomeOf(ticket: ProcessTicket, rooms: Rooms, context: JobContext, delivery: Delivery) {
  const { signal } = delivery
  try {
    return await makePrintFiles(ticket, rooms, context, delivery)
  } catch (error) {
    if (signal.aborted)
      throw new Transient('Handed back: this machine is leaving', { cause: error, retryAfterSeconds: 0 })
    if (error instanceof Rejected) return error
    if (error instanceof SandboxError) return converterFailed(error, delivery, context.log)
    if (error instanceof Transient || delivery.receiveCount < faultyDeliveries) throw error
    context.log.error({ err: error }, 'processing_given_up')
    return new Rejected([ourFault()], { cause: error })
  }
}

function converterFailed(error: SandboxError, { receiveCount }: Delivery, log: Log): Rejected {
  log.error({ err: error, reason: error.reason }, 'converter_failed')
  // A converter that never started has not seen the file: the machine or the installation is at fault.
  if (error.reason === 'start' || (error.reason === 'stopped' && receiveCount < stoppedDeliveries)) {
    throw new Transient('The converter was not there', { cause: error, retryAfterSeconds: 10 })
  }
  return new Rejected([error.reason === 'fault' ? unreadable() : tooMuch()], { cause: error })
}

const ourFault = (): Finding =>
  finding('PROCESSING_FAILED', {
    found: 'a fault of our own, several times over',
    wanted: 'print files',
    action: 'Nothing is wrong on your side. Our operators have been told; placing the order again may help meanwhile.',
  })

const tooMuch = (): Finding =>
  finding('RESOURCE_LIMIT', {
    found: 'files that need more memory or time than one job may take',
    wanted: 'files that convert within a minute',
    action: 'Export the document again with pictures at 300 dpi, or flatten complex drawings, and send it again.',
  })

const unreadable = (): Finding =>
  finding('CORRUPT_UNRECOVERABLE', {
    found: 'content that our converter cannot read',
    wanted: 'whole, readable files',
    action: 'Export the files again from the program that made them, and send them again.',
  })
