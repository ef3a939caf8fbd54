import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3'
import { describe, expect, test } from 'vitest'
import { noise, refusal, testStore } from './object-store-fixture.ts'

const { client, bucket, url } = await testStore()
const at = (key: string) => ({ Bucket: bucket, Key: key })
const put = (key: string, body: Buffer | string = 'ink') =>
  client.send(new PutObjectCommand({ ...at(key), Body: body }))
const read = async (key: string) => (await client.send(new GetObjectCommand(at(key)))).Body?.transformToString()

describe('an object', () => {
  test('comes back byte for byte with its ETag, the MD5 of its bytes', async () => {
    for (const sizeBytes of [0, 1, 16_000, 16_384, 300_000]) {
      const body = noise(sizeBytes)
      const { ETag } = await put('sized', body)
      const got = await client.send(new GetObjectCommand(at('sized')))
      expect(Buffer.from((await got.Body?.transformToByteArray()) ?? []).equals(body)).toBe(true)
      expect(got.ETag).toBe(`"${createHash('md5').update(body).digest('hex')}"`)
      expect(got.ETag).toBe(ETag)
      expect(got.ContentLength).toBe(sizeBytes)
    }
  })

  test('over 11 MiB comes back byte for byte, from a buffer and from a stream', async () => {
    const body = noise(12 * 1024 * 1024)
    await put('big-buffer', body)
    const stream = Readable.from([body.subarray(0, 5_000_000), body.subarray(5_000_000)])
    await client.send(new PutObjectCommand({ ...at('big-stream'), Body: stream, ContentLength: body.length }))
    for (const key of ['big-buffer', 'big-stream']) {
      const got = await client.send(new GetObjectCommand(at(key)))
      expect(Buffer.from((await got.Body?.transformToByteArray()) ?? []).equals(body)).toBe(true)
    }
  })

  test('keeps its headers, user metadata and tags', async () => {
    const said = {
      ContentType: 'application/pdf',
      CacheControl: 'max-age=60',
      ContentDisposition: 'attachment; filename="book.pdf"',
      ContentEncoding: 'gzip',
      ContentLanguage: 'de',
      Metadata: { order: 'ord_1', note: 'a b' },
    }
    const stream = Readable.from([Buffer.from('ink')])
    await client.send(
      new PutObjectCommand({ ...at('described'), Body: stream, ContentLength: 3, Tagging: 'kind=source&a=b', ...said }),
    )
    const got = await client.send(new GetObjectCommand(at('described')))
    expect(got).toMatchObject({ ...said, TagCount: 2 })
    expect(await client.send(new HeadObjectCommand(at('described')))).toMatchObject({ ...said, ContentLength: 3 })
    await got.Body?.transformToString()
  })

  test('is replaced whole by a second put', async () => {
    await client.send(new PutObjectCommand({ ...at('twice'), Body: noise(50_000), Metadata: { first: 'yes' } }))
    await put('twice', 'second')
    const got = await client.send(new GetObjectCommand(at('twice')))
    expect(await got.Body?.transformToString()).toBe('second')
    expect(got.Metadata).toEqual({})
  })

  test('is gone after a delete, and deleting it again is no error', async () => {
    await put('gone')
    await client.send(new DeleteObjectCommand(at('gone')))
    expect(await refusal(read('gone'))).toEqual({ name: 'NoSuchKey', status: 404 })
    expect(await refusal(client.send(new HeadObjectCommand(at('gone'))))).toEqual({ name: 'NotFound', status: 404 })
    await client.send(new DeleteObjectCommand(at('gone')))
  })

  test('is deleted together with others, each reported', async () => {
    const keys = ['many/ä & ö', 'many/<b>', 'many/c']
    for (const key of keys) await put(key)
    const Objects = [...keys, 'many/never-there'].map((Key) => ({ Key }))
    const { Deleted } = await client.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects } }))
    expect(Deleted?.map(({ Key }) => Key)).toEqual([...keys, 'many/never-there'])
    for (const key of keys) expect(await refusal(read(key))).toMatchObject({ name: 'NoSuchKey' })
  })

  test('may have any key of up to 1,024 bytes', async () => {
    const keys = [
      'a b',
      'ä/ö/ü/€/𝄞',
      '../../etc/passwd',
      '..',
      '.',
      '/',
      '//',
      'a//b',
      'A',
      'a',
      'a+b&c=d?e#f%41%zz',
      'tab\tkey',
      'x'.repeat(1024),
      `${'Ü'.repeat(512)}`,
    ]
    for (const key of keys) await put(key, `body of ${key}`)
    for (const key of keys) expect(await read(key)).toBe(`body of ${key}`)
    expect(await refusal(put('x'.repeat(1025)))).toEqual({ name: 'KeyTooLongError', status: 400 })
  })
})

describe('a range', () => {
  const body = noise(400_000)
  test('is sent alone, with its place in the whole', async () => {
    await put('ranged', body)
    await put('ranged-small', body.subarray(0, 100))
    const cases = [
      ['ranged', 'bytes=0-9', 0, 10],
      ['ranged', 'bytes=399990-', 399_990, 400_000],
      ['ranged', 'bytes=-5', 399_995, 400_000],
      ['ranged', 'bytes=1000-900000', 1000, 400_000],
      ['ranged-small', 'bytes=5-6', 5, 7],
    ] as const
    for (const [key, Range, start, end] of cases) {
      const got = await client.send(new GetObjectCommand({ ...at(key), Range }))
      expect(got.$metadata.httpStatusCode).toBe(206)
      expect(got.ContentRange).toBe(`bytes ${start}-${end - 1}/${key === 'ranged' ? 400_000 : 100}`)
      expect(Buffer.from((await got.Body?.transformToByteArray()) ?? []).equals(body.subarray(start, end))).toBe(true)
    }
  })

  test('that lies outside the object is refused', async () => {
    await put('ranged-small', body.subarray(0, 100))
    const beyond = client.send(new GetObjectCommand({ ...at('ranged-small'), Range: 'bytes=100-' }))
    expect(await refusal(beyond)).toEqual({ name: 'InvalidRange', status: 416 })
  })
})

test('an error says what, where and in which request, as XML', async () => {
  const response = await fetch(`${url}/${bucket}/some%20<key>`)
  const xml = await response.text()
  expect(response.status).toBe(403)
  expect(response.headers.get('content-type')).toBe('application/xml')
  expect(xml).toContain('<Error><Code>AccessDenied</Code><Message>Access Denied</Message>')
  expect(xml).toContain(`<Resource>/${bucket}/some%20%3Ckey%3E</Resource>`)
  expect(xml).toContain(`<RequestId>${response.headers.get('x-amz-request-id')}</RequestId>`)
})
