import { readChecksumAlgorithm } from '../body/checksum.ts'
import { digested } from '../body/digested.ts'
import { readAll } from '../disk/open-object.ts'
import { readWriteCondition } from '../protocol/conditional.ts'
import { copyResult } from '../protocol/copy-result.ts'
import { S3Error } from '../protocol/errors.ts'
import { type Described, readDescription } from '../protocol/object-headers.ts'
import { xmlReply } from '../protocol/reply.ts'
import type { S3Request } from '../protocol/request.ts'
import { bucketOf, keyOf, type Operation } from './call.ts'
import { type CopySource, openCopySource } from './copy-source.ts'
import { makeRecord } from './make-record.ts'

/** CopyObject, also between buckets and onto itself with new metadata. Like on S3 the copy's ETag is the MD5 of its bytes. */
export const copyObject: Operation = async (call) => {
  const bucket = bucketOf(call)
  const key = keyOf(call)
  const { request } = call
  const condition = readWriteCondition(request)
  const asked = readChecksumAlgorithm(request.headers.get('x-amz-checksum-algorithm'))
  const source = await openCopySource(call)
  try {
    const described = describeCopy(request, source)
    const copy = digested(readAll(source.object), asked ?? source.object.record.checksum?.algorithm)
    const record = await bucket.store(
      copy.bytes(),
      (sizeBytes) => makeRecord({ ...described, key, sizeBytes }, copy.digests(), call.now()),
      condition,
    )
    return xmlReply(200, copyResult('CopyObjectResult', record))
  } finally {
    await source.object.close()
  }
}

function describeCopy(request: S3Request, source: CopySource): Described {
  const replaces = (name: string): boolean => request.headers.get(name)?.toUpperCase() === 'REPLACE'
  const { headers, metadata, tags } = source.object.record
  const given = readDescription(request)
  const replacesMetadata = replaces('x-amz-metadata-directive')
  const isOntoItself = source.bucket === request.bucket && source.key === request.key
  if (isOntoItself && !replacesMetadata) {
    throw new S3Error('InvalidRequest', {
      message:
        'This copy request is illegal because it is trying to copy an object to itself without changing its metadata.',
    })
  }
  return {
    headers: replacesMetadata ? given.headers : headers,
    metadata: replacesMetadata ? given.metadata : metadata,
    tags: replaces('x-amz-tagging-directive') ? given.tags : tags,
  }
}
