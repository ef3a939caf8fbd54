import { randomUUID } from 'node:crypto'
import type { ApiUnderTest } from './platform.ts'

/** What came back, read as JSON. */
export type Answer = {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: expectations look into answers field by field, and judge what they find.
  readonly json: any
}

type Call = {
  readonly key?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly raw?: string
}

/** A caller of the API over real HTTP, as the test account unless another key is given. */
export function callerOf(api: ApiUnderTest) {
  return async (
    method: string,
    path: string,
    { key = api.secretKey, headers = {}, body, raw }: Call = {},
  ): Promise<Answer> => {
    const text = raw ?? (body === undefined ? undefined : JSON.stringify(body))
    const response = await fetch(`${api.url}${path}`, {
      method,
      headers: {
        ...(key === '' ? {} : { authorization: `Bearer ${key}` }),
        ...(text === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(text === undefined ? {} : { body: text }),
    })
    const answered = await response.text()
    return { status: response.status, headers: response.headers, text: answered, json: asJson(answered) }
  }
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export const fresh = (): { 'idempotency-key': string } => ({ 'idempotency-key': randomUUID() })

/** An order of one poster by address, so that no file needs to exist. */
export const posterByUrl = (changes: object = {}): object => ({
  recipient: {
    name: 'Ada Lovelace',
    address: { line1: 'Oudegracht 1', city: 'Utrecht', postal_code: '3511 AA', country: 'NL' },
  },
  shipping_method: 'standard',
  items: [{ sku: 'poster-a3', quantity: 1, files: { image: 'https://example.com/a.jpg' } }],
  ...changes,
})
