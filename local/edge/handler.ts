import type { IncomingMessage, ServerResponse } from 'node:http'
import { missingSeconds } from '#contracts/published/cache-rules.ts'
import { pageHeaders, preflightHeaders, publicHeaders } from '#contracts/published/edge-headers.ts'
import { type Place, placeOf } from './address.ts'
import type { Edge, EdgeAnswer } from './edge.ts'
import { sendProblem } from './problem.ts'

export type EdgeHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>

const methods = 'GET, HEAD, OPTIONS'

/** Answers requests for published documents out of an edge. Ranges are not kept apart: who asks for a part gets the whole. */
export function createEdgeHandler(edge: Edge): EdgeHandler {
  return async (request, response) => {
    const { method = '', url = '', headers } = request
    if (method === 'OPTIONS') {
      response.writeHead(204, { ...publicHeaders, ...preflightHeaders, allow: methods }).end()
      return
    }
    if (method !== 'GET' && method !== 'HEAD') {
      sendProblem(response, {
        code: 'method_not_allowed',
        detail: `${method} is not possible here: published documents are only read (${methods}).`,
        headers: { ...publicHeaders, allow: methods },
      })
      return
    }
    const wish = { accept: headers.accept ?? '', acceptEncoding: listOf(headers['accept-encoding']) }
    const place = placeOf(url, wish)
    if (place === undefined) sendMissing(response, { 'x-cache': 'Miss' })
    else send(request, response, place, await edge.read(place.key))
  }
}

function send(request: IncomingMessage, response: ServerResponse, { variesBy }: Place, answer: EdgeAnswer): void {
  const own = {
    'x-cache': answer.outcome,
    age: String(answer.ageSeconds),
    ...(variesBy && { vary: variesBy === 'accept' ? 'Accept' : 'Accept-Encoding' }),
  }
  if (answer.status === 404) sendMissing(response, own)
  else if (answer.status === 502) sendNothingKnown(response, own)
  else sendFound(request, response, answer, own)
}

function sendFound(
  request: IncomingMessage,
  response: ServerResponse,
  answer: EdgeAnswer,
  own: Readonly<Record<string, string>>,
): void {
  const headers = { ...answer.headers, ...publicHeaders, ...pageHeadersOf(answer), ...own }
  if (isKnown(request.headers['if-none-match'], answer.headers.etag)) {
    response.writeHead(304, withoutBody(headers)).end()
    return
  }
  response.writeHead(200, { ...headers, 'content-length': answer.body.length })
  response.end(request.method === 'HEAD' ? undefined : answer.body)
}

function sendMissing(response: ServerResponse, headers: Readonly<Record<string, string>>): void {
  sendProblem(response, {
    code: 'not_found',
    headers: { ...publicHeaders, ...headers, 'cache-control': `public, max-age=${missingSeconds}` },
  })
}

function sendNothingKnown(response: ServerResponse, headers: Readonly<Record<string, string>>): void {
  sendProblem(response, {
    code: 'unavailable',
    status: 502,
    detail: 'No store of documents answers, and this one is not known here; try again.',
    headers: { ...publicHeaders, ...headers, 'cache-control': 'no-store' },
  })
}

const pageHeadersOf = ({ headers }: EdgeAnswer) => (headers['content-type']?.startsWith('text/html') ? pageHeaders : {})

/** What describes a body has no place where there is none (RFC 9110 §15.4.5). */
function withoutBody(headers: Readonly<Record<string, string>>): Record<string, string> {
  const { 'content-type': _type, 'content-encoding': _encoding, 'content-language': _language, ...rest } = headers
  return rest
}

/** Weak comparison (RFC 9110 §13.1.2). A tag has no quotes in it, so that a look for it is enough. */
const isKnown = (header: string | undefined, etag: string | undefined): boolean =>
  header !== undefined && etag !== undefined && (header.trim() === '*' || header.includes(etag.replace(/^W\//, '')))

/** Node types this header as a list, although it always joins it. */
const listOf = (header: string | readonly string[] | undefined): string =>
  typeof header === 'string' ? header : (header?.join(',') ?? '')
