import { checksumElement } from '../body/checksum.ts'
import type { ObjectRecord } from '../disk/object-record.ts'
import { document, text } from './write-xml.ts'

/** What CopyObject and UploadPartCopy answer. */
export function copyResult(name: 'CopyObjectResult' | 'CopyPartResult', record: ObjectRecord): string {
  const { etag, lastModified, checksum } = record
  return document(name, [
    text('ETag', `"${etag}"`),
    text('LastModified', lastModified),
    checksum ? text(checksumElement(checksum.algorithm), checksum.value) : '',
  ])
}
