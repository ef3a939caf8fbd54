import { join } from 'node:path'
import { Readable } from 'node:stream'
import { GetObjectCommand } from '@aws-sdk/client-s3'
import type { JobPreview } from '#contracts/messages/job-ticket.ts'
import type { ProductionTicket } from '#contracts/messages/production-ticket.ts'
import type { FetchDependencies } from '../fetch/fetch-files.ts'
import { onFolders } from '../folder-fault.ts'
import { writeDurably } from '../journal/durable.ts'

const endings = { 'image/png': 'png', 'image/jpeg': 'jpg', 'image/webp': 'webp' } as const
/** A picture for a list is smaller by far; nobody's disk is filled with one. */
const mostBytes = 4 * 1024 * 1024
const longestMilliseconds = 15_000

/**
 * Brings the picture of the first page into `folder`. Undefined where there is none, and where it is not to be had now: a job never waits
 * for its picture. Throws FolderFault when the disk refuses.
 */
export async function fetchPreview(
  { s3, bucket, log, signal }: FetchDependencies,
  { jobId, preview }: ProductionTicket,
  folder: string,
): Promise<JobPreview | undefined> {
  if (preview === undefined) return undefined
  const { component, page, key, contentType, widthPx, heightPx } = preview
  const file = `preview.${endings[contentType]}`
  try {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(longestMilliseconds)])
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }), { abortSignal: limit })
    if (!(Body instanceof Readable)) throw new Error('The answer has no body')
    const bytes = await bytesOf(Body, limit)
    await onFolders('staging', () => writeDurably(join(folder, file), bytes))
  } catch (error) {
    if (error instanceof Error && error.name === 'FolderFault') throw error
    log.warn({ err: error, jobId }, 'preview_not_fetched')
    return undefined
  }
  return { file, contentType, component, page, widthPx, heightPx }
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
