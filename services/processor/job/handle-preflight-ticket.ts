import type { Delivery } from '#chassis/queue-reader.ts'
import type { PreflightAnswer, PreflightResult } from '#contracts/messages/preflight-result.ts'
import type { PreflightTicket } from '#contracts/messages/preflight-ticket.ts'
import { fetchAttempts } from '../fetch/limits.ts'
import { earlierAnswer, publishPreflight } from '../publish/publish-preflight.ts'
import { createResultStore, type ResultStore } from '../publish/result-store.ts'
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
  const context = { ...options, log }
  const store = createResultStore(options.s3, options.printFilesBucket, ticket.outputPrefix, delivery.signal)
  const earlier = mayBeAnswered(ticket, options.clock.now()) ? await earlierAnswer(store) : undefined
  if (earlier) await send({ outcome: 'completed', answer: earlier })
  else await checkAndTell(ticket, context, delivery, store, send)
  log.info({ isRepeated: earlier !== undefined, durationMs: Math.round(performance.now() - beganAt) }, 'preflight_done')
}

/** Younger ones have been rung for once only. */
const rungOnceSeconds = 20

const mayBeAnswered = ({ issuedAt }: PreflightTicket, now: Date): boolean =>
  now.getTime() - Date.parse(issuedAt) > rungOnceSeconds * 1000

async function checkAndTell(
  ticket: PreflightTicket,
  context: TicketHandlerOptions,
  delivery: Delivery,
  store: ResultStore,
  send: (news: News) => Promise<void>,
): Promise<void> {
  const steps = createStepReporter((step) => send({ outcome: 'progress', step }))
  const rooms = await enterRooms(context.pool, delivery.signal)
  try {
    const work = () => check(ticket, rooms, context, delivery, steps.at)
    const checked = await resultOrRejection(work, delivery, context.log)
    // Nothing more is said about a step once the answer is on its way.
    steps.end()
    if (isOurFault(checked)) {
      await send({ outcome: 'failed', failure: 'processing_failed' })
      return
    }
    const told = checked instanceof Rejected ? refusedFiles(ticket, ticket.sources, checked) : checked
    const answer = await publishPreflight(told, ticket.product?.sku, rooms.producer.folder, store)
    // Before the rooms are left: a successor of the converter is started then, and takes the processor's time.
    await send({ outcome: 'completed', answer })
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
