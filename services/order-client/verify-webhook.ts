import type { WebhookMessage } from './contract-types.ts'
import { PrintcloudError } from './printcloud-error.ts'
import { webCrypto } from './web-crypto.ts'

/** Headers as fetch has them, or as Node's http has them. */
export type WebhookHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>
export type VerifyOptions = {
  /** How far the sender's clock may be away; five minutes without it. */
  readonly toleranceSeconds?: number
  /** For tests. */
  readonly nowEpochMs?: number
}

const fiveMinutesSeconds = 300

/**
 * The payload of a webhook, when it is genuine (Standard Webhooks, `v1`). `body` is what came over the wire, before anything
 * parsed it. While a secret is being rotated pass the old and the new one. Throws `webhook_not_genuine`.
 */
export async function verifyWebhook(
  headers: WebhookHeaders,
  body: string | Uint8Array,
  secrets: string | readonly string[],
  { toleranceSeconds = fiveMinutesSeconds, nowEpochMs = Date.now() }: VerifyOptions = {},
): Promise<WebhookMessage> {
  const [id, sentAt, signatures] = ['id', 'timestamp', 'signature'].map((name) => headerOf(headers, `webhook-${name}`))
  if (!id || !sentAt || !signatures) throw notGenuine('webhook-id, webhook-timestamp or webhook-signature is missing.')
  if (!/^\d{1,12}$/.test(sentAt) || Math.abs(nowEpochMs / 1000 - Number(sentAt)) > toleranceSeconds) {
    throw notGenuine(`webhook-timestamp is not within ${toleranceSeconds} seconds of now; check this machine's clock.`)
  }
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
  const signed = concatenated(new TextEncoder().encode(`${id}.${sentAt}.`), bytes)
  const candidates = signatures.split(' ').flatMap(signatureBytes)
  for (const secret of typeof secrets === 'string' ? [secrets] : secrets) {
    if (await isSignedBy(secret, candidates, signed)) return payloadOf(bytes)
  }
  throw notGenuine(
    'No signature fits. Was the body changed before it was checked, or is it the secret of another endpoint?',
  )
}

function headerOf(headers: WebhookHeaders, name: string): string | undefined {
  if (headers instanceof Headers) return headers.get(name) ?? undefined
  const found = Object.entries(headers).find(([each]) => each.toLowerCase() === name)?.[1]
  return typeof found === 'string' ? found : found?.[0]
}

type Bytes = Uint8Array<ArrayBuffer>

/** The bytes of a `v1,<base64>`; other versions are for others. */
function signatureBytes(text: string): readonly Bytes[] {
  const [version, base64 = ''] = text.split(',', 2)
  return version === 'v1' ? [decoded(base64)].flatMap((bytes) => bytes ?? []) : []
}

/** WebCrypto compares in constant time. */
async function isSignedBy(secret: string, candidates: readonly Bytes[], signed: Bytes): Promise<boolean> {
  const raw = decoded(secret.replace(/^whsec_/, ''))
  if (!raw || raw.byteLength === 0) throw new TypeError('A webhook secret is "whsec_" and base64.')
  const { subtle } = await webCrypto()
  const key = await subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify'])
  const fits = await Promise.all(candidates.map((candidate) => subtle.verify('HMAC', key, candidate, signed)))
  return fits.includes(true)
}

function decoded(base64: string): Bytes | undefined {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) return undefined
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
  } catch {
    return undefined
  }
}

function concatenated(one: Uint8Array, other: Uint8Array): Bytes {
  const all = new Uint8Array(one.byteLength + other.byteLength)
  all.set(one)
  all.set(other, one.byteLength)
  return all
}

function payloadOf(bytes: Uint8Array): WebhookMessage {
  const payload: unknown = JSON.parse(new TextDecoder().decode(bytes))
  if (isPayload(payload)) return payload
  throw notGenuine('The body is no event.')
}

const isPayload = (value: unknown): value is WebhookMessage =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'

const notGenuine = (detail: string): PrintcloudError =>
  new PrintcloudError({
    code: 'webhook_not_genuine',
    title: 'This is no webhook of Printcloud',
    detail,
    isRetryable: false,
  })
