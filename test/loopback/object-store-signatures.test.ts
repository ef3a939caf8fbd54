import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { describe, expect, test } from 'vitest'
import { credentials, isExternal, refusal, testClient, testStore } from './object-store-fixture.ts'

let now = (): Date => new Date()
const { client, bucket, url } = await testStore({ now: () => now() })
const at = (key: string) => ({ Bucket: bucket, Key: key })

/** Changes a request after it was signed, as somebody on the way would. */
function tampering(change: (request: { body?: unknown; headers: Record<string, string> }) => void): S3Client {
  const tampered = testClient(url)
  tampered.middlewareStack.add(
    (next) => async (args) => {
      const { request } = args
      if (isRequest(request)) change(request)
      return next(args)
    },
    { step: 'deserialize', name: 'tamper' },
  )
  return tampered
}

function isRequest(value: unknown): value is { body?: unknown; headers: Record<string, string> } {
  return typeof value === 'object' && value !== null && 'headers' in value
}

describe('a request', () => {
  test('without a signature is refused', async () => {
    for (const method of ['GET', 'PUT', 'DELETE', 'POST']) {
      const response = await fetch(`${url}/${bucket}/key`, { method, ...(method === 'PUT' ? { body: 'x' } : {}) })
      expect([response.status, await response.text()]).toEqual([
        403,
        expect.stringContaining('<Code>AccessDenied</Code>'),
      ])
    }
  })

  test('with a wrong secret or an unknown key is refused', async () => {
    const put = (config: { accessKeyId: string; secretAccessKey: string }) =>
      testClient(url, { credentials: config }).send(new PutObjectCommand({ ...at('forged'), Body: 'x' }))
    expect(await refusal(put({ ...credentials, secretAccessKey: 'wrong' }))).toEqual({
      name: 'SignatureDoesNotMatch',
      status: 403,
    })
    expect(await refusal(put({ ...credentials, accessKeyId: 'OTHER' }))).toEqual({
      name: 'InvalidAccessKeyId',
      status: 403,
    })
    expect(await refusal(client.send(new HeadObjectCommand(at('forged'))))).toMatchObject({ status: 404 })
  })

  test('whose headers were changed or added on the way is refused', async () => {
    const changed = tampering((request) => {
      request.headers['content-type'] = 'text/html'
    })
    const put = new PutObjectCommand({ ...at('header'), Body: 'x', ContentType: 'text/plain' })
    expect(await refusal(changed.send(put))).toEqual({ name: 'SignatureDoesNotMatch', status: 403 })
    const added = tampering((request) => {
      request.headers['x-amz-meta-evil'] = '1'
    })
    expect(await refusal(added.send(put))).toEqual({ name: 'AccessDenied', status: 403 })
  })

  test('whose body was changed on the way is refused and stores nothing', async () => {
    const changed = tampering((request) => {
      request.body = Buffer.from('EVIL')
    })
    const put = new PutObjectCommand({ ...at('body'), Body: Buffer.from('GOOD') })
    expect(await refusal(changed.send(put))).toEqual({ name: 'XAmzContentSHA256Mismatch', status: 400 })
    expect(await refusal(client.send(new HeadObjectCommand(at('body'))))).toMatchObject({ status: 404 })
  })

  test.skipIf(isExternal)('is refused when its clock is off by more than 15 minutes, either way', async () => {
    for (const minutes of [16, -16]) {
      now = () => new Date(Date.now() + minutes * 60_000)
      expect(await refusal(testClient(url).send(new HeadObjectCommand(at('clock'))))).toMatchObject({ status: 403 })
      expect(await refusal(testClient(url).send(new GetObjectCommand(at('clock'))))).toEqual({
        name: 'RequestTimeTooSkewed',
        status: 403,
      })
    }
    for (const minutes of [14, -14]) {
      now = () => new Date(Date.now() + minutes * 60_000)
      expect(await refusal(testClient(url).send(new GetObjectCommand(at('clock'))))).toMatchObject({
        name: 'NoSuchKey',
      })
    }
    now = () => new Date()
  })
})
