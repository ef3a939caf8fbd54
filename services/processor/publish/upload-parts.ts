import { createHash } from 'node:crypto'
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { joinedStream, type LocalPart, sizeOf } from './joined-stream.ts'

export type Upload = {
  readonly bucket: string
  readonly key: string
  readonly contentType: string
  readonly parts: readonly LocalPart[]
}

export type UploadLimits = { readonly singleBytes: number; readonly partBytes: number }

/** One request takes up to 5 GB, and a failure at its end costs all of it; 10,000 parts of this size are 640 GB. */
const usual: UploadLimits = { singleBytes: 1024 ** 3, partBytes: 64 * 1024 ** 2 }

/** Streams files one after the other into one object, hashing on the way: each byte is read once. Gives the sha256 in hex. */
export async function uploadParts(
  s3: S3Client,
  upload: Upload,
  signal: AbortSignal,
  limits: UploadLimits = usual,
): Promise<string> {
  const hash = createHash('sha256')
  const size = sizeOf(upload.parts)
  const body = (from: number, to: number) => joinedStream(upload.parts, from, to, (chunk) => void hash.update(chunk))
  const target = { Bucket: upload.bucket, Key: upload.key }
  if (size <= limits.singleBytes) {
    const put = { ...target, Body: body(0, size), ContentLength: size, ContentType: upload.contentType }
    await s3.send(new PutObjectCommand(put), { abortSignal: signal })
    return hash.digest('hex')
  }
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ ...target, ContentType: upload.contentType }), {
    abortSignal: signal,
  })
  try {
    const Parts: { readonly ETag: string | undefined; readonly PartNumber: number }[] = []
    for (let from = 0; from < size; from += limits.partBytes) {
      const to = Math.min(size, from + limits.partBytes)
      const part = { ...target, UploadId, PartNumber: Parts.length + 1, ContentLength: to - from }
      const { ETag } = await s3.send(new UploadPartCommand({ ...part, Body: body(from, to) }), { abortSignal: signal })
      Parts.push({ ETag, PartNumber: part.PartNumber })
    }
    const complete = { ...target, UploadId, MultipartUpload: { Parts } }
    await s3.send(new CompleteMultipartUploadCommand(complete), { abortSignal: signal })
    return hash.digest('hex')
  } catch (error) {
    // Parts without an end cost money until the bucket's rule removes them.
    await s3.send(new AbortMultipartUploadCommand({ ...target, UploadId })).catch(() => undefined)
    throw error
  }
}
