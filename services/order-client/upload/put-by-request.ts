import type { Answer } from '../http/send-once.ts'
import { PrintcloudError } from '../printcloud-error.ts'
import type { Put } from './put-bytes.ts'

/** The part of XMLHttpRequest that is used; declared here because not every runtime has its types. */
type RequestLike = {
  readonly upload: { onprogress: ((event: { readonly loaded: number; readonly total: number }) => void) | null }
  readonly status: number
  readonly responseText: string
  timeout: number
  onload: (() => void) | null
  onerror: (() => void) | null
  ontimeout: (() => void) | null
  onabort: (() => void) | null
  readonly open: (method: string, address: string) => void
  readonly setRequestHeader: (name: string, value: string) => void
  readonly send: (body: Blob) => void
  readonly abort: () => void
}
type RequestClass = new () => RequestLike

/** A page's XMLHttpRequest; undefined elsewhere. */
export function xmlHttpRequest(): RequestClass | undefined {
  const found: unknown = Reflect.get(globalThis, 'XMLHttpRequest')
  return isClass(found) ? found : undefined
}

const isClass = (value: unknown): value is RequestClass => typeof value === 'function'

/** fetch() does not tell how much of a body is sent; this does. */
export function putByRequest(Request: RequestClass, put: Put, body: Blob): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new Request()
    const stop = (): void => request.abort()
    const ended = (act: () => void) => (): void => {
      put.signal?.removeEventListener('abort', stop)
      act()
    }
    request.open('PUT', put.address)
    for (const [name, value] of Object.entries(put.headers)) request.setRequestHeader(name, value)
    request.timeout = put.timeoutMilliseconds
    request.upload.onprogress = ({ loaded }) => put.onProgress({ sentBytes: loaded, totalBytes: body.size })
    request.onload = ended(() =>
      resolve({ status: request.status, headers: new Headers(), text: request.responseText }),
    )
    request.onerror = ended(() => reject(interrupted('network_error', 'The upload was interrupted.')))
    request.ontimeout = ended(() => reject(interrupted('timeout', 'The upload took too long.')))
    request.onabort = ended(() => reject(put.signal?.reason))
    put.signal?.addEventListener('abort', stop, { once: true })
    request.send(body)
    if (put.signal?.aborted) stop()
  })
}

const interrupted = (code: string, detail: string): PrintcloudError =>
  new PrintcloudError({ code, title: 'No answer', detail, isRetryable: true })
