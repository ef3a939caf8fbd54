import { createHash } from 'node:crypto'
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  type CreateMultipartUploadCommandInput,
  GetObjectCommand,
  HeadObjectCommand,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3'
import { describe, expect, test } from 'vitest'
import { noise, refusal, testStore } from './object-store-fixture.ts'

const { client, bucket } = await testStore()
const at = (key: string) => ({ Bucket: bucket, Key: key })
const partBytes = 5 * 1024 * 1024

async function start(key: string, options: Partial<CreateMultipartUploadCommandInput> = {}) {
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ ...at(key), ...options }))
  const put = async (PartNumber: number, Body: Buffer): Promise<CompletedPart> => {
    const command = { ...at(key), UploadId, PartNumber, Body, ChecksumAlgorithm: options.ChecksumAlgorithm }
    const { ETag, ChecksumCRC32, ChecksumSHA256 } = await client.send(new UploadPartCommand(command))
    return { PartNumber, ETag, ChecksumCRC32, ChecksumSHA256 }
  }
  const complete = (Parts: CompletedPart[]) =>
    client.send(new CompleteMultipartUploadCommand({ ...at(key), UploadId, MultipartUpload: { Parts } }))
  return { UploadId, put, complete }
}

describe('a multipart upload', () => {
  test('becomes one object: bytes in part order, description from its start, ETag of the parts', async () => {
    const [one, two] = [noise(partBytes, 1), noise(1000, 2)]
    const upload = await start('book.pdf', { ContentType: 'application/pdf', Metadata: { order: 'ord_1' } })
    const last = await upload.put(7, two)
    const first = await upload.put(2, one)
    expect(await refusal(client.send(new HeadObjectCommand(at('book.pdf'))))).toMatchObject({ status: 404 })
    const done = await upload.complete([first, last])
    const md5s = Buffer.concat([one, two].map((part) => createHash('md5').update(part).digest()))
    expect(done.ETag).toBe(`"${createHash('md5').update(md5s).digest('hex')}-2"`)
    const got = await client.send(new GetObjectCommand(at('book.pdf')))
    expect(got).toMatchObject({ ETag: done.ETag, ContentType: 'application/pdf', Metadata: { order: 'ord_1' } })
    expect(Buffer.from((await got.Body?.transformToByteArray()) ?? []).equals(Buffer.concat([one, two]))).toBe(true)
  })

  test('completed again gives the same answer, for a client that lost the first', async () => {
    const upload = await start('again')
    const parts = [await upload.put(1, noise(10))]
    const [first, second] = await Promise.all([upload.complete(parts), upload.complete(parts)])
    const third = await upload.complete(parts)
    expect(new Set([first.ETag, second.ETag, third.ETag]).size).toBe(1)
  })

  test('takes a part again in place of the first try', async () => {
    const upload = await start('retried')
    const stale = await upload.put(1, noise(10, 1))
    const fresh = await upload.put(1, noise(10, 2))
    expect(await refusal(upload.complete([stale]))).toEqual({ name: 'InvalidPart', status: 400 })
    await upload.complete([fresh])
    const got = await client.send(new GetObjectCommand(at('retried')))
    expect(Buffer.from((await got.Body?.transformToByteArray()) ?? []).equals(noise(10, 2))).toBe(true)
  })

  test('lists its parts page by page', async () => {
    const upload = await start('listed')
    for (const number of [1, 2, 10]) await upload.put(number, noise(number))
    const target = { ...at('listed'), UploadId: upload.UploadId }
    const first = await client.send(new ListPartsCommand({ ...target, MaxParts: 2 }))
    expect(first.Parts?.map(({ PartNumber, Size }) => [PartNumber, Size])).toEqual([
      [1, 1],
      [2, 2],
    ])
    expect(first.IsTruncated).toBe(true)
    const rest = await client.send(new ListPartsCommand({ ...target, PartNumberMarker: first.NextPartNumberMarker }))
    expect(rest.Parts?.map(({ PartNumber }) => PartNumber)).toEqual([10])
    expect(rest.IsTruncated).toBe(false)
  })

  test('that was aborted takes nothing more and leaves no object', async () => {
    const upload = await start('aborted')
    const part = await upload.put(1, noise(10))
    await client.send(new AbortMultipartUploadCommand({ ...at('aborted'), UploadId: upload.UploadId }))
    const gone = { name: 'NoSuchUpload', status: 404 }
    expect(await refusal(upload.put(2, noise(10)))).toEqual(gone)
    expect(await refusal(upload.complete([part]))).toEqual(gone)
    expect(await refusal(client.send(new HeadObjectCommand(at('aborted'))))).toMatchObject({ status: 404 })
  })

  test('is refused with parts too small, out of order, unknown, or under a wrong id', async () => {
    const upload = await start('refused')
    const [one, two] = [await upload.put(1, noise(100)), await upload.put(2, noise(100))]
    expect(await refusal(upload.complete([one, two]))).toEqual({ name: 'EntityTooSmall', status: 400 })
    expect(await refusal(upload.complete([two, one]))).toEqual({ name: 'InvalidPartOrder', status: 400 })
    expect(await refusal(upload.complete([{ PartNumber: 3, ETag: one.ETag }]))).toEqual({
      name: 'InvalidPart',
      status: 400,
    })
    for (const UploadId of ['../../objects', '0'.repeat(32), 'x']) {
      const part = new UploadPartCommand({ ...at('refused'), UploadId, PartNumber: 1, Body: 'x' })
      expect(await refusal(client.send(part))).toEqual({ name: 'NoSuchUpload', status: 404 })
    }
    const foreign = new UploadPartCommand({ ...at('other-key'), UploadId: upload.UploadId, PartNumber: 1, Body: 'x' })
    expect(await refusal(client.send(foreign))).toEqual({ name: 'NoSuchUpload', status: 404 })
  })

  test('takes parts from objects that are already there, whole or a range', async () => {
    const source = noise(partBytes + 500)
    await client.send(new PutObjectCommand({ ...at('source'), Body: source }))
    const upload = await start('from-copies')
    const copy = async (PartNumber: number, CopySourceRange?: string) => {
      const command = {
        ...at('from-copies'),
        UploadId: upload.UploadId,
        PartNumber,
        CopySource: `${bucket}/source`,
        CopySourceRange,
      }
      const { CopyPartResult } = await client.send(new UploadPartCopyCommand(command))
      return { PartNumber, ETag: CopyPartResult?.ETag, ChecksumCRC32: CopyPartResult?.ChecksumCRC32 }
    }
    expect(await refusal(copy(3, 'bytes=0-99999999'))).toEqual({ name: 'InvalidArgument', status: 400 })
    await upload.complete([await copy(1), await copy(2, 'bytes=100-199')])
    const got = await client.send(new GetObjectCommand(at('from-copies')))
    const expected = Buffer.concat([source, source.subarray(100, 200)])
    expect(Buffer.from((await got.Body?.transformToByteArray()) ?? []).equals(expected)).toBe(true)
  })

  test('has a checksum of its parts, or of the whole where that was asked for', async () => {
    const body = [noise(partBytes, 1), noise(1000, 2)]
    const bySha = await start('sha', { ChecksumAlgorithm: 'SHA256' })
    await bySha.complete([
      await bySha.put(1, body[0] ?? Buffer.alloc(0)),
      await bySha.put(2, body[1] ?? Buffer.alloc(0)),
    ])
    const hashes = Buffer.concat(body.map((part) => createHash('sha256').update(part).digest()))
    const head = await client.send(new HeadObjectCommand({ ...at('sha'), ChecksumMode: 'ENABLED' }))
    expect(head.ChecksumSHA256).toBe(`${createHash('sha256').update(hashes).digest('base64')}-2`)
    expect(head.ChecksumType).toBe('COMPOSITE')

    const byCrc = await start('crc', { ChecksumAlgorithm: 'CRC32', ChecksumType: 'FULL_OBJECT' })
    await byCrc.complete([
      await byCrc.put(1, body[0] ?? Buffer.alloc(0)),
      await byCrc.put(2, body[1] ?? Buffer.alloc(0)),
    ])
    const got = await client.send(new GetObjectCommand({ ...at('crc'), ChecksumMode: 'ENABLED' }))
    expect(got.ChecksumType).toBe('FULL_OBJECT')
    // The SDK computes the checksum of what it reads and fails when it differs.
    expect(Buffer.from((await got.Body?.transformToByteArray()) ?? []).equals(Buffer.concat(body))).toBe(true)
  })
})
