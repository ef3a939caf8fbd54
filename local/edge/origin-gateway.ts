import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { keyOfPath } from '#contracts/published/document-paths.ts'
import type { Origin } from './origin.ts'
import { close, type EdgeServer, listen } from './start-edge.ts'

/** Less than the cache in front of it waits, so that it hears of a failure instead of a silence. */
const defaultAnswerWithinMilliseconds = 1_500

export type GatewayOptions = {
  readonly origin: Origin
  readonly port?: number
  readonly answerWithinMilliseconds?: number
}

/**
 * Plain HTTP in front of a bucket, for caches that cannot sign (Varnish): path = key. Answers as S3 does, `x-amz-meta-cache-tag` included:
 * 200, 304 and 404 as they are, 502 for anything else.
 */
export function startOriginGateway(options: GatewayOptions): Promise<EdgeServer> {
  const server = createServer((request, response) => void answer(options, request, response))
  return listen(server, options.port ?? 0).then((url) => ({ url, close: () => close(server) }))
}

async function answer(options: GatewayOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { origin, answerWithinMilliseconds = defaultAnswerWithinMilliseconds } = options
  try {
    const { status, headers, body } = await origin.get(keyOfPath(request.url ?? ''), {
      ifNoneMatch: request.headers['if-none-match'],
      signal: AbortSignal.timeout(answerWithinMilliseconds),
    })
    const length = status === 304 ? {} : { 'content-length': body.length }
    response.writeHead(status, { ...headers, ...length }).end(request.method === 'HEAD' ? undefined : body)
  } catch {
    // Why it failed is the store's log; the cache in front only needs to know that it must ask elsewhere.
    response.writeHead(502, { 'content-length': 0 }).end()
  }
}
