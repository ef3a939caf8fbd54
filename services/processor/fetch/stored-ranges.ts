import { GetObjectCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3'
import { Transient } from '#chassis/errors.ts'
import type { RangedSource } from '../ranges/ranged-source.ts'
import { NotStored } from './fetch-stored.ts'
import { storeErrors } from './store-errors.ts'

export type StoredPlace = { readonly bucket: string; readonly key: string }

/** A stored object that is read by parts; `head` are its first bytes. */
export type StoredRanges = RangedSource & { readonly head: Buffer; readonly etag: string }

/**
 * Looks at the beginning of a stored object and stays ready to read any other part of that very version: bytes of two
 * versions are never mixed. Throws NotStored, or Transient, also when the object was replaced meanwhile.
 */
export async function openStoredRanges(
  s3: S3Client,
  place: StoredPlace,
  headBytes: number,
  signal: AbortSignal,
): Promise<StoredRanges> {
  const get = async (from: number, to: number, etag?: string) => {
    const Range = `bytes=${from}-${to - 1}`
    const asked = { Bucket: place.bucket, Key: place.key, Range, ...(etag === undefined ? {} : { IfMatch: etag }) }
    const { Body, ETag, ContentRange } = await s3.send(new GetObjectCommand(asked), { abortSignal: signal })
    const bytes = Buffer.from((await Body?.transformToByteArray()) ?? [])
    return { bytes, etag: ETag, sizeBytes: Number(/\/(\d+)$/.exec(ContentRange ?? '')?.[1]) }
  }
  try {
    const { bytes: head, etag, sizeBytes } = await get(0, headBytes)
    if (etag === undefined || !Number.isSafeInteger(sizeBytes)) throw new Error('The store does not give ranges')
    return {
      head,
      etag,
      sizeBytes,
      read: async (from, to) => {
        try {
          return (await get(from, to, etag)).bytes
        } catch (error) {
          throw replaced(error) ?? storeErrors.translated(error, signal)
        }
      },
    }
  } catch (error) {
    if (storeErrors.isMissing(error)) throw new NotStored(place.key, { cause: error })
    throw storeErrors.translated(error, signal)
  }
}

/** Another try reads the new one from its beginning, and compares it with what was announced. */
export function replaced(error: unknown): Transient | undefined {
  const isReplaced =
    storeErrors.isMissing(error) || (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 412)
  return isReplaced
    ? new Transient('The source was replaced while it was read', { cause: error, retryAfterSeconds: 1 })
    : undefined
}
