import type { S3Client } from '@aws-sdk/client-s3'
import type { Lookup } from '#chassis/http/address-guard.ts'
import type { Log } from '#chassis/log.ts'
import type { Delivery } from '#chassis/queue-reader.ts'
import type { Source } from '#contracts/messages/process-ticket.ts'
import { type FetchedSource, fetchSources } from '../fetch/fetch-sources.ts'
import { rangedFromBytes } from '../fetch/limits.ts'
import { NeedsWholeSource } from '../ranges/needs-whole-source.ts'
import { byRoleAndPosition, type JobSource } from './job-source.ts'
import { Rejected } from './rejected.ts'
import type { Rooms } from './rooms.ts'

export type SourceContext = {
  readonly s3: S3Client
  readonly sourcesBucket: string
  readonly allowedOrigins: readonly string[]
  readonly lookup: Lookup
  readonly log: Log
  /** Stored PDFs of this size and more are read where they are; fetch/limits.ts says from which on, if nothing else is said. */
  readonly rangedFromBytes?: number
}

type Turn = Pick<Delivery, 'receiveCount' | 'signal'>

/**
 * Brings the sources of a ticket into the producer's folder and gives them to `use`; where it throws NeedsWholeSource, once more
 * with what had been left in the store. Throws Rejected for sources that cannot be had.
 */
export async function withSources<T>(
  sources: readonly Source[],
  rooms: Rooms,
  context: SourceContext,
  turn: Turn,
  use: (fetched: readonly FetchedSource[]) => Promise<T>,
): Promise<T> {
  const fetched = await fetchAll(sources, rooms.producer.folder, context, turn)
  try {
    return await use(fetched)
  } catch (error) {
    if (!(error instanceof NeedsWholeSource)) throw error
    context.log.info({ why: error.message }, 'source_wanted_whole')
    const { producer } = rooms
    await rooms.beginAgain()
    // What was brought into a folder that is gone has to be brought again.
    const had = rooms.producer === producer ? fetched : undefined
    const ordinary = { ...context, rangedFromBytes: Number.POSITIVE_INFINITY }
    return await use(await fetchAll(sources, rooms.producer.folder, ordinary, turn, had))
  }
}

export const asJobSource = ({ source, stored, hash: _, ...saved }: FetchedSource): JobSource => ({
  ...saved,
  ...(stored === undefined ? {} : { etag: stored.etag }),
  role: source.role,
  position: source.position,
  ...(source.contentType === undefined ? {} : { contentType: source.contentType }),
})

async function fetchAll(
  listed: readonly Source[],
  folder: string,
  context: SourceContext,
  { receiveCount: attempt, signal }: Turn,
  had?: readonly FetchedSource[],
): Promise<readonly FetchedSource[]> {
  // The ticket's order says nothing: the same files give the same result however they are listed.
  const sources = listed.toSorted(byRoleAndPosition)
  const { s3, sourcesBucket: bucket, allowedOrigins, lookup } = context
  const fetched = await fetchSources({
    ...{ sources, folder, s3, bucket, allowedOrigins, lookup, attempt, signal },
    rangedFromBytes: context.rangedFromBytes ?? rangedFromBytes,
    ...(had === undefined ? {} : { had }),
  })
  if (fetched.refusals.length > 0) throw new Rejected(fetched.refusals)
  return fetched.sources
}
