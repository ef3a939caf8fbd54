import { errors, request } from 'undici'
import { ForbiddenAddress } from '#chassis/http/address-guard.ts'
import { type AddressRules, guardedAgent } from '#chassis/http/guarded-agent.ts'
import { storableText } from '../status/storable.ts'

/** What came of one attempt: a status, or why there is none. */
export type AttemptResult = {
  readonly status?: number
  /** In words, for the publisher. */
  readonly fault?: string
  readonly milliseconds: number
  /** The beginning of the answer. */
  readonly answer?: string
  readonly retryAfterSeconds?: number
}

export type WebhookPost = {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly rules: AddressRules
  readonly now: Date
}

const answerWithinMilliseconds = 15_000
const times = {
  connectMilliseconds: 5_000,
  headersMilliseconds: answerWithinMilliseconds,
  idleMilliseconds: answerWithinMilliseconds,
}
const keptCharacters = 1_000
/** Enough for so many characters of any script. */
const readBytes = 4 * keptCharacters

/**
 * Sends one webhook. The only place that opens such a connection: it goes to addresses that were checked for this attempt, and
 * nowhere else, as redirects are not followed. Never throws for what the other side does.
 */
export async function postWebhook(post: WebhookPost): Promise<AttemptResult> {
  const beganAt = performance.now()
  const signal = AbortSignal.timeout(answerWithinMilliseconds)
  const result = await attempt(post, signal).catch((error: unknown) => ({ fault: wordsFor(error, signal) }))
  return { ...result, milliseconds: Math.round(performance.now() - beganAt) }
}

async function attempt({ url, headers, body, rules, now }: WebhookPost, signal: AbortSignal) {
  const target = new URL(url)
  const agent = await until(signal, guardedAgent(target, rules, times))
  try {
    const answered = await request(target, {
      method: 'POST',
      dispatcher: agent,
      signal,
      headers: { ...headers, 'content-type': 'application/json', 'user-agent': 'Printcloud', accept: '*/*' },
      body,
    })
    const { statusCode: status } = answered
    const after = retryAfter(answered.headers['retry-after'], now)
    return {
      status,
      ...(status >= 300 && status < 400
        ? { fault: 'a redirect: they are not followed; register the new address' }
        : {}),
      ...(after === undefined ? {} : { retryAfterSeconds: after }),
      answer: await beginningOf(answered.body),
    }
  } finally {
    await agent.destroy()
  }
}

/** A look-up hears no signal. */
async function until<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  const giveUp = (): void => reject(signal.reason)
  signal.addEventListener('abort', giveUp, { once: true })
  try {
    return await Promise.race([work, promise])
  } finally {
    signal.removeEventListener('abort', giveUp)
  }
}

/** The status has decided already: a body that breaks off is as good as it is. */
async function beginningOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  try {
    for await (const chunk of body) {
      chunks.push(chunk)
      bytes += chunk.length
      if (bytes >= readBytes) break
    }
  } catch {
    // Kept for the publisher to look at; nothing depends on the rest of it.
  }
  const text = Buffer.concat(chunks).subarray(0, readBytes).toString('utf8')
  return storableText(text.slice(0, keptCharacters))
}

/** Seconds, or a date. */
function retryAfter(header: string | string[] | undefined, now: Date): number | undefined {
  if (typeof header !== 'string') return undefined
  if (/^\d{1,9}$/.test(header)) return Number(header)
  const seconds = (Date.parse(header) - now.getTime()) / 1000
  return Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds) : undefined
}

const words: ReadonlyMap<string, string> = new Map([
  ['ECONNREFUSED', 'the connection was refused'],
  ['ECONNRESET', 'the connection was cut'],
  ['UND_ERR_SOCKET', 'the connection was closed without an answer'],
  ['UND_ERR_CONNECT_TIMEOUT', 'no connection within 5 s'],
  ['UND_ERR_HEADERS_TIMEOUT', 'no answer within 15 s'],
  ['ENOTFOUND', 'the host name does not exist'],
  ['ENODATA', 'the host name has no address'],
  ['ETIMEOUT', 'the host name could not be looked up'],
  ['ESERVFAIL', 'the host name could not be looked up'],
  ['EAI_AGAIN', 'the host name could not be looked up'],
  ['EPROTO', 'the server does not speak TLS'],
])

/** What the other side did, in words. Throws what is a fault of ours. */
function wordsFor(error: unknown, signal: AbortSignal): string {
  if (error instanceof ForbiddenAddress) return `not sent: ${error.message}`
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const known = words.get(code)
  if (known) return known
  if (signal.aborted) return 'no answer within 15 s'
  if (/CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO_VERIFY|^INVALID_(?:CA|PURPOSE)$/.test(code)) return `a TLS fault (${code})`
  if (error instanceof errors.HTTPParserError) return 'an answer that is not HTTP'
  // ERR_… are Node's own words, for calls that were wrong; all others stand for what the network or a certificate was.
  if (error instanceof errors.UndiciError || /^(?!ERR_(?!SOCKET))[A-Z]/.test(code)) {
    return `the connection failed (${code})`
  }
  throw error
}
