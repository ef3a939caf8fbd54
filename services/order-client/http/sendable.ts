import { PrintcloudError } from '../printcloud-error.ts'

const printable = /^[\x21-\x7e]+$/
const longestKey = 255

/** The key without the line break that a file puts behind it. fetch would quote a key that no header can carry in its error. */
export function sendableApiKey(apiKey: string): string {
  const trimmed = apiKey.trim()
  if (printable.test(trimmed)) return trimmed
  throw new PrintcloudError({
    code: 'unauthenticated',
    title: 'The API key cannot be sent',
    detail: 'It has characters that no key has; was something copied along with it?',
    isRetryable: false,
  })
}

/** Throws `idempotency_key_invalid` for what no header can carry, before anything is kept or sent under it. */
export function wantIdempotencyKey(key: string): void {
  if (printable.test(key) && key.length <= longestKey) return
  throw new PrintcloudError({
    code: 'idempotency_key_invalid',
    title: 'The Idempotency-Key cannot be used',
    detail: `It may have 1 to ${longestKey} printable ASCII characters without spaces; found ${JSON.stringify(key.slice(0, longestKey))}.`,
    isRetryable: false,
  })
}
