import { Readable } from 'node:stream'
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { type Saved, saveStream, TooManyBytes } from './save-stream.ts'
import { storeErrors } from './store-errors.ts'

/** No object of that name. */
export class NotStored extends Error {
  override name = 'NotStored'
}

export type StoredFetch = {
  readonly s3: S3Client
  readonly bucket: string
  readonly key: string
  readonly path: string
  readonly limitBytes: number
  readonly headBytes: number
  readonly signal: AbortSignal
  /** An object of this size or more is left alone. */
  readonly lessThanBytes: number
}

export type SavedVersion = Saved & { readonly etag: string | undefined }

/** Streams an uploaded source into the job folder; undefined where it was left alone. Throws NotStored, TooManyBytes, or Transient. */
export async function fetchStored({
  s3,
  bucket,
  key,
  path,
  limitBytes,
  headBytes,
  signal,
  lessThanBytes,
}: StoredFetch): Promise<SavedVersion | undefined> {
  try {
    const {
      Body,
      ContentLength = 0,
      ETag,
    } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }), {
      abortSignal: signal,
    })
    if (!(Body instanceof Readable)) throw new Error('The store gave no stream')
    if (ContentLength > limitBytes || ContentLength >= lessThanBytes) Body.destroy()
    if (ContentLength > limitBytes) throw new TooManyBytes(String(ContentLength))
    if (ContentLength >= lessThanBytes) return undefined
    return { ...(await saveStream(Body, path, { bytes: limitBytes, headBytes, signal })), etag: ETag }
  } catch (error) {
    if (storeErrors.isMissing(error)) throw new NotStored(key, { cause: error })
    throw storeErrors.translated(error, signal)
  }
}
