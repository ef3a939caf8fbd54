import type { File, FileRequest } from '../contract-types.ts'
import type { CallOptions } from '../http/caller.ts'
import type { Breaker } from '../http/circuit-breaker.ts'
import type { RetryBudget } from '../http/retry-budget.ts'
import { isPassing, longestRetryAfterSeconds, pauseBefore, retryAfterOf } from '../http/retry-policy.ts'
import { faultOf, PrintcloudError } from '../printcloud-error.ts'
import type { Surroundings } from '../surroundings.ts'
import { type Progress, putBytes } from './put-bytes.ts'
import { contentTypeOf, type ReadOnce, sizeOf, sourceOf, type UploadSource } from './upload-source.ts'

export type UploadOptions = Pick<CallOptions, 'signal' | 'retries'> & {
  readonly filename: string
  /** By the end of the file's name without it. */
  readonly contentType?: string
  /** Of a bare stream. */
  readonly sizeBytes?: number
  /** Hex; the upload is then refused when other bytes arrive. */
  readonly sha256?: string
  readonly onProgress?: (progress: Progress) => void
  /** For one try; an hour without it. */
  readonly timeoutMilliseconds?: number
}
export type UploadContext = {
  readonly create: (file: FileRequest, options: CallOptions) => Promise<File>
  readonly get: (id: string, options: CallOptions) => Promise<File>
  readonly breakerOf: (address: string) => Breaker
  readonly budget: RetryBudget
  readonly surroundings: Surroundings
  readonly retries: number
}

const anHourMilliseconds = 3_600_000

/** Announces a file, sends its bytes straight to storage, from the beginning again after a fault, and sees that they are there. */
export async function uploadFile(
  context: UploadContext,
  given: UploadSource | ReadOnce,
  options: UploadOptions,
): Promise<File> {
  const { filename, sha256, signal } = options
  const source = sourceOf(given, options.sizeBytes)
  const contentType = options.contentType ?? contentTypeOf(filename, source)
  let file = await context.create(
    {
      filename,
      content_type: acceptable(contentType, filename),
      size_bytes: sizeOf(source),
      ...(sha256 ? { sha256 } : {}),
    },
    { signal },
  )
  const retries = options.retries ?? context.retries
  for (let attempt = 0; file.status === 'awaiting_upload'; attempt += 1) {
    const fault = await putOnce(context, source, options, file).then(() => undefined, faultOf)
    if (fault !== undefined && (!mayPass(fault) || attempt >= retries || !context.budget.take())) throw fault
    if (fault !== undefined) {
      const { wait, random } = context.surroundings
      await wait(pauseBefore(attempt, random, fault.retryAfterSeconds), signal)
    }
    // Also after a fault: the answer may have been lost and not the bytes. It brings a fresh link.
    file = await context.get(file.id, { signal })
    if (file.status === 'awaiting_upload' && attempt >= retries) throw notThere(file)
  }
  return file
}

/** Storage that says "come back tomorrow" is told to the caller instead of waited for. */
const mayPass = ({ isRetryable, retryAfterSeconds = 0 }: PrintcloudError): boolean =>
  isRetryable && retryAfterSeconds <= longestRetryAfterSeconds

async function putOnce(context: UploadContext, source: UploadSource, options: UploadOptions, { upload, id }: File) {
  if (!upload) throw failed(`The API gave no link to upload ${id} to.`, 0, true)
  const ended = context.breakerOf(upload.url).enter()
  let health: 'fine' | 'failed' | 'unknown' = 'unknown'
  try {
    const answer = await putBytes(context.surroundings.fetch, {
      address: upload.url,
      headers: upload.headers,
      source,
      onProgress: options.onProgress ?? (() => undefined),
      timeoutMilliseconds: options.timeoutMilliseconds ?? anHourMilliseconds,
      signal: options.signal,
    })
    health = answer.status > 500 ? 'failed' : 'fine'
    if (answer.status < 300) return
    const said = answer.text.replace(/\s+/g, ' ').slice(0, 300)
    // 403 is also what an expired link gets; the next one is fresh.
    const isRetryable = isPassing(answer.status) || answer.status === 403
    const after = retryAfterOf(answer.headers, context.surroundings.nowEpochMs())
    throw failed(`Storage answered ${answer.status}: ${said}`, answer.status, isRetryable, after)
  } catch (error) {
    if (error instanceof PrintcloudError && error.status === 0 && error.isRetryable) health = 'failed'
    throw error
  } finally {
    ended(health)
  }
}

const failed = (detail: string, status: number, isRetryable: boolean, retryAfterSeconds?: number): PrintcloudError =>
  new PrintcloudError({
    ...{ code: 'upload_failed', title: 'The file could not be uploaded', detail, status, isRetryable },
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  })

const notThere = ({ id }: File): PrintcloudError =>
  failed(`Storage took the bytes, but ${id} is still awaited; upload it again.`, 0, true)

/** What may be uploaded is the API's to say, which says it better. */
function acceptable(contentType: string, filename: string): FileRequest['content_type'] {
  if (isContentType(contentType)) return contentType
  const named = contentType === '' ? `The name "${filename}"` : `"${contentType}"`
  throw failed(
    `${named} says no type of file that can be printed: PDF, JPEG, PNG, TIFF, WebP, AVIF, GIF, HEIC or ZIP.`,
    0,
    false,
  )
}

const printable: readonly string[] = [
  ...['application/pdf', 'application/zip', 'image/jpeg', 'image/png', 'image/tiff', 'image/webp', 'image/avif'],
  ...['image/gif', 'image/heic', 'image/heif'],
]
const isContentType = (text: string): text is FileRequest['content_type'] => printable.includes(text)
