import {
  CopyObjectCommand,
  CreateBucketCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
} from '@aws-sdk/client-s3'
import { describe, expect, test } from 'vitest'
import { lacks, noise, refusal, testStore } from './object-store-fixture.ts'

const { client, bucket } = await testStore()
const at = (key: string) => ({ Bucket: bucket, Key: key })
const put = (key: string) => client.send(new PutObjectCommand({ ...at(key), Body: 'ink' }))

describe('a copy', () => {
  test('has the bytes and description of its source', async () => {
    const Metadata = { order: 'ord_1' }
    await client.send(
      new PutObjectCommand({ ...at('from ä'), Body: noise(700_000), ContentType: 'image/jpeg', Metadata }),
    )
    const CopySource = encodeURIComponent(`${bucket}/from ä`)
    const { CopyObjectResult } = await client.send(new CopyObjectCommand({ ...at('to'), CopySource }))
    const got = await client.send(new GetObjectCommand(at('to')))
    expect(Buffer.from((await got.Body?.transformToByteArray()) ?? []).equals(noise(700_000))).toBe(true)
    expect(got).toMatchObject({ ContentType: 'image/jpeg', Metadata, ETag: CopyObjectResult?.ETag })
  })

  test('may take new metadata, also onto itself', async () => {
    await client.send(new PutObjectCommand({ ...at('self'), Body: 'ink', Metadata: { old: '1' } }))
    const copy = { ...at('self'), CopySource: `${bucket}/self` }
    expect(await refusal(client.send(new CopyObjectCommand(copy)))).toEqual({ name: 'InvalidRequest', status: 400 })
    await client.send(
      new CopyObjectCommand({
        ...copy,
        MetadataDirective: 'REPLACE',
        Metadata: { new: '2' },
        ContentType: 'text/plain',
      }),
    )
    expect(await client.send(new HeadObjectCommand(at('self')))).toMatchObject({
      Metadata: { new: '2' },
      ContentType: 'text/plain',
    })
  })

  test('of what is not there, or not as the condition wants it, is refused', async () => {
    await put('conditional-source')
    const from = (key: string, condition = {}) =>
      client.send(new CopyObjectCommand({ ...at('to'), CopySource: `${bucket}/${key}`, ...condition }))
    expect(await refusal(from('nothing'))).toEqual({ name: 'NoSuchKey', status: 404 })
    expect(await refusal(from('conditional-source', { CopySourceIfMatch: '"other"' }))).toMatchObject({ status: 412 })
  })
})

describe.skipIf(lacks('tagging'))('tags', () => {
  test('are replaced without a change to date, bytes or ETag', async () => {
    await client.send(new PutObjectCommand({ ...at('tagged'), Body: noise(100_000), Tagging: 'old=1' }))
    const before = await client.send(new HeadObjectCommand(at('tagged')))
    const TagSet = [{ Key: 'state', Value: 'done & <dusted>' }]
    await client.send(new PutObjectTaggingCommand({ ...at('tagged'), Tagging: { TagSet } }))
    expect((await client.send(new GetObjectTaggingCommand(at('tagged')))).TagSet).toEqual(TagSet)
    const after = await client.send(new GetObjectCommand(at('tagged')))
    expect(after.ETag).toBe(before.ETag)
    expect(after.LastModified).toEqual(before.LastModified)
    expect(Buffer.from((await after.Body?.transformToByteArray()) ?? []).equals(noise(100_000))).toBe(true)
  })
})

describe('a bucket', () => {
  test('is made, found and listed; a second one of that name is refused', async () => {
    const Bucket = `${bucket.slice(0, 40)}-second`
    await client.send(new CreateBucketCommand({ Bucket }))
    await client.send(new HeadBucketCommand({ Bucket }))
    const { Buckets } = await client.send(new ListBucketsCommand({}))
    expect(Buckets?.map(({ Name }) => Name)).toEqual(expect.arrayContaining([bucket, Bucket]))
    expect(await refusal(client.send(new CreateBucketCommand({ Bucket })))).toEqual({
      name: 'BucketAlreadyOwnedByYou',
      status: 409,
    })
  })

  test('that is not there is named in the error', async () => {
    const missing = { Bucket: 'nowhere', Key: 'k' }
    expect(await refusal(client.send(new PutObjectCommand({ ...missing, Body: 'x' })))).toEqual({
      name: 'NoSuchBucket',
      status: 404,
    })
    expect(await refusal(client.send(new GetObjectCommand(missing)))).toEqual({ name: 'NoSuchBucket', status: 404 })
    expect(await refusal(client.send(new HeadBucketCommand({ Bucket: 'nowhere' })))).toEqual({
      name: 'NotFound',
      status: 404,
    })
  })
})
