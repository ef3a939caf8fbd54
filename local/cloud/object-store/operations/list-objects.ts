import type { Bucket } from '../disk/bucket.ts'
import { listPage } from '../disk/list-page.ts'
import { S3Error } from '../protocol/errors.ts'
import { xmlReply } from '../protocol/reply.ts'
import { document, element, text } from '../protocol/write-xml.ts'
import { bucketOf, type Operation } from './call.ts'

/** S3's page size, and its limit. */
const maxKeysLimit = 1000

/** Files opened at the same time to learn what is not known yet. */
const batchSize = 32

/** ListObjectsV2: prefix, delimiter, max-keys, start-after, continuation-token, encoding-type=url. */
export const listObjects: Operation = async (call) => {
  const bucket = bucketOf(call)
  const parameter = (name: string): string | undefined => call.request.query.get(name)
  if (parameter('list-type') !== '2')
    throw new S3Error('NotImplemented', { message: 'Only version 2 of the listing is implemented.' })
  const maxKeys = readMaxKeys(parameter('max-keys'))
  const [prefix, delimiter, startAfter] = [
    parameter('prefix') ?? '',
    parameter('delimiter') ?? '',
    parameter('start-after') ?? '',
  ]
  const token = parameter('continuation-token')
  const page = listPage(bucket.index, { prefix, delimiter, startAfter, maxKeys, token })
  const contents = await describeKeys(bucket, page.keys, encoder(parameter('encoding-type')))
  const encode = encoder(parameter('encoding-type'))
  return xmlReply(
    200,
    document('ListBucketResult', [
      text('Name', bucket.name),
      text('Prefix', encode(prefix)),
      text('Delimiter', parameter('delimiter') && encode(delimiter)),
      text('StartAfter', parameter('start-after') && encode(startAfter)),
      text('EncodingType', parameter('encoding-type')),
      text('ContinuationToken', token),
      text('NextContinuationToken', page.nextToken),
      text('KeyCount', contents.length + page.commonPrefixes.length),
      text('MaxKeys', maxKeys),
      text('IsTruncated', page.nextToken !== undefined),
      ...contents,
      ...page.commonPrefixes.map((common) => element('CommonPrefixes', [text('Prefix', encode(common))])),
    ]),
  )
}

async function describeKeys(
  bucket: Bucket,
  keys: readonly string[],
  encode: (key: string) => string,
): Promise<string[]> {
  const described: string[] = []
  for (let start = 0; start < keys.length; start += batchSize) {
    const batch = keys.slice(start, start + batchSize)
    described.push(...(await Promise.all(batch.map((key) => describeKey(bucket, key, encode)))))
  }
  return described.filter((written) => written !== '')
}

/** Nothing for a key that was deleted after the page was made. */
async function describeKey(bucket: Bucket, key: string, encode: (key: string) => string): Promise<string> {
  const summary = await bucket.summary(key)
  if (!summary) return ''
  return element('Contents', [
    text('Key', encode(key)),
    text('LastModified', new Date(summary.lastModifiedEpochMs).toISOString()),
    text('ETag', `"${summary.etag}"`),
    text('Size', summary.sizeBytes),
    text('StorageClass', 'STANDARD'),
  ])
}

function readMaxKeys(value: string | undefined): number {
  if (value === undefined) return maxKeysLimit
  if (!/^\d{1,10}$/.test(value)) throw new S3Error('InvalidArgument', { message: 'max-keys must be a whole number' })
  return Math.min(maxKeysLimit, Number(value))
}

function encoder(encodingType: string | undefined): (key: string) => string {
  if (encodingType === undefined) return (key) => key
  if (encodingType !== 'url')
    throw new S3Error('InvalidArgument', { message: 'Invalid Encoding Method specified in Request' })
  return (key) => encodeURIComponent(key).replaceAll('%2F', '/')
}
