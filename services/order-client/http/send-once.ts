import { PrintcloudError } from '../printcloud-error.ts'
import type { Fetch } from '../surroundings.ts'
import { timeLimit } from './time-limit.ts'

/** Storage takes no body without a length: that of a stream stands in the headers. */
export type Body = string | Blob | ReadableStream<Uint8Array<ArrayBuffer>>

export type Sent = {
  readonly method: string
  readonly address: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Body
  readonly timeoutMilliseconds: number
  readonly signal?: AbortSignal | undefined
}
/** An answer that has arrived whole. */
export type Answer = { readonly status: number; readonly headers: Headers; readonly text: string }

/** One request and its whole answer within the time limit. Throws `timeout` or `network_error`, or the caller's own reason. */
export async function sendOnce(fetch: Fetch, sent: Sent): Promise<Answer> {
  const limit = timeLimit(sent.timeoutMilliseconds, sent.signal)
  const { method, headers, body } = sent
  // A redirect would turn a POST into a GET; the API has none.
  const init = { method, headers, signal: limit.signal, redirect: 'error' as const, ...streaming(body) }
  try {
    const response = await fetch(sent.address, init)
    return { status: response.status, headers: response.headers, text: await response.text() }
  } catch (cause) {
    if (sent.signal?.aborted) throw sent.signal.reason
    throw unanswered(limit.isOver(), sent, cause)
  } finally {
    limit.clear()
  }
}

function streaming(body: Body | undefined): { body?: Body; duplex?: 'half' } {
  if (body === undefined) return {}
  return body instanceof ReadableStream ? { body, duplex: 'half' } : { body }
}

function unanswered(isTimeout: boolean, { method, address, headers, timeoutMilliseconds }: Sent, cause: unknown) {
  const { origin, pathname } = new URL(address)
  const about = {
    status: 0,
    isRetryable: true,
    ...(headers['x-request-id'] === undefined ? {} : { requestId: headers['x-request-id'] }),
  }
  if (isTimeout) {
    const detail = `${method} ${pathname} had no whole answer of ${origin} within ${timeoutMilliseconds} ms.`
    return new PrintcloudError({ ...about, code: 'timeout', title: 'No answer in time', detail }, { cause })
  }
  const detail = `${method} ${pathname} got no whole answer of ${origin}: ${wordsOf(cause)}.`
  return new PrintcloudError({ ...about, code: 'network_error', title: 'No answer', detail }, { cause })
}

/** Node puts the reason (ECONNREFUSED …) into the cause of "fetch failed". */
function wordsOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause)
  const { cause: inner } = cause
  if (!(inner instanceof Error)) return cause.message
  return inner.message || ('code' in inner ? String(inner.code) : cause.message)
}
