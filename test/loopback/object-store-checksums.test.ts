import { createHash } from 'node:crypto'
import { Readable, Transform } from 'node:stream'
import {
  ChecksumAlgorithm,
  CopyObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
} from '@aws-sdk/client-s3'
import { describe, expect, test } from 'vitest'
import { startChecksum } from '../../local/cloud/object-store/body/checksum.ts'
import { noise, refusal, testClient, testStore } from './object-store-fixture.ts'

const { client, bucket, url } = await testStore()
const at = (key: string) => ({ Bucket: bucket, Key: key })
const algorithms = [
  ChecksumAlgorithm.CRC32,
  ChecksumAlgorithm.CRC32C,
  ChecksumAlgorithm.CRC64NVME,
  ChecksumAlgorithm.SHA1,
  ChecksumAlgorithm.SHA256,
]

test.each([
  ['CRC32', 'cbf43926'],
  ['CRC32C', 'e3069283'],
  ['CRC64NVME', 'ae8b14860a799888'],
] as const)('%s of "123456789" is the check value of its standard, in one piece and in two', (algorithm, expected) => {
  for (const pieces of [['123456789'], ['1234', '56789']]) {
    const checksum = startChecksum(algorithm)
    for (const piece of pieces) checksum.update(Buffer.from(piece))
    expect(checksum.digest().toString('hex')).toBe(expected)
  }
})

describe.each(algorithms)('a put with a %s checksum', (ChecksumAlgorithm) => {
  const body = noise(200_000)
  test('is checked and given back, from a buffer in a header and from a stream in a trailer', async () => {
    const bodies = { buffer: body, stream: Readable.from([body.subarray(0, 70_000), body.subarray(70_000)]) }
    for (const [key, Body] of Object.entries(bodies)) {
      await client.send(new PutObjectCommand({ ...at(key), Body, ContentLength: body.length, ChecksumAlgorithm }))
      const head = await client.send(new HeadObjectCommand({ ...at(key), ChecksumMode: 'ENABLED' }))
      expect(head).toMatchObject({ [`Checksum${ChecksumAlgorithm}`]: expect.any(String), ChecksumType: 'FULL_OBJECT' })
      // The SDK checks what it reads against the checksum that comes with it.
      const got = await client.send(new GetObjectCommand({ ...at(key), ChecksumMode: 'ENABLED' }))
      expect(Buffer.from((await got.Body?.transformToByteArray()) ?? []).equals(body)).toBe(true)
    }
  })

  test('is refused when a stream was changed on the way', async () => {
    // The SDK warns on the console about every stream it cannot send again.
    const changed = testClient(url, { logger: { debug() {}, info() {}, warn() {}, error() {} } })
    changed.middlewareStack.add(
      (next) => async (args) => {
        if (hasBody(args.request)) args.request.body = args.request.body.pipe(replacing('Z', 'Y'))
        return next(args)
      },
      { step: 'deserialize', name: 'tamper' },
    )
    const put = new PutObjectCommand({
      ...at('tampered'),
      Body: Readable.from([Buffer.alloc(9000, 'Z')]),
      ContentLength: 9000,
      ChecksumAlgorithm,
    })
    expect(await refusal(changed.send(put))).toEqual({ name: 'BadDigest', status: 400 })
    expect(await refusal(client.send(new HeadObjectCommand(at('tampered'))))).toMatchObject({ status: 404 })
  })
})

describe('a digest that the client gives', () => {
  const put = (digest: Partial<PutObjectCommandInput>) =>
    client.send(new PutObjectCommand({ ...at('given'), Body: 'ink', ...digest }))
  const sha256 = createHash('sha256').update('ink').digest('base64')

  test('is taken when it is right', async () => {
    await put({ ChecksumSHA256: sha256 })
    expect(await client.send(new HeadObjectCommand({ ...at('given'), ChecksumMode: 'ENABLED' }))).toMatchObject({
      ChecksumSHA256: sha256,
    })
    await put({ ContentMD5: createHash('md5').update('ink').digest('base64') })
  })

  test('is refused when it is wrong or no digest at all', async () => {
    expect(await refusal(put({ ContentMD5: createHash('md5').update('other').digest('base64') }))).toEqual({
      name: 'BadDigest',
      status: 400,
    })
    expect(await refusal(put({ ContentMD5: 'short' }))).toEqual({ name: 'InvalidDigest', status: 400 })
    expect(await refusal(put({ ChecksumSHA256: createHash('sha256').update('other').digest('base64') }))).toEqual({
      name: 'BadDigest',
      status: 400,
    })
    expect(await refusal(put({ ChecksumCRC32: 'no' }))).toEqual({ name: 'InvalidRequest', status: 400 })
  })
})

test('a range and a plain read come without the checksum of the whole; a copy has it again', async () => {
  await client.send(new PutObjectCommand({ ...at('whole'), Body: noise(1000), ChecksumAlgorithm: 'SHA256' }))
  const range = await client.send(new GetObjectCommand({ ...at('whole'), Range: 'bytes=0-9', ChecksumMode: 'ENABLED' }))
  expect(range.ChecksumSHA256).toBeUndefined()
  await range.Body?.transformToByteArray()
  expect((await client.send(new HeadObjectCommand(at('whole')))).ChecksumSHA256).toBeUndefined()
  const { CopyObjectResult } = await client.send(
    new CopyObjectCommand({ ...at('copy'), CopySource: `${bucket}/whole` }),
  )
  expect(CopyObjectResult?.ChecksumSHA256).toBe(createHash('sha256').update(noise(1000)).digest('base64'))
})

function hasBody(value: unknown): value is { body: Readable } {
  return typeof value === 'object' && value !== null && 'body' in value && value.body instanceof Readable
}

function replacing(from: string, to: string): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      done(null, Buffer.from(chunk.toString('latin1').replaceAll(from, to), 'latin1'))
    },
  })
}
