import { GetObjectCommand } from '@aws-sdk/client-s3'
import type { Preview } from '#contracts/messages/process-report.ts'
import type { FetchDependencies } from '../fetch/fetch-files.ts'
import type { JobPicture } from './desk.ts'

const longestMilliseconds = 10_000
/** A picture for a list is smaller by far. */
const mostBytes = 4 * 1024 * 1024

/** The picture of a job's first page; undefined where it is not to be had now, as people can work without. */
export async function pictureOf(
  { s3, bucket, signal, log }: FetchDependencies,
  { key, contentType }: Preview,
): Promise<JobPicture | undefined> {
  try {
    const abortSignal = AbortSignal.any([signal, AbortSignal.timeout(longestMilliseconds)])
    const { Body, ContentLength = 0 } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }), {
      abortSignal,
    })
    if (ContentLength > mostBytes) throw new Error(`The picture has ${ContentLength} bytes`)
    const bytes = await Body?.transformToByteArray()
    return bytes && { contentType, bytes }
  } catch (error) {
    log.debug({ err: error }, 'picture_not_fetched')
    return undefined
  }
}
