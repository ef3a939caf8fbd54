import type { Payload } from '../body/payload.ts'
import type { Bucket } from '../disk/bucket.ts'
import type { Buckets } from '../disk/buckets.ts'
import { S3Error } from '../protocol/errors.ts'
import type { Reply } from '../protocol/reply.ts'
import type { S3Request } from '../protocol/request.ts'

/** One authenticated request with what it may touch. */
export type Call = {
  readonly request: S3Request
  readonly buckets: Buckets
  readonly now: () => Date
  /**
   * Opens the body; throws S3Error when what the request announces of it cannot be right. Checksum headers are of the
   * body, except where a body only names what is to be made (CompleteMultipartUpload): there they are of the object.
   */
  readonly payload: (checksums?: 'of-body' | 'of-object') => Payload
}

/** One S3 operation. */
export type Operation = (call: Call) => Promise<Reply>

/** Throws S3Error NoSuchBucket. */
export function bucketOf(call: Call): Bucket {
  const name = call.request.bucket ?? ''
  const bucket = call.buckets.get(name)
  if (!bucket) throw new S3Error('NoSuchBucket', { elements: { BucketName: name } })
  return bucket
}

/** Throws S3Error NoSuchKey when the request names no object. */
export function keyOf(call: Call): string {
  if (call.request.key === undefined) throw noSuchKey('')
  return call.request.key
}

export function noSuchKey(key: string): S3Error {
  return new S3Error('NoSuchKey', { elements: { Key: key } })
}
