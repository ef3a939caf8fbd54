import {
  DeleteObjectCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandInput,
  PutObjectCommand,
  paginateListObjectsV2,
} from '@aws-sdk/client-s3'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { KeyIndex } from '../../local/cloud/object-store/disk/key-index.ts'
import { fileNameOf, keyOf } from '../../local/cloud/object-store/disk/key-name.ts'
import { listPage } from '../../local/cloud/object-store/disk/list-page.ts'
import { testStore } from './object-store-fixture.ts'

const { client, bucket } = await testStore()

const keys = ['a', 'b/1', 'b/2', 'b/c/1', 'b/c/2', 'b0', 'd e/ä', 'd e/𝄞', 'd e/\uffee', 'z&<']
for (const Key of keys) await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body: Key }))

const list = (options: Partial<ListObjectsV2CommandInput>) =>
  client.send(new ListObjectsV2Command({ Bucket: bucket, ...options }))
const names = (entries: readonly { Key?: string | undefined }[] | undefined) => entries?.map(({ Key }) => Key) ?? []

test('a listing has every key with size, ETag and date, in the order of their bytes', async () => {
  const { Contents, KeyCount, IsTruncated } = await list({})
  const inByteOrder = [...keys].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
  expect(names(Contents)).toEqual(inByteOrder)
  expect([KeyCount, IsTruncated]).toEqual([keys.length, false])
  expect(Contents?.[0]).toMatchObject({
    Size: 1,
    ETag: '"0cc175b9c0f1b6a831c399e269772661"',
    LastModified: expect.any(Date),
  })
})

test('a listing with a delimiter folds what lies deeper into common prefixes', async () => {
  const { Contents, CommonPrefixes } = await list({ Delimiter: '/' })
  expect(names(Contents)).toEqual(['a', 'b0', 'z&<'])
  expect(CommonPrefixes?.map(({ Prefix }) => Prefix)).toEqual(['b/', 'd e/'])
  const inner = await list({ Prefix: 'b/', Delimiter: '/' })
  expect(names(inner.Contents)).toEqual(['b/1', 'b/2'])
  expect(inner.CommonPrefixes?.map(({ Prefix }) => Prefix)).toEqual(['b/c/'])
})

test('a listing starts after the key it is told', async () => {
  expect(names((await list({ StartAfter: 'b/c/1', Prefix: 'b' })).Contents)).toEqual(['b/c/2', 'b0'])
})

test('pages of any size hold together what one page holds', async () => {
  for (const pageSize of [1, 2, 3, 100]) {
    const seen: (string | undefined)[] = []
    for await (const page of paginateListObjectsV2({ client, pageSize }, { Bucket: bucket, Delimiter: '/' })) {
      seen.push(...names(page.Contents), ...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix))
    }
    expect(seen.sort()).toEqual(['a', 'b/', 'b0', 'd e/', 'z&<'])
  }
})

test('a key deleted between two pages loses no other key', async () => {
  for (const Key of ['p/1', 'p/2', 'p/3', 'p/4'])
    await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body: 'x' }))
  const first = await list({ Prefix: 'p/', MaxKeys: 2 })
  await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'p/3' }))
  const second = await list({ Prefix: 'p/', ContinuationToken: first.NextContinuationToken })
  expect([...names(first.Contents), ...names(second.Contents)]).toEqual(['p/1', 'p/2', 'p/4'])
})

test('max-keys 0 lists nothing, and keys may come URL-encoded', async () => {
  expect(await list({ MaxKeys: 0 })).toMatchObject({ KeyCount: 0, IsTruncated: false })
  const { Contents } = await list({ Prefix: 'd e/ä', EncodingType: 'url' })
  expect(names(Contents)).toEqual(['d%20e/%C3%A4'])
})

const anyKey = fc.string({ unit: 'binary', minLength: 1, maxLength: 300 })
const fewLetters = fc.string({ unit: fc.constantFrom('a', 'b', '/', 'ä', '𝄞'), minLength: 1, maxLength: 6 })

test('every key has its own file name: short, without separators, the same on file systems that ignore case', () => {
  fc.assert(
    fc.property(anyKey, anyKey, (a, b) => {
      const name = fileNameOf(a)
      expect(name).toMatch(/^[^./][^/]{0,240}$/)
      expect(name).toBe(name.toLowerCase())
      expect(keyOf(name) ?? a).toBe(a)
      expect(fileNameOf(b) === name).toBe(a === b)
    }),
  )
})

test('pages of any listing, in any page size, equal a plain filter over all keys', () => {
  const anything = fc.record({
    all: fc.uniqueArray(fewLetters),
    prefix: fc.oneof(fc.constant(''), fewLetters),
    delimiter: fc.constantFrom('', '/', 'b'),
    maxKeys: fc.integer({ min: 1, max: 5 }),
  })
  fc.assert(
    fc.property(anything, ({ all, prefix, delimiter, maxKeys }) => {
      const fold = (key: string): string => {
        const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length)
        return end < 0 ? key : key.slice(0, end + delimiter.length)
      }
      const expected = new Set(all.filter((key) => key.startsWith(prefix)).map(fold))
      const index = new KeyIndex(all)
      const seen: string[] = []
      let token: string | undefined
      do {
        const page = listPage(index, { prefix, delimiter, maxKeys, startAfter: '', token })
        expect(page.keys.length + page.commonPrefixes.length).toBeLessThanOrEqual(maxKeys)
        seen.push(...page.keys, ...page.commonPrefixes)
        token = page.nextToken
      } while (token !== undefined)
      expect(seen).toHaveLength(expected.size)
      expect(new Set(seen)).toEqual(expected)
    }),
  )
})
