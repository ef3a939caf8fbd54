import {
  CreateMultipartUploadCommand,
  DeleteBucketLifecycleCommand,
  GetBucketLifecycleConfigurationCommand,
  type LifecycleRule,
  ListObjectsV2Command,
  ListPartsCommand,
  PutBucketLifecycleConfigurationCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { createLog } from '#chassis/log.ts'
import { startObjectStore } from '../../local/cloud/object-store/start.ts'
import { credentials, isExternal, refusal, temporaryFolder, testClient } from './object-store-fixture.ts'

describe.skipIf(isExternal)('lifecycle rules', async () => {
  let clock = new Date()
  const options = {
    port: 0,
    dataDir: await temporaryFolder(),
    ...credentials,
    buckets: ['kept'],
    log: createLog('object-store', 'silent'),
  }
  const store = await startObjectStore({ ...options, now: () => clock })
  // The signature is checked against the same clock that ages the objects, so the client's must follow it.
  const client = () => testClient(store.url, { systemClockOffset: clock.getTime() - Date.now() })
  afterAll(() => store.close())

  const putAt = async (date: string, key: string, Tagging?: string) => {
    clock = new Date(date)
    await client().send(new PutObjectCommand({ Bucket: 'kept', Key: key, Body: 'x', Tagging }))
  }
  const rules = async (...Rules: LifecycleRule[]) => {
    await client().send(
      new PutBucketLifecycleConfigurationCommand({ Bucket: 'kept', LifecycleConfiguration: { Rules } }),
    )
  }
  const keys = async () =>
    (await client().send(new ListObjectsV2Command({ Bucket: 'kept' }))).Contents?.map(({ Key }) => Key) ?? []

  beforeEach(async () => {
    clock = new Date('2030-01-01T00:00:00Z')
    await rules({ ID: 'all', Status: 'Enabled', Filter: { Prefix: '' }, Expiration: { Days: 1 } })
    await store.expire(new Date('2099-01-01T00:00:00Z'))
  })

  test('are given back as they were put, and gone when deleted', async () => {
    const all: LifecycleRule[] = [
      { ID: 'sources', Status: 'Enabled', Filter: { Prefix: 'sources/' }, Expiration: { Days: 30 } },
      {
        ID: 'both',
        Status: 'Disabled',
        Filter: { And: { Prefix: 'a/', Tags: [{ Key: 'k', Value: 'v' }] } },
        Expiration: { Days: 7 },
      },
      {
        ID: 'parts',
        Status: 'Enabled',
        Filter: { Prefix: '' },
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 2 },
      },
    ]
    await rules(...all)
    const got = await client().send(new GetBucketLifecycleConfigurationCommand({ Bucket: 'kept' }))
    expect(got.Rules).toEqual(all)
    await client().send(new DeleteBucketLifecycleCommand({ Bucket: 'kept' }))
    const gone = client().send(new GetBucketLifecycleConfigurationCommand({ Bucket: 'kept' }))
    expect(await refusal(gone)).toEqual({ name: 'NoSuchLifecycleConfiguration', status: 404 })
  })

  test('expire what is under their prefix at the first midnight after its days, and nothing else', async () => {
    await rules({ ID: 'r', Status: 'Enabled', Filter: { Prefix: 'tmp/' }, Expiration: { Days: 3 } })
    await putAt('2030-01-01T10:00:00Z', 'tmp/old')
    await putAt('2030-01-02T10:00:00Z', 'tmp/young')
    await putAt('2030-01-01T10:00:00Z', 'other')
    expect(await store.expire(new Date('2030-01-04T23:59:59Z'))).toEqual({ objects: 0, uploads: 0 })
    expect(await store.expire(new Date('2030-01-05T00:00:00Z'))).toEqual({ objects: 1, uploads: 0 })
    expect(await keys()).toEqual(['other', 'tmp/young'])
  })

  test('expire only what has their tags, and nothing while disabled', async () => {
    await putAt('2030-01-01T10:00:00Z', 'tagged', 'keep=no')
    await putAt('2030-01-01T10:00:00Z', 'untagged')
    const rule = { ID: 'r', Filter: { Tag: { Key: 'keep', Value: 'no' } }, Expiration: { Days: 1 } }
    await rules({ ...rule, Status: 'Disabled' })
    expect((await store.expire(new Date('2031-01-01T00:00:00Z'))).objects).toBe(0)
    await rules({ ...rule, Status: 'Enabled' })
    expect((await store.expire(new Date('2031-01-01T00:00:00Z'))).objects).toBe(1)
    expect(await keys()).toEqual(['untagged'])
  })

  test('abort uploads that nobody completed', async () => {
    await rules({
      ID: 'r',
      Status: 'Enabled',
      Filter: { Prefix: '' },
      AbortIncompleteMultipartUpload: { DaysAfterInitiation: 2 },
    })
    clock = new Date('2030-01-01T10:00:00Z')
    const target = { Bucket: 'kept', Key: 'half' }
    const { UploadId } = await client().send(new CreateMultipartUploadCommand(target))
    expect((await store.expire(new Date('2030-01-03T00:00:00Z'))).uploads).toBe(0)
    await client().send(new ListPartsCommand({ ...target, UploadId }))
    expect((await store.expire(new Date('2030-01-04T00:00:00Z'))).uploads).toBe(1)
    expect(await refusal(client().send(new ListPartsCommand({ ...target, UploadId })))).toMatchObject({
      name: 'NoSuchUpload',
    })
  })

  test('outlive a restart, as do the objects and their dates', async () => {
    const dataDir = await temporaryFolder()
    const first = await startObjectStore({ ...options, dataDir })
    const toFirst = testClient(first.url)
    const LifecycleConfiguration = {
      Rules: [{ ID: 'r', Status: 'Enabled', Filter: { Prefix: 'tmp/' }, Expiration: { Days: 1 } }],
    } as const
    await toFirst.send(
      new PutBucketLifecycleConfigurationCommand({
        Bucket: 'kept',
        LifecycleConfiguration: { Rules: [...LifecycleConfiguration.Rules] },
      }),
    )
    await toFirst.send(new PutObjectCommand({ Bucket: 'kept', Key: 'tmp/a', Body: 'x' }))
    await first.close()
    const second = await startObjectStore({ ...options, dataDir })
    try {
      expect((await second.expire(new Date(Date.now() + 10 * 3600 * 1000))).objects).toBe(0)
      expect((await second.expire(new Date(Date.now() + 49 * 3600 * 1000))).objects).toBe(1)
    } finally {
      await second.close()
    }
  })

  test('given at the start are those of every bucket that has none, and of no other', async () => {
    const dataDir = await temporaryFolder()
    const parts = { id: 'parts', isEnabled: true, prefix: '', tags: {}, abortUploadsAfterDays: 1 }
    const fresh = await startObjectStore({ ...options, dataDir, lifecycle: [parts] })
    const toFresh = testClient(fresh.url)
    const rulesThere = async () =>
      (await toFresh.send(new GetBucketLifecycleConfigurationCommand({ Bucket: 'kept' }))).Rules
    try {
      expect(await rulesThere()).toMatchObject([{ AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } }])
      await toFresh.send(new CreateMultipartUploadCommand({ Bucket: 'kept', Key: 'half' }))
      expect((await fresh.expire(new Date(Date.now() + 49 * 3600 * 1000))).uploads).toBe(1)
    } finally {
      await fresh.close()
    }
  })

  test('that would need more than days, prefixes and tags are refused, not ignored', async () => {
    const transition = rules({
      ID: 'r',
      Status: 'Enabled',
      Filter: { Prefix: '' },
      Transitions: [{ Days: 1, StorageClass: 'GLACIER' }],
    })
    expect(await refusal(transition)).toMatchObject({ status: 501 })
    const dated = rules({
      ID: 'r',
      Status: 'Enabled',
      Filter: { Prefix: '' },
      Expiration: { Date: new Date('2030-01-01T00:00:00Z') },
    })
    expect(await refusal(dated)).toMatchObject({ status: 501 })
  })
})
