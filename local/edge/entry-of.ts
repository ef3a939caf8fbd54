import { missingSeconds } from '#contracts/published/cache-rules.ts'
import { tagHeader, tagsIn } from '#contracts/published/cache-tags.ts'
import type { Entry } from './entries.ts'
import { type Lifetime, lifetimeOf } from './freshness.ts'
import type { OriginAnswer } from './origin.ts'

const visible = ['content-type', 'content-encoding', 'content-language', 'cache-control', 'etag', 'last-modified']
const missingLifetime: Lifetime = { ...lifetimeOf(''), freshSeconds: missingSeconds }

/** Its age counts from when it was asked for: what happened at the origin since is not in it. */
export function entryOf(answer: OriginAnswer, known: Entry | undefined, askedAt: number): Entry {
  if (answer.status === 404) {
    return {
      status: 404,
      headers: {},
      body: answer.body,
      tags: [],
      lifetime: missingLifetime,
      storedAtMilliseconds: askedAt,
    }
  }
  const isKnown = answer.status === 304
  if (isKnown && !known) throw new Error('the origin answered 304 to a question without If-None-Match')
  const tags = answer.headers[tagHeader]
  // RFC 9111 §3.2: what a 304 says takes the place of what was said before; what it does not say stays.
  // Its date is that of the answer, not of each read: with the age it says what time it is.
  const date = new Date(askedAt).toUTCString()
  const headers: Entry['headers'] = { ...(isKnown ? known?.headers : {}), ...visibleHeaders(answer.headers), date }
  return {
    status: 200,
    headers,
    body: isKnown && known ? known.body : answer.body,
    tags: tags === undefined ? (isKnown && known ? known.tags : []) : tagsIn(tags),
    lifetime: lifetimeOf(headers['cache-control'] ?? ''),
    storedAtMilliseconds: askedAt,
  }
}

function visibleHeaders(headers: OriginAnswer['headers']): Record<string, string> {
  const seen: Record<string, string> = {}
  for (const name of visible) {
    const value = headers[name]
    if (value !== undefined) seen[name] = value
  }
  return seen
}
