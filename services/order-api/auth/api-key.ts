import { createHash, randomBytes } from 'node:crypto'

export type KeyKind = 'secret' | 'publishable'

/** `sk_test_…`, `sk_live_…`, `pk_test_…`, `pk_live_…`: 32 hex digits of chance behind a prefix that scanners know. */
export function makeApiKey(kind: KeyKind, isTest: boolean): string {
  return `${kind === 'secret' ? 'sk' : 'pk'}_${isTest ? 'test' : 'live'}_${randomBytes(16).toString('hex')}`
}

/** All that is stored of a key. 128 random bits need no slow hash. */
export const hashOfApiKey = (key: string): string => createHash('sha256').update(key).digest('hex')

/** The key of an `Authorization: Bearer …` header, or undefined when it cannot be one of ours. */
export function bearerKey(header: string | undefined): string | undefined {
  const match = /^Bearer ((?:sk|pk)_(?:test|live)_[0-9a-f]{32})$/i.exec(header ?? '')
  return match?.[1]
}
