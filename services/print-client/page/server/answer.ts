import type { ServerResponse } from 'node:http'
import type { Issue, Refused } from '#chassis/errors.ts'

export type Answer = {
  readonly status: number
  readonly type?: string
  readonly body?: string | Uint8Array
  readonly headers?: Readonly<Record<string, string>>
}

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Nothing of another address is loaded, nobody may put the page into theirs or read what it answers, and nothing of it is kept. */
const always = {
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
}

export const json = (value: unknown, status = 200): Answer => ({
  status,
  type: 'application/json; charset=utf-8',
  body: JSON.stringify(value),
})

/** A no, with its reason as a word that the page has sentences for. */
export const problem = (status: number, code: string, detail: string, errors: readonly Issue[] = []): Answer =>
  json({ code, detail, ...(errors.length === 0 ? {} : { errors }) }, status)

export const problemOf = (error: Refused): Answer =>
  problem(error.code === 'unknown_job' ? 404 : 409, error.code, error.message, error.issues)

export function send(response: ServerResponse, { status, type, body, headers }: Answer): void {
  response.writeHead(status, {
    ...always,
    'cache-control': 'no-store',
    ...(type === undefined ? {} : { 'content-type': type }),
    ...headers,
  })
  response.end(body)
}
