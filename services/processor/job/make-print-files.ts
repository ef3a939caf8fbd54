import type { Clock } from '#chassis/clock.ts'
import type { Log } from '#chassis/log.ts'
import type { Delivery } from '#chassis/queue-reader.ts'
import type { ProcessReport } from '#contracts/messages/process-report.ts'
import type { ProcessTicket } from '#contracts/messages/process-ticket.ts'
import type { FetchedSource } from '../fetch/fetch-sources.ts'
import { contentHashOf } from '../publish/content-hash.ts'
import { earlierReport } from '../publish/earlier-report.ts'
import { createPieceStore, type PieceStore } from '../publish/piece-store.ts'
import { publish } from '../publish/publish.ts'
import { createResultStore } from '../publish/result-store.ts'
import type { Progress } from '../sandbox/protocol.ts'
import { convert } from './convert.ts'
import { type Lap, startLaps } from './laps.ts'
import type { Rooms } from './rooms.ts'
import { asJobSource, type SourceContext, withSources } from './with-sources.ts'

export type JobContext = SourceContext & {
  readonly printFilesBucket: string
  readonly clock: Clock
  readonly onProgress?: (progress: Progress) => void
}

type Ready = Extract<ProcessReport, { outcome: 'ready' }>

/**
 * The way of one ticket: fetch, convert (sniff, inspect, plan, produce, assemble, verify), publish.
 * Safe to run twice: everything is named by its content, and a finished result is found again instead of being remade.
 */
export async function makePrintFiles(
  ticket: ProcessTicket,
  rooms: Rooms,
  context: JobContext,
  delivery: Pick<Delivery, 'receiveCount' | 'signal'>,
): Promise<Ready> {
  const lap = startLaps()
  return await withSources(ticket.sources, rooms, context, delivery, (fetched) =>
    makeOf(fetched, { ticket, rooms, context, delivery, lap }),
  )
}

type Making = {
  readonly ticket: ProcessTicket
  readonly rooms: Rooms
  readonly context: JobContext
  readonly delivery: Pick<Delivery, 'receiveCount' | 'signal'>
  readonly lap: Lap
}

/** Throws NeedsWholeSource where a source that was left in the store cannot be used from there. */
async function makeOf(fetched: readonly FetchedSource[], making: Making): Promise<Ready> {
  const { ticket, rooms, context, delivery, lap } = making
  const { receiveCount, signal } = delivery
  lap('fetch')
  const { product, title, options, design } = ticket
  const named = { ...(title === undefined ? {} : { title }), ...(design === undefined ? {} : { design }) }
  const spec = { product, options, ...named, sources: fetched.map(asJobSource) }
  const contentHash = contentHashOf(spec)
  const store = createResultStore(context.s3, context.printFilesBucket, `${ticket.outputPrefix}${contentHash}/`, signal)
  const earlier = await earlierReport(store, ticket, context.clock.now())
  lap('look_up')
  if (earlier) return earlier
  const { folder } = rooms.producer
  const pieces = createPieceStore(context.s3, context.printFilesBucket, store.keyOf('pieces/'), signal)
  // Only a job that was begun before can have left something.
  const broughtBack = receiveCount > 1 ? await pieces.bringBack(folder) : 0
  const kept: Promise<boolean>[] = []
  const onProgress = (progress: Progress): void => {
    if (progress.piece !== undefined) kept.push(keepPiece(pieces, progress.piece, folder, context.log))
    context.onProgress?.(progress)
  }
  const work = { rooms, log: context.log, lap, onProgress }
  const converted = await convert({ ...spec, contentHash }, work).catch(async (error: unknown) => {
    // Whoever goes on from here wants them, and the folder they are read from is about to go.
    await Promise.all(kept)
    throw error
  })
  const report = await publish({ ticket, contentHash, fetched, converted }, store, context.clock.now())
  const newPieces = (await Promise.all(kept)).filter(Boolean).length
  await pieces.remove()
  context.log.info({ pages: converted.pages, newPieces, broughtBack, stageMs: lap('publish') }, 'print_files_made')
  return report
}

/** A piece that is not kept costs the time to make it again, and nothing else. */
async function keepPiece(pieces: PieceStore, piece: string, folder: string, log: Log): Promise<boolean> {
  try {
    return await pieces.keep(piece, folder)
  } catch (error) {
    log.warn({ err: error, piece }, 'piece_not_kept')
    return false
  }
}
