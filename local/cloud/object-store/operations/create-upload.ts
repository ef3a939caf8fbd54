import { readChecksumAlgorithm } from '../body/checksum.ts'
import { startUpload, type Upload } from '../disk/uploads.ts'
import { S3Error } from '../protocol/errors.ts'
import { readDescription } from '../protocol/object-headers.ts'
import { xmlReply } from '../protocol/reply.ts'
import { document, text } from '../protocol/write-xml.ts'
import { bucketOf, keyOf, type Operation } from './call.ts'

/** CreateMultipartUpload: what it says of the object holds for what Complete makes. */
export const createUpload: Operation = async (call) => {
  const bucket = bucketOf(call)
  const key = keyOf(call)
  const { headers } = call.request
  const algorithm = readChecksumAlgorithm(headers.get('x-amz-checksum-algorithm'))
  const type = readChecksumType(headers.get('x-amz-checksum-type'), algorithm)
  const uploadId = await startUpload(bucket, {
    ...readDescription(call.request),
    key,
    initiatedAt: call.now().toISOString(),
    ...(algorithm && { checksumAlgorithm: algorithm }),
    checksumType: type,
  })
  const xml = document('InitiateMultipartUploadResult', [
    text('Bucket', bucket.name),
    text('Key', key),
    text('UploadId', uploadId),
  ])
  return xmlReply(200, xml, algorithm ? { 'x-amz-checksum-algorithm': algorithm, 'x-amz-checksum-type': type } : {})
}

/** S3's defaults and exclusions: CRC-64 only over the whole object, hashes only over the parts' hashes. */
function readChecksumType(word: string | undefined, algorithm: Upload['checksumAlgorithm']): Upload['checksumType'] {
  const type = word?.toUpperCase() ?? (algorithm === 'CRC64NVME' ? 'FULL_OBJECT' : 'COMPOSITE')
  const isHash = algorithm === 'SHA1' || algorithm === 'SHA256'
  if (type === 'FULL_OBJECT' && !isHash) return type
  if (type === 'COMPOSITE' && algorithm !== 'CRC64NVME') return type
  throw new S3Error('InvalidRequest', {
    message: `The ${type} checksum type cannot be used with ${algorithm ?? 'no'} checksum algorithm.`,
  })
}
