import type { IncomingMessage } from 'node:http'
import { S3Error } from './errors.ts'

/** One request in path style, decoded: `/<bucket>/<key>?<query>`. */
export type S3Request = {
  readonly method: string
  /** Decoded, with its leading slash. */
  readonly path: string
  readonly bucket: string | undefined
  readonly key: string | undefined
  /** Decoded query in the order sent; a name without `=` has the value ''. */
  readonly pairs: readonly (readonly [string, string])[]
  readonly query: ReadonlyMap<string, string>
  /**
   * By lower-case name. On a presigned request the `x-amz-*` parameters of the query count as headers too:
   * that is where a presigner puts metadata, checksums and tags.
   */
  readonly headers: ReadonlyMap<string, string>
  readonly incoming: IncomingMessage
}

/** S3's limit for a key, in bytes of UTF-8. */
const maxKeyBytes = 1024

/** Throws S3Error InvalidURI or KeyTooLongError. */
export function readRequest(incoming: IncomingMessage): S3Request {
  const url = incoming.url ?? '/'
  if (!url.startsWith('/')) throw new S3Error('InvalidURI')
  const mark = url.indexOf('?')
  const path = decode(mark < 0 ? url : url.slice(0, mark))
  const pairs = mark < 0 ? [] : readQuery(url.slice(mark + 1))
  const slash = path.indexOf('/', 1)
  const bucket = slash < 0 ? path.slice(1) : path.slice(1, slash)
  const key = slash < 0 ? '' : path.slice(slash + 1)
  if (Buffer.byteLength(key) > maxKeyBytes) throw new S3Error('KeyTooLongError')
  return {
    method: incoming.method ?? 'GET',
    path,
    bucket: bucket === '' ? undefined : bucket,
    key: key === '' ? undefined : key,
    pairs,
    query: new Map(pairs),
    headers: readHeaders(incoming, pairs),
    incoming,
  }
}

function readQuery(query: string): (readonly [string, string])[] {
  return query
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const equals = part.indexOf('=')
      return equals < 0
        ? [decodePlus(part), '']
        : [decodePlus(part.slice(0, equals)), decodePlus(part.slice(equals + 1))]
    })
}

function readHeaders(incoming: IncomingMessage, pairs: readonly (readonly [string, string])[]): Map<string, string> {
  const headers = new Map<string, string>()
  if (pairs.some(([name]) => name === 'X-Amz-Signature')) {
    for (const [name, value] of pairs) {
      const lower = name.toLowerCase()
      if (lower.startsWith('x-amz-')) headers.set(lower, value)
    }
  }
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(',') : value)
  }
  return headers
}

function decodePlus(part: string): string {
  return decode(part.replaceAll('+', ' '))
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch (cause) {
    throw new S3Error('InvalidURI', { cause })
  }
}
