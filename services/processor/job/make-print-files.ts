import type { S3Client } from '@aws-sdk/client-s3'
import type { Clock } from '#chassis/clock.ts'
import type { Lookup } from '#chassis/http/address-guard.ts'
import type { Log } from '#chassis/log.ts'
import type { Delivery } from '#chassis/queue-reader.ts'
import type { ProcessReport } from '#contracts/messages/process-report.ts'
import type { ProcessTicket } from '#contracts/messages/process-ticket.ts'
import { type FetchedSource, fetchSources } from '../fetch/fetch-sources.ts'
import { rangedFromBytes } from '../fetch/limits.ts'
import { contentHashOf } from '../publish/content-hash.ts'
import { earlierReport } from '../publish/earlier-report.ts'
import { createPieceStore, type PieceStore } from '../publish/piece-store.ts'
import { publish } from '../publish/publish.ts'
import { createResultStore } from '../publish/result-store.ts'
import { NeedsWholeSource } from '../ranges/needs-whole-source.ts'
import type { Progress } from '../sandbox/protocol.ts'
import { convert } from './convert.ts'
import { byRoleAndPosition, type JobSource } from './job-source.ts'
import { type Lap, startLaps } from './laps.ts'
import { Rejected } from './rejected.ts'
import type { Rooms } from './rooms.ts'

export type JobContext = {
  readonly s3: S3Client
  readonly sourcesBucket: string
  readonly printFilesBucket: string
  readonly allowedOrigins: readonly string[]
  readonly lookup: Lookup
  readonly clock: Clock
  readonly log: Log
  readonly onProgress?: (progress: Progress) => void
  /** Stored PDFs of this size and more are read where they are; fetch/limits.ts says from which on, if nothing else is said. */
  readonly rangedFromBytes?: number
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
  const fetched = await fetchAll(ticket, rooms.producer.folder, context, delivery)
  try {
    return await makeOf(fetched, { ticket, rooms, context, delivery, lap })
  } catch (error) {
    if (!(error instanceof NeedsWholeSource)) throw error
    context.log.info({ why: error.message }, 'source_wanted_whole')
    const { producer } = rooms
    await rooms.beginAgain()
    // What was brought into a folder that is gone has to be brought again.
    const had = rooms.producer === producer ? fetched : undefined
    const ordinary = { ...context, rangedFromBytes: Number.POSITIVE_INFINITY }
    const whole = await fetchAll(ticket, rooms.producer.folder, ordinary, delivery, had)
    return await makeOf(whole, { ticket, rooms, context, delivery, lap })
  }
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

const asJobSource = ({ source, stored, hash: _, ...saved }: FetchedSource): JobSource => ({
  ...saved,
  ...(stored === undefined ? {} : { etag: stored.etag }),
  role: source.role,
  position: source.position,
  ...(source.contentType === undefined ? {} : { contentType: source.contentType }),
})

async function fetchAll(
  ticket: ProcessTicket,
  folder: string,
  context: JobContext,
  { receiveCount: attempt, signal }: Making['delivery'],
  had?: readonly FetchedSource[],
): Promise<readonly FetchedSource[]> {
  // The ticket's order says nothing: the same files give the same result however they are listed.
  const sources = ticket.sources.toSorted(byRoleAndPosition)
  const { s3, sourcesBucket: bucket, allowedOrigins, lookup } = context
  const fetched = await fetchSources({
    ...{ sources, folder, s3, bucket, allowedOrigins, lookup, attempt, signal },
    rangedFromBytes: context.rangedFromBytes ?? rangedFromBytes,
    ...(had === undefined ? {} : { had }),
  })
  if (fetched.refusals.length > 0) throw new Rejected(fetched.refusals)
  return fetched.sources
}
