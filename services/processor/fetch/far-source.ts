import type { S3Client } from '@aws-sdk/client-s3'
import type { Source } from '#contracts/messages/process-ticket.ts'
import { sniff, sniffedBytes } from '../sniff/sniff.ts'
import { TooManyBytes } from './save-stream.ts'
import { openStoredRanges, type StoredPlace } from './stored-ranges.ts'

/** One version of a stored object. */
export type StoredVersion = StoredPlace & { readonly etag: string }

export type FarRequest = {
  readonly s3: S3Client
  readonly place: StoredPlace
  readonly source: Source
  readonly rangedFromBytes: number
  readonly limitBytes: number
  readonly signal: AbortSignal
}

/**
 * A large stored source that is left where it is, being a PDF by its first bytes. Undefined for all others. Throws
 * NotStored, TooManyBytes, or Transient.
 */
export async function farSource({ s3, place, source, rangedFromBytes, limitBytes, signal }: FarRequest) {
  const far = await openStoredRanges(s3, place, sniffedBytes, signal)
  const { sizeBytes, head, etag } = far
  const sniffed = sniff(head)
  if (sizeBytes < rangedFromBytes || sniffed.kind !== 'known' || sniffed.format !== 'pdf') return undefined
  if (sizeBytes > limitBytes) throw new TooManyBytes(String(sizeBytes))
  return { sizeBytes, head, sha256: source.sha256, stored: { ...place, etag }, far }
}
