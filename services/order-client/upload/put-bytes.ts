import { type Answer, sendOnce } from '../http/send-once.ts'
import { PrintcloudError } from '../printcloud-error.ts'
import type { Fetch } from '../surroundings.ts'
import { putByRequest, xmlHttpRequest } from './put-by-request.ts'
import { opened, sizeOf, type UploadSource, whole } from './upload-source.ts'

export type Progress = { readonly sentBytes: number; readonly totalBytes: number }
export type Put = {
  readonly address: string
  readonly headers: Readonly<Record<string, string>>
  readonly source: UploadSource
  readonly onProgress: (progress: Progress) => void
  readonly timeoutMilliseconds: number
  readonly signal: AbortSignal | undefined
}

/**
 * Sends the bytes once, in the way this runtime can: as a stream with a length (Node), by XMLHttpRequest, which tells how
 * far it is (pages), else in one piece (workers). Storage takes no body without a length.
 */
export async function putBytes(fetch: Fetch, put: Put): Promise<Answer> {
  const Request = xmlHttpRequest()
  if (isNode()) return await sendStream(fetch, put)
  if (Request) return await putByRequest(Request, put, await whole(put.source))
  const answer = await sendOnce(fetch, { ...put, method: 'PUT', body: await whole(put.source) })
  put.onProgress({ sentBytes: sizeOf(put.source), totalBytes: sizeOf(put.source) })
  return answer
}

async function sendStream(fetch: Fetch, put: Put): Promise<Answer> {
  const totalBytes = sizeOf(put.source)
  const headers = { ...put.headers, 'content-length': String(totalBytes) }
  return await sendOnce(fetch, { ...put, method: 'PUT', headers, body: counted(put, totalBytes) })
}

function counted({ source, onProgress }: Put, totalBytes: number): ReadableStream<Uint8Array<ArrayBuffer>> {
  let sentBytes = 0
  const count = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform: (part, controller) => {
      sentBytes += part.byteLength
      if (sentBytes > totalBytes) throw changed(totalBytes)
      controller.enqueue(part)
      onProgress({ sentBytes, totalBytes })
    },
    flush: () => {
      if (sentBytes < totalBytes) throw changed(totalBytes)
    },
  })
  return opened(source).pipeThrough(count)
}

const changed = (totalBytes: number): PrintcloudError =>
  new PrintcloudError({
    code: 'upload_failed',
    title: 'The file changed while it was read',
    detail: `It had ${totalBytes} bytes when it was announced; upload it again.`,
    isRetryable: false,
  })

/** Not by `process` alone: bundlers put an empty one into pages. */
function isNode(): boolean {
  const process: unknown = Reflect.get(globalThis, 'process')
  if (typeof process !== 'object' || process === null || !('versions' in process)) return false
  const { versions } = process
  return typeof versions === 'object' && versions !== null && 'node' in versions && !xmlHttpRequest()
}
