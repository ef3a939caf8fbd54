import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { Log } from '#chassis/log.ts'
import { openPayload } from './body/payload.ts'
import type { Buckets } from './disk/buckets.ts'
import type { Cors } from './protocol/cors.ts'
import { S3Error } from './protocol/errors.ts'
import { type Reply, xmlReply } from './protocol/reply.ts'
import { readRequest } from './protocol/request.ts'
import { element, text } from './protocol/write-xml.ts'
import { route } from './route.ts'
import { authenticate } from './signature/authenticate.ts'
import type { Credentials } from './signature/sigv4.ts'

export type Handler = (incoming: IncomingMessage, outgoing: ServerResponse, expectsContinue: boolean) => Promise<void>

type Parts = {
  readonly buckets: Buckets
  readonly credentials: Credentials
  readonly cors: Cors
  readonly now: () => Date
  readonly log: Log
}

/** Answers one HTTP request: preflight or signature, operation, and every error as S3 writes it. Never rejects. */
export function createHandler(parts: Parts): Handler {
  return async (incoming, outgoing, expectsContinue) => {
    const requestId = randomBytes(8).toString('hex').toUpperCase()
    let isContinued = !expectsContinue
    const sendContinue = (): void => {
      if (!isContinued) outgoing.writeContinue()
      isContinued = true
    }
    const reply = await replyTo(incoming, sendContinue, parts).catch((error: unknown) =>
      describeError(error, { incoming, requestId, log: parts.log }),
    )
    const corsHeaders = parts.cors.headersFor({ headers: new Map(originOf(incoming)) })
    // The client of a body that was never asked for may or may not send it: only a new connection is unambiguous.
    const connection: Record<string, string> = isContinued ? {} : { connection: 'close' }
    const headers = {
      ...reply.headers,
      ...corsHeaders,
      ...connection,
      // A client whose clock is off puts it right by this.
      date: parts.now().toUTCString(),
      'x-amz-request-id': requestId,
      server: 'printcloud-object-store',
    }
    await send(incoming, outgoing, { ...reply, headers }).catch((error: unknown) => {
      parts.log.debug({ err: error, requestId }, 'reply_broken_off')
      if (typeof reply.body === 'object' && 'destroy' in reply.body) reply.body.destroy()
      outgoing.destroy()
    })
  }
}

async function replyTo(incoming: IncomingMessage, sendContinue: () => void, parts: Parts): Promise<Reply> {
  const { buckets, credentials, cors, now } = parts
  const request = readRequest(incoming)
  if (request.method === 'OPTIONS') return cors.preflight(request)
  const rule = authenticate(request, credentials, now())
  return route(request)({
    request,
    buckets,
    now,
    payload: (checksums = 'of-body') =>
      openPayload(request, rule, { sendContinue, ignoresChecksums: checksums === 'of-object' }),
  })
}

async function send(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { status, headers, body }: Reply,
): Promise<void> {
  const isWhole = typeof body === 'string' || Buffer.isBuffer(body)
  const isBodiless = incoming.method === 'HEAD' || status === 204 || status === 304
  const length = isWhole && !isBodiless ? { 'content-length': String(Buffer.byteLength(body)) } : {}
  outgoing.writeHead(status, { ...headers, ...length })
  if (isWhole) outgoing.end(isBodiless ? '' : body)
  else await pipeline(body, outgoing)
  // What is left of a refused body is read and dropped, so that the client gets to read the answer.
  incoming.resume()
}

function describeError(error: unknown, context: { incoming: IncomingMessage; requestId: string; log: Log }): Reply {
  const { incoming, requestId, log } = context
  const isGone = incoming.destroyed && !incoming.complete
  if (!(error instanceof S3Error) && !isGone) log.error({ err: error, requestId }, 'request_failed')
  const { code, message, status, elements, headers } = error instanceof S3Error ? error : new S3Error('InternalError')
  log.debug({ requestId, code }, 'request_refused')
  const resource = (incoming.url ?? '').split('?')[0]
  const extra = Object.entries(elements).map(([name, value]) => text(name, value))
  const fields = [
    text('Code', code),
    text('Message', message),
    ...extra,
    text('Resource', resource),
    text('RequestId', requestId),
  ]
  return xmlReply(status, `<?xml version="1.0" encoding="UTF-8"?>\n${element('Error', fields)}`, headers)
}

function originOf(incoming: IncomingMessage): [string, string][] {
  const { origin } = incoming.headers
  return origin === undefined ? [] : [['origin', origin]]
}
