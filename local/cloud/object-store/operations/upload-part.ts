import { digested } from '../body/digested.ts'
import { readAll } from '../disk/open-object.ts'
import { readUpload, storePart } from '../disk/uploads.ts'
import { copyResult } from '../protocol/copy-result.ts'
import { S3Error } from '../protocol/errors.ts'
import { describeChecksum } from '../protocol/object-headers.ts'
import { emptyReply, xmlReply } from '../protocol/reply.ts'
import { bucketOf, type Call, keyOf, type Operation } from './call.ts'
import { openCopySource } from './copy-source.ts'
import { makeRecord } from './make-record.ts'

const plain = { headers: {}, metadata: {}, tags: {} } as const

/** UploadPart. */
export const uploadPart: Operation = async (call) => {
  const { bucket, key, uploadId, number } = readTarget(call)
  await readUpload(bucket, uploadId, key)
  const payload = call.payload()
  const record = await storePart(bucket, { uploadId, number, body: payload.bytes() }, (sizeBytes) =>
    makeRecord({ ...plain, key, sizeBytes }, payload.digests(), call.now()),
  )
  const { 'x-amz-checksum-type': _, ...checksum } = describeChecksum(record.checksum)
  return emptyReply(200, { etag: `"${record.etag}"`, ...checksum })
}

/** UploadPartCopy: a part from (a range of) an object that is already here. */
export const uploadPartCopy: Operation = async (call) => {
  const { bucket, key, uploadId, number } = readTarget(call)
  const upload = await readUpload(bucket, uploadId, key)
  const { object } = await openCopySource(call)
  try {
    const range = readCopyRange(call, object.record.sizeBytes)
    const copy = digested(range ? object.read(range.start, range.end) : readAll(object), upload.checksumAlgorithm)
    const record = await storePart(bucket, { uploadId, number, body: copy.bytes() }, (sizeBytes) =>
      makeRecord({ ...plain, key, sizeBytes }, copy.digests(), call.now()),
    )
    return xmlReply(200, copyResult('CopyPartResult', record))
  } finally {
    await object.close()
  }
}

function readTarget(call: Call) {
  const number = Number(call.request.query.get('partNumber') ?? '')
  if (!Number.isInteger(number) || number < 1 || number > 10_000) {
    throw new S3Error('InvalidArgument', { message: 'Part number must be an integer between 1 and 10000, inclusive' })
  }
  return { bucket: bucketOf(call), key: keyOf(call), uploadId: call.request.query.get('uploadId') ?? '', number }
}

/** Unlike a GET's range, this one must name both ends and lie wholly inside. */
function readCopyRange(call: Call, sizeBytes: number): { readonly start: number; readonly end: number } | undefined {
  const header = call.request.headers.get('x-amz-copy-source-range')
  if (header === undefined) return undefined
  const match = /^bytes=(\d+)-(\d+)$/.exec(header)
  const [start, end] = [Number(match?.[1]), Number(match?.[2]) + 1]
  if (match && start < end && end <= sizeBytes) return { start, end }
  throw new S3Error('InvalidArgument', {
    message: `Range specified is not valid for source object of size: ${sizeBytes}`,
  })
}
