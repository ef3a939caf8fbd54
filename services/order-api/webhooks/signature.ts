import { createHmac, randomBytes } from 'node:crypto'

const prefix = 'whsec_'
const secretBytes = 32

/** A new secret as Standard Webhooks writes it: `whsec_` and base64. */
export const makeWebhookSecret = (): string => `${prefix}${randomBytes(secretBytes).toString('base64')}`

export type SignedHeaders = {
  readonly 'webhook-id': string
  readonly 'webhook-timestamp': string
  readonly 'webhook-signature': string
}

/**
 * The headers of one attempt (Standard Webhooks 1.0): HMAC-SHA256 over id, time and body, once for each secret, so that a receiver
 * that knows only one of them can verify. The id stays the same over all attempts, the time is the attempt's.
 */
export function signedHeaders(id: string, body: string, secrets: readonly string[], now: Date): SignedHeaders {
  const timestamp = String(Math.floor(now.getTime() / 1000))
  const signatures = secrets.map((secret) => `v1,${signature(secret, `${id}.${timestamp}.${body}`)}`)
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') }
}

const signature = (secret: string, text: string): string =>
  createHmac('sha256', Buffer.from(secret.slice(prefix.length), 'base64'))
    .update(text)
    .digest('base64')
