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
}

/** Streams an uploaded source into the job folder. Throws NotStored, TooManyBytes, or Transient. */
export async function fetchStored({
  s3,
  bucket,
  key,
  path,
  limitBytes,
  headBytes,
  signal,
}: StoredFetch): Promise<Saved> {
  try {
    const { Body, ContentLength = 0 } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }), {
      abortSignal: signal,
    })
    if (ContentLength > limitBytes) throw new TooManyBytes(String(ContentLength))
    if (!(Body instanceof Readable)) throw new Error('The store gave no stream')
    return await saveStream(Body, path, { bytes: limitBytes, headBytes, signal })
  } catch (error) {
    if (storeErrors.isMissing(error)) throw new NotStored(key, { cause: error })
    throw storeErrors.translated(error, signal)
  }
}
