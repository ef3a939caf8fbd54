import type { ObjectRecord } from '../disk/object-record.ts'
import { S3Error } from './errors.ts'
import type { S3Request } from './request.ts'

/** What must hold of the object that is there before a put, complete or delete may change it. */
export type WriteCondition =
  | { readonly kind: 'none' }
  | { readonly kind: 'absent' }
  | { readonly kind: 'matches'; readonly etag: string }

/** Reads If-None-Match and If-Match of a write; S3 knows only `*` for the first. */
export function readWriteCondition(request: S3Request): WriteCondition {
  const ifNoneMatch = request.headers.get('if-none-match')
  const ifMatch = request.headers.get('if-match')
  if (ifNoneMatch !== undefined && ifMatch === undefined && ifNoneMatch.trim() === '*') return { kind: 'absent' }
  if (ifNoneMatch !== undefined) {
    throw new S3Error('NotImplemented', {
      message: 'A write takes If-None-Match: * or If-Match, not both and no list.',
    })
  }
  return ifMatch === undefined ? { kind: 'none' } : { kind: 'matches', etag: bare(ifMatch) }
}

/** Throws S3Error NoSuchKey or PreconditionFailed; `absent` is left to link(2), which decides and acts in one step. */
export function checkWriteCondition(condition: WriteCondition, etag: string | undefined): void {
  if (condition.kind !== 'matches') return
  if (etag === undefined) throw new S3Error('NoSuchKey')
  if (condition.etag !== '*' && condition.etag !== etag) throw preconditionFailed('If-Match')
}

/**
 * Decides a read by If-Match, If-Unmodified-Since, If-None-Match and If-Modified-Since in the order of RFC 9110 §13.2.2.
 * Throws S3Error PreconditionFailed. With a `prefix` it reads the conditions of a copy's source.
 */
export function decideRead(request: S3Request, record: ObjectRecord, prefix = ''): 'send' | 'not-modified' {
  const header = (name: string): string | undefined => request.headers.get(prefix + name)
  const [ifMatch, ifNoneMatch] = [header('if-match'), header('if-none-match')]
  if (ifMatch !== undefined) {
    if (!isListed(ifMatch, record.etag)) throw preconditionFailed('If-Match')
  } else if (isModifiedAfter(record, header('if-unmodified-since')) === true) {
    throw preconditionFailed('If-Unmodified-Since')
  }
  if (ifNoneMatch !== undefined) return isListed(ifNoneMatch, record.etag) ? 'not-modified' : 'send'
  return isModifiedAfter(record, header('if-modified-since')) === false ? 'not-modified' : 'send'
}

export function preconditionFailed(condition: string): S3Error {
  return new S3Error('PreconditionFailed', { elements: { Condition: condition } })
}

function isListed(list: string, etag: string): boolean {
  return list.split(',').some((entry) => entry.trim() === '*' || bare(entry) === etag)
}

function bare(etag: string): string {
  return etag.trim().replace(/^W\//, '').replace(/^"|"$/g, '')
}

/** Undefined without a readable date. */
function isModifiedAfter(record: ObjectRecord, date: string | undefined): boolean | undefined {
  const limit = Date.parse(date ?? '')
  if (Number.isNaN(limit)) return undefined
  return Date.parse(record.lastModified) > limit
}
