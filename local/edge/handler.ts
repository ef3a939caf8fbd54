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
  const said = new WeakMap<EdgeAnswer['headers'], Said>()
  const saidOf = (place: Place, answer: EdgeAnswer): Said => {
    const known = said.get(answer.headers)
    if (known) return known
    const made = sayingOf(place, answer)
    said.set(answer.headers, made)
    return made
  }
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
    if (place === undefined) {
      sendMissing(response, { 'x-cache': 'Miss' })
      return
    }
    const answer = await edge.read(place.key)
    if (answer.status === 200) sendFound(request, response, answer, saidOf(place, answer))
    else if (answer.status === 404) sendMissing(response, ownOf(place, answer))
    else sendNothingKnown(response, ownOf(place, answer))
  }
}

function sendFound(request: IncomingMessage, response: ServerResponse, answer: EdgeAnswer, said: Said): void {
  const { headers, ageSeconds, outcome, body } = answer
  const isUnchanged = isKnown(request.headers['if-none-match'], headers.etag)
  const always = isUnchanged ? said.withoutBody : said.withBody
  response.writeHead(isUnchanged ? 304 : 200, [...always, 'x-cache', outcome, 'age', String(ageSeconds)])
  response.end(isUnchanged || request.method === 'HEAD' ? undefined : body)
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

/** Headers as names and values in turn, which is how they leave. Made once for each answer that is kept: it costs more than to find the answer. */
type Said = { readonly withBody: readonly string[]; readonly withoutBody: readonly string[] }

/** What describes a body has no place where there is none (RFC 9110 §15.4.5). */
const ofBodies = new Set(['content-type', 'content-encoding', 'content-language'])

function sayingOf(place: Place, { headers, body }: EdgeAnswer): Said {
  const isPage = headers['content-type']?.startsWith('text/html')
  const all = Object.entries({ ...headers, ...publicHeaders, ...(isPage ? pageHeaders : {}), ...varyOf(place) })
  return {
    withBody: [...all.flat(), 'content-length', String(body.length)],
    withoutBody: all.filter(([name]) => !ofBodies.has(name)).flat(),
  }
}

const ownOf = (place: Place, { outcome, ageSeconds }: EdgeAnswer) => ({
  ...{ 'x-cache': outcome, age: String(ageSeconds) },
  ...varyOf(place),
})

const varyOf = ({ variesBy }: Place): Readonly<Record<string, string>> =>
  variesBy === undefined ? {} : { vary: variesBy === 'accept' ? 'Accept' : 'Accept-Encoding' }

/** Weak comparison (RFC 9110 §13.1.2). A tag has no quotes in it, so that a look for it is enough. */
const isKnown = (header: string | undefined, etag: string | undefined): boolean =>
  header !== undefined && etag !== undefined && (header.trim() === '*' || header.includes(etag.replace(/^W\//, '')))

/** Node types this header as a list, although it always joins it. */
const listOf = (header: string | readonly string[] | undefined): string =>
  typeof header === 'string' ? header : (header?.join(',') ?? '')
