import { checksumElement, checksumHeader } from '../body/checksum.ts'
import { readText } from '../body/payload.ts'
import type { Bucket } from '../disk/bucket.ts'
import { joinParts } from '../disk/joined-parts.ts'
import type { ObjectRecord } from '../disk/object-record.ts'
import { endUpload, readUpload } from '../disk/uploads.ts'
import { readWriteCondition } from '../protocol/conditional.ts'
import { readPartList } from '../protocol/part-list.ts'
import { xmlReply } from '../protocol/reply.ts'
import { document, text } from '../protocol/write-xml.ts'
import { bucketOf, keyOf, type Operation } from './call.ts'

/**
 * CompleteMultipartUpload: joins the parts into one object, conditionally if asked. Asked again after it succeeded
 * (the reply may have been lost), it gives the same answer for as long as that object stands.
 */
export const completeUpload: Operation = async (call) => {
  const bucket = bucketOf(call)
  const key = keyOf(call)
  const uploadId = call.request.query.get('uploadId') ?? ''
  const condition = readWriteCondition(call.request)
  const wanted = readPartList(await readText(call.payload('of-object')))
  return bucket.inTurn(uploadId, async () => {
    const earlier = await completedBefore(bucket, key, uploadId)
    if (earlier) return completed(bucket, earlier)
    const upload = await readUpload(bucket, uploadId, key)
    const expectedChecksum =
      upload.checksumAlgorithm && call.request.headers.get(checksumHeader(upload.checksumAlgorithm))
    const joined = await joinParts(bucket, { upload, uploadId, wanted, expectedChecksum }, call.now())
    const record = await bucket.store(joined.bytes(), joined.describe, condition)
    await endUpload(bucket, uploadId)
    return completed(bucket, record)
  })
}

async function completedBefore(bucket: Bucket, key: string, uploadId: string): Promise<ObjectRecord | undefined> {
  const object = await bucket.openObject(key)
  await object?.close()
  return object?.record.uploadId === uploadId ? object.record : undefined
}

function completed(bucket: Bucket, { key, etag, checksum }: ObjectRecord) {
  return xmlReply(
    200,
    document('CompleteMultipartUploadResult', [
      text('Location', `/${bucket.name}/${key}`),
      text('Bucket', bucket.name),
      text('Key', key),
      text('ETag', `"${etag}"`),
      checksum ? text(checksumElement(checksum.algorithm), checksum.value) + text('ChecksumType', checksum.type) : '',
    ]),
  )
}
