import { Readable } from 'node:stream'
import { GetObjectCommand } from '@aws-sdk/client-s3'
import type { Preview } from '#contracts/messages/process-report.ts'
import type { FetchDependencies } from './fetch-files.ts'
import type { KeptPictures } from './kept-pictures.ts'

export type PictureDependencies = FetchDependencies & { readonly pictures: KeptPictures }

/** A picture for a list is smaller by far; nobody's disk is filled with one. */
const mostBytes = 4 * 1024 * 1024
const longestMilliseconds = 15_000

/** The picture of a job's first page: as it was kept, else from the store, and kept. Throws where it is not to be had now. */
export async function fetchPicture(
  { s3, bucket, signal, pictures }: PictureDependencies,
  jobId: string,
  { key }: Pick<Preview, 'key'>,
): Promise<Uint8Array> {
  const kept = await pictures.of(jobId)
  if (kept) return kept
  const limit = AbortSignal.any([signal, AbortSignal.timeout(longestMilliseconds)])
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }), { abortSignal: limit })
  if (!(Body instanceof Readable)) throw new Error('The answer has no body')
  const bytes = await bytesOf(Body, limit)
  await pictures.keep(jobId, bytes)
  return bytes
}

async function bytesOf(body: Readable, limit: AbortSignal): Promise<Buffer> {
  limit.addEventListener('abort', () => body.destroy(new Error('The picture took too long')), { once: true })
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > mostBytes) throw new Error(`The picture has more than ${mostBytes} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
