import { checksumHeader } from '../body/checksum.ts'
import type { ObjectChecksum, ObjectRecord } from '../disk/object-record.ts'
import { S3Error } from './errors.ts'
import type { S3Request } from './request.ts'
import { readTagHeader } from './tag-set.ts'

/** What a put may say of its object: kept in the record, repeated by GET and HEAD. */
export type Described = Pick<ObjectRecord, 'headers' | 'metadata' | 'tags'>

const keptHeaders = [
  'content-type',
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'expires',
] as const

/** S3's limit for the names and values of user metadata together. */
const maxMetadataBytes = 2048

/** A presigned URL may carry metadata in its query, where anything can be written. */
const headerName = /^[!#$%&'*+.^_`|~0-9a-z-]+$/
const headerValue = /^[\t\x20-\x7e\x80-\xff]*$/

/** These would change what an object is, so they are refused rather than ignored. */
const unsupported = [
  'x-amz-server-side-encryption-customer-algorithm',
  'x-amz-object-lock-mode',
  'x-amz-object-lock-legal-hold',
]

/** Throws S3Error MetadataTooLarge, InvalidTag or NotImplemented. */
export function readDescription(request: S3Request): Described {
  const refused = unsupported.find((name) => request.headers.has(name))
  if (refused) throw new S3Error('NotImplemented', { elements: { Header: refused } })
  return {
    headers: readKeptHeaders(request),
    metadata: readMetadata(request),
    tags: readTagHeader(request.headers.get('x-amz-tagging')),
  }
}

/** The headers that describe a stored object. `content-length` and `content-type` of a range are the caller's business. */
export function describeObject(record: ObjectRecord): Record<string, string> {
  const headers: Record<string, string> = {
    ...record.headers,
    etag: `"${record.etag}"`,
    'last-modified': new Date(record.lastModified).toUTCString(),
    'accept-ranges': 'bytes',
  }
  for (const [name, value] of Object.entries(record.metadata)) headers[`x-amz-meta-${name}`] = value
  const tagCount = Object.keys(record.tags).length
  if (tagCount > 0) headers['x-amz-tagging-count'] = String(tagCount)
  return headers
}

/** The headers in which S3 gives back a checksum; none without one. */
export function describeChecksum(checksum: ObjectChecksum | undefined): Record<string, string> {
  if (!checksum) return {}
  return { [checksumHeader(checksum.algorithm)]: checksum.value, 'x-amz-checksum-type': checksum.type }
}

function readKeptHeaders(request: S3Request): Record<string, string> {
  const kept: Record<string, string> = { 'content-type': 'binary/octet-stream' }
  for (const name of keptHeaders) {
    const value = request.headers.get(name)
    if (value !== undefined && value !== '') kept[name] = value
  }
  const encoding = withoutFraming(kept['content-encoding'])
  delete kept['content-encoding']
  return encoding === undefined ? kept : { ...kept, 'content-encoding': encoding }
}

/** `aws-chunked` is the framing of the upload, not an encoding of the object. */
function withoutFraming(encoding: string | undefined): string | undefined {
  const encodings = encoding?.split(',').map((entry) => entry.trim()) ?? []
  const own = encodings.filter((entry) => entry !== '' && entry.toLowerCase() !== 'aws-chunked')
  return own.length === 0 ? undefined : own.join(',')
}

function readMetadata(request: S3Request): Record<string, string> {
  const metadata: Record<string, string> = {}
  let countBytes = 0
  for (const [header, value] of request.headers) {
    if (!header.startsWith('x-amz-meta-')) continue
    const name = header.slice('x-amz-meta-'.length)
    countBytes += Buffer.byteLength(name) + Buffer.byteLength(value)
    if (countBytes > maxMetadataBytes) throw new S3Error('MetadataTooLarge')
    if (!headerName.test(name) || !headerValue.test(value)) {
      throw new S3Error('InvalidArgument', {
        message: 'User metadata must be sendable as HTTP headers: latin1 without line ends',
      })
    }
    metadata[name] = value
  }
  return metadata
}
