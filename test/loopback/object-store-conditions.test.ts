import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { describe, expect, test } from 'vitest'
import { createLog } from '#chassis/log.ts'
import { startObjectStore } from '../../local/cloud/object-store/start.ts'
import {
  credentials,
  isExternal,
  noise,
  refusal,
  temporaryFolder,
  testClient,
  testStore,
} from './object-store-fixture.ts'

const { client, bucket } = await testStore()
const at = (key: string) => ({ Bucket: bucket, Key: key })
const claim = (key: string, body: string) =>
  client.send(new PutObjectCommand({ ...at(key), Body: body, IfNoneMatch: '*' }))
const read = async (key: string) => (await client.send(new GetObjectCommand(at(key)))).Body?.transformToString()

const failed = { name: 'PreconditionFailed', status: 412 }

describe('a put with If-None-Match: *', () => {
  test('succeeds once; the second gets 412 and changes nothing', async () => {
    await claim('once', 'first')
    expect(await refusal(claim('once', 'second'))).toEqual(failed)
    expect(await read('once')).toBe('first')
  })

  test('has exactly one winner among 20 at the same time, and its body stays', async () => {
    for (let round = 0; round < 5; round++) {
      const key = `race-${round}`
      const outcomes = await Promise.allSettled(Array.from({ length: 20 }, (_, i) => claim(key, `claim ${i}`)))
      const winners = outcomes.flatMap(({ status }, i) => (status === 'fulfilled' ? [i] : []))
      expect(winners).toHaveLength(1)
      expect(await read(key)).toBe(`claim ${winners[0]}`)
    }
  })

  test('succeeds again after the object was deleted', async () => {
    await claim('freed', 'first')
    await client.send(new DeleteObjectCommand(at('freed')))
    await claim('freed', 'second')
    expect(await read('freed')).toBe('second')
  })

  test.skipIf(isExternal)('still fails after a restart', async () => {
    const options = {
      port: 0,
      dataDir: await temporaryFolder(),
      ...credentials,
      buckets: ['claims'],
      log: createLog('object-store', 'silent'),
    }
    for (const key of ['a/short', 'a/'.repeat(400)]) {
      const command = new PutObjectCommand({ Bucket: 'claims', Key: key, Body: 'x', IfNoneMatch: '*' })
      const first = await startObjectStore(options)
      await testClient(first.url).send(command)
      await first.close()
      const second = await startObjectStore(options)
      try {
        expect(await refusal(testClient(second.url).send(command))).toEqual(failed)
      } finally {
        await second.close()
      }
    }
  })
})

describe('a put with If-Match', () => {
  test('replaces only the version it names', async () => {
    const { ETag } = await client.send(new PutObjectCommand({ ...at('versioned'), Body: 'one' }))
    await client.send(new PutObjectCommand({ ...at('versioned'), Body: 'two', IfMatch: ETag }))
    expect(
      await refusal(client.send(new PutObjectCommand({ ...at('versioned'), Body: 'three', IfMatch: ETag }))),
    ).toEqual(failed)
    expect(await read('versioned')).toBe('two')
  })

  test('has exactly one winner among 10 at the same time', async () => {
    const { ETag } = await client.send(new PutObjectCommand({ ...at('swap'), Body: 'start' }))
    const swap = (i: number) => client.send(new PutObjectCommand({ ...at('swap'), Body: `swap ${i}`, IfMatch: ETag }))
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, (_, i) => swap(i)))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('of what is not there is NoSuchKey', async () => {
    const put = client.send(new PutObjectCommand({ ...at('never'), Body: 'x', IfMatch: '"00"' }))
    expect(await refusal(put)).toEqual({ name: 'NoSuchKey', status: 404 })
  })
})

test('a multipart upload completed with If-None-Match: * never replaces an object', async () => {
  const upload = async () => {
    const { UploadId } = await client.send(new CreateMultipartUploadCommand(at('assembled')))
    const part = { ...at('assembled'), UploadId, PartNumber: 1 }
    const { ETag, ChecksumCRC32 } = await client.send(new UploadPartCommand({ ...part, Body: noise(1000) }))
    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag, ChecksumCRC32 }] }
    return client.send(
      new CompleteMultipartUploadCommand({ ...at('assembled'), UploadId, MultipartUpload, IfNoneMatch: '*' }),
    )
  }
  const { ETag } = await upload()
  expect(await refusal(upload())).toEqual(failed)
  expect((await client.send(new HeadObjectCommand(at('assembled')))).ETag).toBe(ETag)
})

describe('a get', () => {
  test('with If-None-Match of the current version is answered 304', async () => {
    const { ETag } = await client.send(new PutObjectCommand({ ...at('read'), Body: 'ink' }))
    expect(await refusal(client.send(new GetObjectCommand({ ...at('read'), IfNoneMatch: ETag })))).toMatchObject({
      status: 304,
    })
    const other = await client.send(new GetObjectCommand({ ...at('read'), IfNoneMatch: '"other"' }))
    expect(await other.Body?.transformToString()).toBe('ink')
  })

  test('with If-Match of another version is answered 412', async () => {
    const { ETag } = await client.send(new PutObjectCommand({ ...at('read'), Body: 'ink' }))
    expect(await refusal(client.send(new GetObjectCommand({ ...at('read'), IfMatch: '"other"' })))).toEqual(failed)
    expect(await refusal(client.send(new HeadObjectCommand({ ...at('read'), IfMatch: '"other"' })))).toMatchObject({
      status: 412,
    })
    await (await client.send(new GetObjectCommand({ ...at('read'), IfMatch: ETag }))).Body?.transformToString()
  })

  test('with dates follows them when there is no ETag to follow', async () => {
    await client.send(new PutObjectCommand({ ...at('dated'), Body: 'ink' }))
    const { LastModified = new Date(0) } = await client.send(new HeadObjectCommand(at('dated')))
    const before = new Date(LastModified.getTime() - 1000)
    const head = (condition: object) => client.send(new HeadObjectCommand({ ...at('dated'), ...condition }))
    expect(await refusal(head({ IfModifiedSince: LastModified }))).toMatchObject({ status: 304 })
    expect(await refusal(head({ IfUnmodifiedSince: before }))).toMatchObject({ status: 412 })
    await head({ IfModifiedSince: before })
    await head({ IfUnmodifiedSince: LastModified })
  })
})

test('a delete with If-Match leaves another version alone', async () => {
  const { ETag } = await client.send(new PutObjectCommand({ ...at('kept'), Body: 'one' }))
  expect(await refusal(client.send(new DeleteObjectCommand({ ...at('kept'), IfMatch: '"other"' })))).toEqual(failed)
  expect(await read('kept')).toBe('one')
  await client.send(new DeleteObjectCommand({ ...at('kept'), IfMatch: ETag }))
  expect(await refusal(read('kept'))).toMatchObject({ name: 'NoSuchKey' })
})
