import type { Delivery } from '#chassis/queue-reader.ts'
import type { PreflightAnswer, PreflightResult } from '#contracts/messages/preflight-result.ts'
import type { PreflightTicket } from '#contracts/messages/preflight-ticket.ts'
import { fetchAttempts } from '../fetch/limits.ts'
import { publishPreflight } from '../publish/publish-preflight.ts'
import { createResultStore } from '../publish/result-store.ts'
import { type Checked, checkFiles, refusedFiles, type Step } from './check-files.ts'
import type { TicketHandlerOptions } from './handle-process-ticket.ts'
import { Rejected } from './rejected.ts'
import { createStepReporter } from './report-steps.ts'
import { resultOrRejection } from './result-or-rejection.ts'
import { enterRooms, type Rooms } from './rooms.ts'
import { showFiles } from './show-files.ts'
import { asJobSource, withSources } from './with-sources.ts'

/**
 * The way of a preflight ticket: the checks of production and pictures of the first pages, and no print file. May run twice: the same
 * files get the same answer under the same names, and order-api takes the first.
 */
export async function handlePreflightTicket(
  ticket: PreflightTicket,
  options: TicketHandlerOptions,
  delivery: Delivery,
): Promise<void> {
  const { ticketId, preflightId, accountId, isTest } = ticket
  const log = options.log.child({ ticketId, preflightId, attempt: delivery.receiveCount })
  const beganAt = performance.now()
  const send = async (news: News): Promise<void> => {
    const at = options.clock.now().toISOString()
    const result: PreflightResult = { type: 'preflight_result', ticketId, preflightId, accountId, isTest, at, ...news }
    await options.writer.send(options.statusQueueUrl, result)
  }
  const steps = createStepReporter((step) => send({ outcome: 'progress', step }))
  const rooms = await enterRooms(options.pool, delivery.signal)
  try {
    const context = { ...options, log }
    const checked = await resultOrRejection(() => check(ticket, rooms, context, delivery, steps.at), delivery, log)
    // Nothing more is said about a step once the answer is on its way.
    steps.end()
    const news = isOurFault(checked)
      ? ({ outcome: 'failed', failure: 'processing_failed' } as const)
      : ({ outcome: 'completed', answer: await published(ticket, checked, rooms, context, delivery) } as const)
    await send(news)
    log.info({ outcome: news.outcome, durationMs: Math.round(performance.now() - beganAt) }, 'preflight_done')
  } finally {
    steps.end()
    await rooms.leave()
  }
}

type News =
  | { readonly outcome: 'progress'; readonly step: Step }
  | { readonly outcome: 'completed'; readonly answer: PreflightAnswer }
  | { readonly outcome: 'failed'; readonly failure: 'processing_failed' }

const isOurFault = (checked: Checked | Rejected): checked is Rejected =>
  checked instanceof Rejected && checked.findings.some(({ code }) => code === 'PROCESSING_FAILED')

async function check(
  ticket: PreflightTicket,
  rooms: Rooms,
  context: TicketHandlerOptions,
  { signal }: Delivery,
  at: (step: Step) => void,
): Promise<Checked> {
  // Somebody waits: an address that does not answer is told at once, as an order would be told after its last try.
  const turn = { receiveCount: fetchAttempts, signal }
  return await withSources(ticket.sources, rooms, context, turn, async (fetched) => {
    at('checking')
    const { files, facts, checked } = await checkFiles(fetched.map(asJobSource), ticket, rooms)
    at('drawing')
    return { ...checked, shown: await showFiles(rooms.producer, files, facts, context.log) }
  })
}

async function published(
  ticket: PreflightTicket,
  checked: Checked | Rejected,
  rooms: Rooms,
  { s3, printFilesBucket }: TicketHandlerOptions,
  { signal }: Delivery,
): Promise<PreflightAnswer> {
  const told = checked instanceof Rejected ? refusedFiles(ticket, ticket.sources, checked) : checked
  const store = createResultStore(s3, printFilesBucket, ticket.outputPrefix, signal)
  return await publishPreflight(told, ticket.product?.sku, rooms.producer.folder, store)
}
