import type { Static, TSchema } from 'typebox'
import type { Delivery } from '#chassis/queue-reader.ts'
import type { ProofResult } from '#contracts/messages/proof-result.ts'
import type { ThumbnailResult } from '#contracts/messages/thumbnail-result.ts'
import type { ThumbnailTicket } from '#contracts/messages/thumbnail-ticket.ts'
import type { TicketHandlerOptions } from '../job/handle-process-ticket.ts'
import { Rejected } from '../job/rejected.ts'
import { resultOrRejection } from '../job/result-or-rejection.ts'
import { enterRooms, type Rooms } from '../job/rooms.ts'
import { createResultStore, type ResultStore } from '../publish/result-store.ts'
import { earlierTold, keepTold } from './earlier-told.ts'

type Heading = Omit<ThumbnailResult, 'type' | 'thumbnail' | 'failure'>
type Ticket = Pick<ThumbnailTicket, 'ticketId' | 'publicationId' | 'accountId' | 'isTest' | 'issuedAt'>

/** What is asked of the file of a publication, and how order-api is told. */
export type PublicationWork<T extends TSchema> = {
  readonly kind: 'thumbnail' | 'proof'
  readonly told: T
  readonly make: (rooms: Rooms, context: TicketHandlerOptions) => Promise<Static<T>>
  /** What is told of a file that cannot be had or opened. */
  readonly refused: (rejected: Rejected) => Static<T>
  readonly resultOf: (heading: Heading, told: Static<T>) => ThumbnailResult | ProofResult
}

/**
 * Does the work of a ticket and tells of it on the status queue. May run twice: the same file gives the same pictures under the same names,
 * and order-api takes the first word.
 */
export async function tellOfPublication<T extends TSchema>(
  { ticketId, publicationId, accountId, isTest, issuedAt }: Ticket,
  work: PublicationWork<T>,
  options: TicketHandlerOptions,
  delivery: Delivery,
): Promise<void> {
  const log = options.log.child({ ticketId, publicationId, attempt: delivery.receiveCount })
  const beganAt = performance.now()
  const isRungAgain = options.clock.now().getTime() - Date.parse(issuedAt) > rungOnceSeconds * 1000
  // Everything under this prefix goes by itself after a week.
  const prefix = `preflights/${accountId}/${ticketId}/`
  const store = createResultStore(options.s3, options.printFilesBucket, prefix, delivery.signal)
  const earlier = isRungAgain ? await earlierTold(store, work.kind, work.told) : undefined
  const told = earlier ?? (await workedOut(work, { ...options, log }, delivery, store))
  const at = options.clock.now().toISOString()
  await options.writer.send(
    options.statusQueueUrl,
    work.resultOf({ ticketId, publicationId, accountId, isTest, at }, told),
  )
  const durationMs = Math.round(performance.now() - beganAt)
  log.info({ isRepeated: earlier !== undefined, durationMs }, `${work.kind}_done`)
}

/** Younger ones have been rung for once only: nobody has answered them. */
const rungOnceSeconds = 20

async function workedOut<T extends TSchema>(
  { kind, make, refused }: PublicationWork<T>,
  context: TicketHandlerOptions,
  delivery: Delivery,
  store: ResultStore,
): Promise<Static<T>> {
  const rooms = await enterRooms(context.pool, delivery.signal)
  try {
    const made = await resultOrRejection(() => make(rooms, context), delivery, context.log)
    if (!(made instanceof Rejected)) {
      await keepTold(store, kind, made)
      return made
    }
    const told = refused(made)
    if (!isOurFault(made)) await keepTold(store, kind, told)
    return told
  } finally {
    await rooms.leave()
  }
}

/** Another copy of the ticket may find it mended. */
const isOurFault = ({ findings }: Rejected): boolean => findings.some(({ code }) => code === 'PROCESSING_FAILED')
