import type { Delivery } from '#chassis/queue-reader.ts'
import type { ThumbnailResult } from '#contracts/messages/thumbnail-result.ts'
import type { ThumbnailTicket } from '#contracts/messages/thumbnail-ticket.ts'
import type { TicketHandlerOptions } from '../job/handle-process-ticket.ts'
import { Rejected } from '../job/rejected.ts'
import { resultOrRejection } from '../job/result-or-rejection.ts'
import { enterRooms } from '../job/rooms.ts'
import { createResultStore, type ResultStore } from '../publish/result-store.ts'
import { earlierThumbnail, keepThumbnail, type Told } from './earlier-thumbnail.ts'
import { failureWords } from './failure-words.ts'
import { makeThumbnail } from './make-thumbnail.ts'
import { putThumbnail } from './put-thumbnail.ts'

/**
 * The way of a thumbnail ticket: pictures in every size and format in the documents buckets, then word of it on the status queue. May run
 * twice: the same file gives the same pictures under the same names, and order-api takes the first word.
 */
export async function handleThumbnailTicket(
  ticket: ThumbnailTicket,
  options: TicketHandlerOptions,
  delivery: Delivery,
): Promise<void> {
  const { ticketId, publicationId, accountId, isTest, issuedAt } = ticket
  const log = options.log.child({ ticketId, publicationId, attempt: delivery.receiveCount })
  const beganAt = performance.now()
  const now = options.clock.now()
  // Everything under this prefix goes by itself after a week.
  const prefix = `preflights/${accountId}/${ticketId}/`
  const store = createResultStore(options.s3, options.printFilesBucket, prefix, delivery.signal)
  const isRungAgain = now.getTime() - Date.parse(issuedAt) > rungOnceSeconds * 1000
  const earlier = isRungAgain ? await earlierThumbnail(store) : undefined
  const told = earlier ?? (await make(ticket, { ...options, log }, delivery, store))
  const at = options.clock.now().toISOString()
  const heading = { type: 'thumbnail_result', ticketId, publicationId, accountId, isTest, at } as const
  const result: ThumbnailResult = { ...heading, ...told }
  await options.writer.send(options.statusQueueUrl, result)
  const durationMs = Math.round(performance.now() - beganAt)
  log.info({ isRepeated: earlier !== undefined, isMade: told.thumbnail !== undefined, durationMs }, 'thumbnail_done')
}

/** Younger ones have been rung for once only: nobody has answered them. */
const rungOnceSeconds = 20

async function make(
  ticket: ThumbnailTicket,
  context: TicketHandlerOptions,
  delivery: Delivery,
  store: ResultStore,
): Promise<Told> {
  const rooms = await enterRooms(context.pool, delivery.signal)
  try {
    const work = async () => {
      const made = await makeThumbnail(ticket, rooms, context, delivery)
      return await putThumbnail(made, ticket.publicationId, context, delivery.signal)
    }
    const made = await resultOrRejection(work, delivery, context.log)
    const told = made instanceof Rejected ? { failure: failureWords(made.findings) } : { thumbnail: made }
    if (!(made instanceof Rejected) || !isOurFault(made)) await keepThumbnail(store, told)
    return told
  } finally {
    await rooms.leave()
  }
}

/** Another copy of the ticket may find it mended. */
const isOurFault = ({ findings }: Rejected): boolean => findings.some(({ code }) => code === 'PROCESSING_FAILED')
