import type { Digests } from '../body/body-digests.ts'
import type { ObjectRecord } from '../disk/object-record.ts'
import type { Described } from '../protocol/object-headers.ts'

/** The record of an object that was stored in one piece: its ETag is the MD5 of its bytes. */
export function makeRecord(
  described: Described & { readonly key: string; readonly sizeBytes: number },
  { md5, checksum }: Digests,
  now: Date,
): ObjectRecord {
  const record = { ...described, lastModified: wholeSecond(now), etag: md5.toString('hex') }
  return checksum ? { ...record, checksum: { ...checksum, type: 'FULL_OBJECT' } } : record
}

/** S3 keeps whole seconds, so that a listing and the Last-Modified header agree. */
export function wholeSecond(date: Date): string {
  return new Date(Math.floor(date.getTime() / 1000) * 1000).toISOString()
}
