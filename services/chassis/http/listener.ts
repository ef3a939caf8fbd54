import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { Log } from '../log.ts'
import { isHealthCheck, type LoadGate } from './load-gate.ts'
import { type Problems, problemOf } from './problem.ts'
import { newRequestId, requestIdOf } from './request-id.ts'

export type ListenerParts = { readonly problems: Problems; readonly gate: LoadGate; readonly log: Log }
export type Handler = (request: IncomingMessage, response: ServerResponse) => void

/** Slow headers and bodies are closed by then, so that they cannot hold all connections (PROMISES P20). */
const requestWithinMilliseconds = 10_000
/** How often Node looks for slow ones; its own 30 s would let them stay four times as long as allowed. */
const lookForSlowMilliseconds = 1_000
const keepAliveMilliseconds = 65_000
const retryAfterSeconds = 1

/**
 * Node's server in front of `handler`: what cannot be served now, or is no HTTP, is answered here, in a few microseconds
 * and as problem+json like everything else.
 */
export function createListener(parts: ListenerParts, handler: Handler): Server {
  const server = createServer(
    {
      connectionsCheckingInterval: lookForSlowMilliseconds,
      headersTimeout: requestWithinMilliseconds,
      requestTimeout: requestWithinMilliseconds,
      keepAliveTimeout: keepAliveMilliseconds,
      // Node would answer without a word.
      requireHostHeader: false,
    },
    (request, response) => {
      if (parts.gate.isFull() && !isHealthCheck(request.url)) {
        answer(
          parts,
          request,
          response,
          'overloaded',
          'Nothing was done; send the same request again after Retry-After.',
        )
      } else if (request.headers.host === undefined && request.httpVersion === '1.1') {
        answer(parts, request, response, 'malformed_http', 'HTTP/1.1 needs a Host header.')
      } else handler(request, response)
    },
  )
  server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
    answer(parts, request, response, 'malformed_http', 'The only Expect that is known is 100-continue.')
  })
  return server
}

function answer(
  { problems, gate, log }: ListenerParts,
  request: IncomingMessage,
  response: ServerResponse,
  code: string,
  detail: string,
): void {
  const requestId = requestIdOf(request)
  const problem = problemOf(problems, { code, detail, requestId })
  const body = JSON.stringify(problem)
  response.writeHead(problem.status, {
    'content-type': 'application/problem+json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'x-request-id': requestId,
    'cache-control': 'no-store',
    ...(problem.retryable ? { 'retry-after': String(retryAfterSeconds) } : {}),
    // The next request must find another process.
    ...(gate.isClosed() ? { connection: 'close' } : {}),
  })
  response.end(body)
  log.debug({ requestId, method: request.method, status: problem.status, code }, 'answered')
}

/** What Node's parser could not read: the answer goes straight onto the socket, which is then closed. */
export function answerBrokenRequest({ problems, log }: ListenerParts, error: Error, socket: Socket): void {
  if (('code' in error && error.code === 'ECONNRESET') || !socket.writable) {
    socket.destroy()
    return
  }
  const requestId = newRequestId()
  const problem = problemOf(problems, { ...brokenFacts('code' in error ? error.code : undefined), requestId })
  const body = JSON.stringify(problem)
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    'content-type: application/problem+json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    `x-request-id: ${requestId}`,
    'cache-control: no-store',
    ...(problem.retryable ? [`retry-after: ${retryAfterSeconds}`] : []),
    'connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy())
  log.debug({ requestId, status: problem.status, code: problem.code }, 'answered')
}

function brokenFacts(code: unknown): { readonly code: string; readonly detail: string } {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return { code: 'request_timeout', detail: `It must be whole within ${requestWithinMilliseconds / 1000} s.` }
    case 'HPE_HEADER_OVERFLOW':
      return { code: 'headers_too_large', detail: 'The headers may have 16384 bytes.' }
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return { code: 'body_too_large', detail: 'The extensions of its chunks are too long.' }
    default:
      return { code: 'malformed_http', detail: 'This is not a request of HTTP/1.1 or HTTP/1.0.' }
  }
}
