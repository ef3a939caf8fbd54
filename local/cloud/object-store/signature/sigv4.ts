import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { S3Request } from '../protocol/request.ts'

export type Scope = { readonly day: string; readonly region: string; readonly service: string }

/** Signs with one secret; the keys it derives are cached per day and region. */
export type Signer = (scope: Scope, stringToSign: string) => string

/** `may`: what a key of limited rights may be used for; without, everything. */
export type KnownKey = { readonly signer: Signer; readonly may?: (request: S3Request) => boolean }

/** The key of that name, or undefined: it is refused then. */
export type Credentials = (accessKeyId: string) => KnownKey | undefined

/** Scopes come from requests, so the cache must not grow with them. */
const maxCachedKeys = 50

export function createSigner(secretAccessKey: string): Signer {
  const keys = new Map<string, Buffer>()
  const keyFor = (scope: Scope): Buffer => {
    const name = scopeText(scope)
    const cached = keys.get(name)
    if (cached) return cached
    if (keys.size >= maxCachedKeys) keys.clear()
    const steps = [scope.day, scope.region, scope.service, 'aws4_request']
    const key = steps.reduce<Buffer>((secret, step) => hmac(secret, step), Buffer.from(`AWS4${secretAccessKey}`))
    keys.set(name, key)
    return key
  }
  return (scope, stringToSign) => hmac(keyFor(scope), stringToSign).toString('hex')
}

/** The text whose HMAC is a request's signature. Source: S3 API reference, "Authenticating Requests (AWS Signature Version 4)". */
export function stringToSign(
  request: S3Request,
  signed: {
    readonly headers: readonly string[]
    readonly payloadHash: string
    readonly date: string
    readonly scope: Scope
  },
): string {
  const canonical = [
    request.method,
    encodeSigned(request.path).replaceAll('%2F', '/'),
    canonicalQuery(request),
    ...signed.headers.map((name) => `${name}:${(request.headers.get(name) ?? '').trim().replace(/ +/g, ' ')}`),
    '',
    signed.headers.join(';'),
    signed.payloadHash,
  ].join('\n')
  return ['AWS4-HMAC-SHA256', signed.date, scopeText(signed.scope), sha256Hex(canonical)].join('\n')
}

export function scopeText(scope: Scope): string {
  return `${scope.day}/${scope.region}/${scope.service}/aws4_request`
}

export function sha256Hex(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex')
}

/** Takes as long for a near miss as for a far one. */
export function isSameSignature(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** `20250131T235959Z` as epoch milliseconds; undefined for anything else. */
export function readAmzDate(date: string): number | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date)
  if (!match) return undefined
  const at = Date.parse(`${match[1]}-${match[2]}-${match[3]}T${match[4]}:${match[5]}:${match[6]}Z`)
  return Number.isNaN(at) ? undefined : at
}

function canonicalQuery(request: S3Request): string {
  return request.pairs
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [encodeSigned(name), encodeSigned(value)] as const)
    .sort(([nameA, valueA], [nameB, valueB]) => compare(nameA, nameB) || compare(valueA, valueB))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** RFC 3986: everything but letters, digits and `-._~`. */
function encodeSigned(value: string): string {
  return encodeURIComponent(value).replace(/[!'()*]/g, (found) => `%${found.charCodeAt(0).toString(16).toUpperCase()}`)
}

function hmac(key: Buffer, data: string): Buffer {
  return createHmac('sha256', key).update(data).digest()
}
