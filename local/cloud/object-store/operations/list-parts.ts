import { checksumElement } from '../body/checksum.ts'
import type { ObjectRecord } from '../disk/object-record.ts'
import { openPart, partNumbers, readUpload } from '../disk/uploads.ts'
import { S3Error } from '../protocol/errors.ts'
import { xmlReply } from '../protocol/reply.ts'
import { document, element, text } from '../protocol/write-xml.ts'
import { bucketOf, keyOf, type Operation } from './call.ts'

const maxPartsLimit = 1000

/** ListParts: max-parts, part-number-marker. */
export const listParts: Operation = async (call) => {
  const bucket = bucketOf(call)
  const key = keyOf(call)
  const uploadId = call.request.query.get('uploadId') ?? ''
  const upload = await readUpload(bucket, uploadId, key)
  const marker = readNumber(call.request.query.get('part-number-marker') ?? '0')
  const maxParts = Math.min(maxPartsLimit, readNumber(call.request.query.get('max-parts') ?? String(maxPartsLimit)))
  const following = (await partNumbers(bucket, uploadId)).filter((number) => number > marker)
  const numbers = following.slice(0, maxParts)
  const parts: string[] = []
  for (const number of numbers) {
    const part = await openPart(bucket, uploadId, number)
    await part?.close()
    if (part) parts.push(writePart(number, part.record))
  }
  return xmlReply(
    200,
    document('ListPartsResult', [
      text('Bucket', bucket.name),
      text('Key', key),
      text('UploadId', uploadId),
      text('PartNumberMarker', marker),
      text('NextPartNumberMarker', numbers.at(-1)),
      text('MaxParts', maxParts),
      text('IsTruncated', following.length > numbers.length),
      text('ChecksumAlgorithm', upload.checksumAlgorithm),
      text('StorageClass', 'STANDARD'),
      ...parts,
    ]),
  )
}

function writePart(number: number, { etag, sizeBytes, lastModified, checksum }: ObjectRecord): string {
  return element('Part', [
    text('PartNumber', number),
    text('LastModified', lastModified),
    text('ETag', `"${etag}"`),
    text('Size', sizeBytes),
    checksum ? text(checksumElement(checksum.algorithm), checksum.value) : '',
  ])
}

function readNumber(value: string): number {
  if (!/^\d{1,10}$/.test(value)) throw new S3Error('InvalidArgument', { message: 'A part number is a whole number' })
  return Number(value)
}
