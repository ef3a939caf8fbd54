import { createHash } from 'node:crypto'
import { type ChecksumAlgorithm, startChecksum } from '../body/checksum.ts'
import { wholeSecond } from '../operations/make-record.ts'
import { S3Error } from '../protocol/errors.ts'
import type { WantedPart } from '../protocol/part-list.ts'
import type { Bucket } from './bucket.ts'
import type { ObjectRecord } from './object-record.ts'
import { readAll } from './open-object.ts'
import { openPart, type Upload } from './uploads.ts'

/** S3's minimum for every part but the last. */
const minPartBytes = 5 * 1024 * 1024

type Join = {
  readonly upload: Upload
  readonly uploadId: string
  readonly wanted: readonly WantedPart[]
  /** What the client computed over the whole; a difference is S3Error BadDigest. */
  readonly expectedChecksum: string | undefined
}

/**
 * The object that an upload's parts make together. Throws S3Error InvalidPart, EntityTooSmall or InvalidRequest before
 * a byte is copied. Its ETag is the MD5 of the parts' MD5s, with their number.
 */
export async function joinParts(bucket: Bucket, join: Join, now: Date) {
  const parts: ObjectRecord[] = []
  for (const wanted of join.wanted) parts.push(await checkedPart(bucket, join, wanted))
  const { key, headers, metadata, tags, checksumAlgorithm, checksumType } = join.upload
  const md5s = Buffer.concat(parts.map(({ etag }) => Buffer.from(etag, 'hex')))
  const composite =
    checksumAlgorithm && checksumType === 'COMPOSITE' ? compositeChecksum(checksumAlgorithm, parts) : undefined
  const whole = checksumAlgorithm && checksumType === 'FULL_OBJECT' ? startChecksum(checksumAlgorithm) : undefined

  async function* bytes(): AsyncGenerator<Buffer> {
    for (const { number } of join.wanted) {
      const part = await openPart(bucket, join.uploadId, number)
      if (!part) throw invalidPart(number)
      for await (const chunk of readAll(part)) {
        whole?.update(chunk)
        yield chunk
      }
    }
  }
  const describe = (sizeBytes: number): ObjectRecord => {
    const etag = `${createHash('md5').update(md5s).digest('hex')}-${parts.length}`
    const record = {
      key,
      headers,
      metadata,
      tags,
      sizeBytes,
      etag,
      lastModified: wholeSecond(now),
      uploadId: join.uploadId,
    }
    const value = composite ?? whole?.digest().toString('base64')
    if (!checksumAlgorithm || value === undefined) return record
    if (join.expectedChecksum !== undefined && join.expectedChecksum !== value) throw new S3Error('BadDigest')
    return { ...record, checksum: { algorithm: checksumAlgorithm, value, type: checksumType } }
  }
  return { bytes, describe }
}

async function checkedPart(bucket: Bucket, join: Join, wanted: WantedPart): Promise<ObjectRecord> {
  const part = await openPart(bucket, join.uploadId, wanted.number)
  await part?.close()
  const record = part?.record
  const isSameSum = !wanted.checksum || wanted.checksum.value === record?.checksum?.value
  if (record?.etag !== wanted.etag || !isSameSum) throw invalidPart(wanted.number)
  const isLast = wanted === join.wanted.at(-1)
  if (!isLast && record.sizeBytes < minPartBytes) {
    const elements = {
      PartNumber: String(wanted.number),
      ProposedSize: String(record.sizeBytes),
      MinSizeAllowed: String(minPartBytes),
    }
    throw new S3Error('EntityTooSmall', { elements })
  }
  return record
}

function compositeChecksum(algorithm: ChecksumAlgorithm, parts: readonly ObjectRecord[]): string {
  const checksum = startChecksum(algorithm)
  for (const part of parts) {
    if (part.checksum?.algorithm !== algorithm) {
      throw new S3Error('InvalidRequest', {
        message: `The upload was created using a ${algorithm} checksum. A part came without it.`,
      })
    }
    checksum.update(Buffer.from(part.checksum.value, 'base64'))
  }
  return `${checksum.digest().toString('base64')}-${parts.length}`
}

function invalidPart(number: number): S3Error {
  return new S3Error('InvalidPart', { elements: { PartNumber: String(number) } })
}
