import { addAbortSignal, Readable } from 'node:stream'
import {
  GetObjectCommand,
  type GetObjectCommandOutput,
  NoSuchKey,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3'
import { noBytes, type Origin } from './origin.ts'

/**
 * A bucket as the origin of an edge. The SDK signs, as CloudFront's origin access control does. Only a missing key is an answer: a missing
 * bucket, a missing right and a broken store are failures, since none of them says that the document is not there. Nor are a part that was
 * not asked for, and a 304 to whoever knows nothing.
 */
export const createS3Origin = (s3: S3Client, bucket: string): Origin => ({
  get: async (key, { ifNoneMatch, signal }) => {
    const command = new GetObjectCommand({ Bucket: bucket, Key: key, IfNoneMatch: ifNoneMatch })
    try {
      const answer = await s3.send(command, signal ? { abortSignal: signal } : {})
      const { httpStatusCode } = answer.$metadata
      if (httpStatusCode !== 200) throw new Error(`the store answered ${httpStatusCode}`)
      return { status: 200, headers: headersOf(answer), body: await bytesOf(answer, signal) }
    } catch (error) {
      if (error instanceof NoSuchKey) return { status: 404, headers: {}, body: noBytes }
      if (ifNoneMatch !== undefined && isUnchanged(error)) {
        return { status: 304, headers: error.$response?.headers ?? {}, body: noBytes }
      }
      throw error
    }
  },
})

const isUnchanged = (error: unknown): error is S3ServiceException =>
  error instanceof S3ServiceException && error.$metadata.httpStatusCode === 304

async function bytesOf({ Body }: GetObjectCommandOutput, signal: AbortSignal | undefined): Promise<Uint8Array> {
  if (!Body) return noBytes
  // The SDK hears the signal until the headers are there; a body can get stuck as well.
  if (signal && Body instanceof Readable) addAbortSignal(signal, Body)
  return Body.transformToByteArray()
}

function headersOf(answer: GetObjectCommandOutput): Record<string, string> {
  const known = {
    'content-type': answer.ContentType,
    'content-encoding': answer.ContentEncoding,
    'content-language': answer.ContentLanguage,
    'cache-control': answer.CacheControl,
    etag: answer.ETag,
    'last-modified': answer.LastModified?.toUTCString(),
  }
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(known)) if (value !== undefined) headers[name] = value
  for (const [name, value] of Object.entries(answer.Metadata ?? {})) headers[`x-amz-meta-${name}`] = value
  return headers
}
