import { type Agent, errors, request } from 'undici'
import { Transient } from '#chassis/errors.ts'
import { ForbiddenAddress, type Lookup } from '#chassis/http/address-guard.ts'
import { guardedAgent } from '#chassis/http/guarded-agent.ts'
import { fetchTimes, mostRedirects } from './limits.ts'
import { type Saved, saveStream, TooManyBytes } from './save-stream.ts'

/** The address answers, but not with the file: words for the customer. */
export class Unreachable extends Error {
  override name = 'Unreachable'
}

export type LinkedFetch = {
  readonly url: string
  readonly path: string
  readonly limitBytes: number
  readonly headBytes: number
  readonly allowedOrigins: readonly string[]
  readonly lookup: Lookup
  readonly signal: AbortSignal
}

/**
 * Fetches a customer's file from a public https address; the only place that opens such a connection. The address is
 * looked up and checked here, the connection goes to what was checked, and each redirect is checked again.
 * Throws ForbiddenAddress, Unreachable, TooManyBytes, or Transient when another try may help.
 */
export async function fetchLinked(fetch: LinkedFetch): Promise<Saved> {
  const signal = AbortSignal.any([fetch.signal, AbortSignal.timeout(fetchTimes.totalMilliseconds)])
  let url = parsed(fetch.url)
  for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
    const answer = await fetchOnce(url, { ...fetch, signal })
    if (!(answer instanceof URL)) return answer
    url = answer
  }
  throw new Unreachable(`more than ${mostRedirects} redirects`)
}

function parsed(text: string, base?: URL): URL {
  const url = URL.parse(text, base?.href)
  if (!url) throw new ForbiddenAddress('something that is not an address')
  return url
}

async function fetchOnce(url: URL, fetch: LinkedFetch): Promise<Saved | URL> {
  const agent = await translated(() => guardedAgent(url, fetch, fetchTimes), fetch.signal)
  try {
    return await translated(() => transfer(url, agent, fetch), fetch.signal)
  } finally {
    await agent.destroy()
  }
}

async function transfer(url: URL, agent: Agent, fetch: LinkedFetch): Promise<Saved | URL> {
  const { statusCode, headers, body } = await request(url, {
    dispatcher: agent,
    signal: fetch.signal,
    headers: { 'accept-encoding': 'identity', 'user-agent': 'Printcloud', accept: '*/*' },
  })
  const { location } = headers
  if ([301, 302, 303, 307, 308].includes(statusCode) && typeof location === 'string') return parsed(location, url)
  if (statusCode >= 500 || statusCode === 429 || statusCode === 408) {
    throw new Transient(`The source answered ${statusCode}`, { retryAfterSeconds: 10 })
  }
  if (statusCode !== 200) throw new Unreachable(`the answer ${statusCode} instead of the file`)
  if (Number(headers['content-length'] ?? 0) > fetch.limitBytes)
    throw new TooManyBytes(String(headers['content-length']))
  return await saveStream(body, fetch.path, {
    bytes: fetch.limitBytes,
    headBytes: fetch.headBytes,
    signal: fetch.signal,
  })
}

const finalCodes: ReadonlyMap<string, string> = new Map([
  ['ENOTFOUND', 'a host name that does not exist'],
  ['EPROTO', 'a server that does not speak TLS'],
])
const transientCodes = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EADDRNOTAVAIL', 'EHOSTUNREACH', 'ENETUNREACH', 'EPIPE', 'ENETDOWN'],
  ...['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'UND_ERR_SOCKET'],
])

/** Foreign errors become ours here, once. */
async function translated<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
    const final =
      finalCodes.get(code) ??
      (/CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code) ? `a TLS fault (${code})` : undefined) ??
      (cause instanceof errors.HTTPParserError ? 'an answer that is not HTTP' : undefined)
    if (final) throw new Unreachable(final, { cause })
    if (signal.aborted || transientCodes.has(code) || code.startsWith('EAI_') || cause instanceof errors.UndiciError) {
      throw new Transient(`The source could not be fetched (${code})`, { cause, retryAfterSeconds: 10 })
    }
    throw cause
  }
}
