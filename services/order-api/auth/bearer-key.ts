import type { IncomingMessage } from 'node:http'
import { Refused } from '#chassis/errors.ts'
import { isApiKey } from './api-key.ts'

/** The longest header that is looked at: no key of ours comes near. */
const longest = 200

/** The key that a request carries; throws Refused `unauthenticated` when there is none, or none that can be ours. */
export function bearerKey({ headers, rawHeaders }: Pick<IncomingMessage, 'headers' | 'rawHeaders'>): string {
  const header = headers.authorization
  if (header === undefined) throw unauthenticated('the Authorization header is missing')
  // Node keeps the first of two. A proxy before us may have judged the other.
  if (countAuthorization(rawHeaders) > 1) throw unauthenticated('there are two Authorization headers')
  const key = header.length > longest ? undefined : /^bearer +(\S+)$/i.exec(header)?.[1]
  if (key === undefined) throw unauthenticated('it is not of that form')
  if (!isApiKey(key)) throw unauthenticated('this is no key of ours, or some of its characters are wrong or missing')
  return key
}

export const unauthenticated = (found: string): Refused =>
  new Refused('unauthenticated', `Send "Authorization: Bearer sk_test_…" (or sk_live_…); ${found}.`)

/** Names and values take turns in `rawHeaders`. */
function countAuthorization(rawHeaders: readonly string[]): number {
  let count = 0
  for (let place = 0; place < rawHeaders.length; place += 2) {
    const name = rawHeaders[place]
    if (name?.length === 'authorization'.length && name.toLowerCase() === 'authorization') count += 1
  }
  return count
}
