import { request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { setTimeout as wait } from 'node:timers/promises'
import type { Log } from '#chassis/log.ts'
import { sendProblem } from '../edge/problem.ts'

/** Who answers behind the front door; `name` is for the log. */
export type ProxiedService = { readonly name: 'order_api' | 'checkout'; readonly baseUrl: string }

/** A restarted service listens again within this; longer than that is an outage, which callers should see. */
const patienceMilliseconds = 3_000
const pauseMilliseconds = 50
/** Bodies are held so that they can be sent again; order-api takes far less. */
const largestBodyBytes = 4 * 1024 * 1024
const answerWithinMilliseconds = 60_000
const idempotent = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'])
/** Belong to one connection, not to the message (RFC 9110 §7.6.1). */
const hopByHop = ['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade']

/**
 * Hands a request to a service and its answer back; who asks stands at the end of `X-Forwarded-For`. While the service restarts, requests that may be sent twice
 * (idempotent ones and those with an Idempotency-Key) are tried again for 3 s; then, or for others at once, 503.
 */
export async function proxy(
  request: IncomingMessage,
  response: ServerResponse,
  { name, baseUrl, path, log }: ProxiedService & { readonly path: string; readonly log: Log },
): Promise<void> {
  const body = await readBody(request)
  if (!body) {
    sendProblem(response, { code: 'body_too_large' })
    return
  }
  const isRepeatable = idempotent.has(request.method ?? '') || request.headers['idempotency-key'] !== undefined
  const until = performance.now() + (isRepeatable ? patienceMilliseconds : 0)
  for (;;) {
    try {
      const answer = await ask(`${baseUrl}${path}`, request, body)
      response.writeHead(answer.statusCode ?? 502, endToEnd(answer.headers))
      await pipeline(answer, response)
      return
    } catch (error) {
      if (response.headersSent) {
        response.destroy()
        return
      }
      if (performance.now() >= until) {
        log.warn({ err: error }, `${name}_unreachable`)
        sendProblem(response, { code: 'unavailable' })
        return
      }
      await wait(pauseMilliseconds)
    }
  }
}

function ask(url: string, request: IncomingMessage, body: Buffer): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(url, {
      method: request.method,
      headers: { ...endToEnd(request.headers), ...forwardedFor(request), 'content-length': body.length },
      timeout: answerWithinMilliseconds,
    })
    outgoing.once('response', resolve)
    outgoing.once('error', reject)
    outgoing.once('timeout', () => outgoing.destroy(new Error('The service did not answer in time')))
    outgoing.end(body)
  })
}

const forwardedFor = ({ headers, socket }: IncomingMessage): OutgoingHttpHeaders => ({
  'x-forwarded-for': [headers['x-forwarded-for'] ?? [], socket.remoteAddress ?? []].flat().join(', '),
})

function endToEnd(headers: OutgoingHttpHeaders): OutgoingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !hopByHop.includes(name)))
}

/** The whole body; undefined when it is larger than anything order-api would take. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size <= largestBodyBytes) chunks.push(chunk)
  }
  return size <= largestBodyBytes ? Buffer.concat(chunks) : undefined
}
