import { randomUUID } from 'node:crypto'
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { describe, expect, test } from 'vitest'
import { isExternal, noise, refusal, testClient, testStore } from './object-store-fixture.ts'

let now = (): Date => new Date()
const origins = ['https://shop.example', 'http://127.0.0.1:*', 'https://*.print.example']
const { client, bucket, url } = await testStore({ now: () => now(), allowedOrigins: origins })
const at = (key: string) => ({ Bucket: bucket, Key: key })

/** What order-api must use: with the SDK's default the URL would carry the checksum of an empty body. */
const presigner = testClient(url, { requestChecksumCalculation: 'WHEN_REQUIRED' })

async function answer(call: Promise<Response>): Promise<{ status: number; code: string | undefined }> {
  const response = await call
  const code = /<Code>(\w+)<\/Code>/.exec(await response.text())?.[1]
  return { status: response.status, code }
}

describe('a presigned PUT', () => {
  const sign = (key: string) =>
    getSignedUrl(
      presigner,
      new PutObjectCommand({
        ...at(key),
        ContentType: 'application/pdf',
        ContentLength: 1000,
        Metadata: { order: 'ord_1' },
      }),
      {
        expiresIn: 600,
        signableHeaders: new Set(['host', 'content-type', 'content-length']),
      },
    )
  const headers = { 'content-type': 'application/pdf' }

  test('stores the body that a browser sends, with what the URL says of it', async () => {
    const response = await fetch(await sign('up ä.pdf'), { method: 'PUT', headers, body: noise(1000) })
    expect(response.status).toBe(200)
    const head = await client.send(new HeadObjectCommand(at('up ä.pdf')))
    expect(head).toMatchObject({
      ContentType: 'application/pdf',
      ContentLength: 1000,
      Metadata: { order: 'ord_1' },
      ETag: response.headers.get('etag'),
    })
  })

  test('takes no other length and no other type than was signed', async () => {
    const signed = await sign('strict.pdf')
    const refused = { status: 403, code: 'SignatureDoesNotMatch' }
    expect(await answer(fetch(signed, { method: 'PUT', headers, body: noise(1001) }))).toEqual(refused)
    expect(
      await answer(fetch(signed, { method: 'PUT', headers: { 'content-type': 'text/html' }, body: noise(1000) })),
    ).toEqual(refused)
    expect(await answer(fetch(signed, { method: 'PUT', body: noise(1000) }))).toEqual(refused)
    expect(await refusal(client.send(new HeadObjectCommand(at('strict.pdf'))))).toMatchObject({ status: 404 })
  })

  test('is good for its key, method and parameters only', async () => {
    const signed = await sign('mine.pdf')
    const send = (target: string, method = 'PUT') =>
      answer(fetch(target, { method, headers, ...(method === 'PUT' ? { body: noise(1000) } : {}) }))
    const refused = { status: 403, code: 'SignatureDoesNotMatch' }
    expect(await send(signed.replace('mine.pdf', 'yours.pdf'))).toEqual(refused)
    expect(await send(signed, 'GET')).toEqual(refused)
    expect(await send(signed.replace('ord_1', 'ord_2'))).toEqual(refused)
    expect(await send(signed.replace('X-Amz-Expires=600', 'X-Amz-Expires=6000'))).toEqual(refused)
    expect(await send(`${signed}&tagging=`)).toEqual(refused)
    const extra = fetch(signed, { method: 'PUT', headers: { ...headers, 'x-amz-meta-more': '1' }, body: noise(1000) })
    expect(await answer(extra)).toEqual({ status: 403, code: 'AccessDenied' })
  })

  test('with If-None-Match: * writes once', async () => {
    const signed = await getSignedUrl(presigner, new PutObjectCommand({ ...at(randomUUID()), IfNoneMatch: '*' }), {
      expiresIn: 600,
    })
    const send = () => answer(fetch(signed, { method: 'PUT', headers: { 'if-none-match': '*' }, body: 'x' }))
    expect(await send()).toMatchObject({ status: 200 })
    expect(await send()).toEqual({ status: 412, code: 'PreconditionFailed' })
  })

  test('that was made with the checksum of an empty body takes no other', async () => {
    const signed = await getSignedUrl(client, new PutObjectCommand(at('empty-checksum')), { expiresIn: 600 })
    expect(signed).toContain('x-amz-checksum-crc32=')
    expect(await answer(fetch(signed, { method: 'PUT', body: 'x' }))).toEqual({ status: 400, code: 'BadDigest' })
  })

  test('needs a length', async () => {
    const signed = await getSignedUrl(presigner, new PutObjectCommand(at('endless')), { expiresIn: 600 })
    // `duplex` is asked for by Node and unknown to the DOM's types, which the pages bring into this program.
    const endless = { method: 'PUT', body: new Blob(['x']).stream(), duplex: 'half' }
    expect(await answer(fetch(signed, endless))).toEqual({
      status: 411,
      code: 'MissingContentLength',
    })
  })
})

describe('a presigned GET', () => {
  test('opens its object, under the name and type that the URL chooses', async () => {
    await client.send(new PutObjectCommand({ ...at('down'), Body: 'ink', ContentType: 'text/plain' }))
    const command = new GetObjectCommand({
      ...at('down'),
      ResponseContentType: 'application/pdf',
      ResponseContentDisposition: 'attachment; filename="b.pdf"',
    })
    const response = await fetch(await getSignedUrl(client, command, { expiresIn: 60 }))
    expect(await response.text()).toBe('ink')
    expect(response.headers.get('content-type')).toBe('application/pdf')
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="b.pdf"')
  })

  test.skipIf(isExternal)('expires to the second', async () => {
    await client.send(new PutObjectCommand({ ...at('brief'), Body: 'ink' }))
    const signingDate = new Date('2030-01-31T12:00:00Z')
    const signed = await getSignedUrl(client, new GetObjectCommand(at('brief')), { expiresIn: 60, signingDate })
    const fetchAt = (seconds: number) => {
      now = () => new Date(signingDate.getTime() + seconds * 1000)
      return answer(fetch(signed))
    }
    expect(await fetchAt(0)).toMatchObject({ status: 200 })
    expect(await fetchAt(59.9)).toMatchObject({ status: 200 })
    expect(await fetchAt(60)).toEqual({ status: 403, code: 'AccessDenied' })
    expect(await fetchAt(-16 * 60)).toEqual({ status: 403, code: 'AccessDenied' })
    now = () => new Date()
  })
})

describe.skipIf(isExternal)('a web page', () => {
  const preflight = (origin: string) =>
    fetch(`${url}/${bucket}/key`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'PUT',
        'access-control-request-headers': 'content-type,x-amz-meta-a',
      },
    })

  test('of an allowed origin may upload and read the ETag', async () => {
    for (const origin of ['https://shop.example', 'http://127.0.0.1:4321', 'https://a.print.example']) {
      const allowed = await preflight(origin)
      expect(allowed.status).toBe(200)
      expect(allowed.headers.get('access-control-allow-origin')).toBe(origin)
      expect(allowed.headers.get('access-control-allow-methods')).toContain('PUT')
      expect(allowed.headers.get('access-control-allow-headers')).toBe('content-type,x-amz-meta-a')
      const signed = await getSignedUrl(presigner, new PutObjectCommand(at('from-page')), { expiresIn: 60 })
      const actual = await fetch(signed, { method: 'PUT', headers: { origin }, body: 'x' })
      expect(actual.status).toBe(200)
      expect(actual.headers.get('access-control-allow-origin')).toBe(origin)
      expect(actual.headers.get('access-control-expose-headers')).toContain('ETag')
      expect(actual.headers.get('vary')).toContain('Origin')
    }
  })

  test('of another origin may not', async () => {
    for (const origin of [
      'https://evil.example',
      'https://shop.example.evil.example',
      'null',
      'https://a.print.example.evil.example',
      'http://127.0.0.2:80',
    ]) {
      const refused = await preflight(origin)
      expect(refused.status).toBe(403)
      expect(refused.headers.get('access-control-allow-origin')).toBeNull()
    }
  })

  test('of an allowed origin may read errors too', async () => {
    const response = await fetch(`${url}/${bucket}/key`, { headers: { origin: 'https://shop.example' } })
    expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([
      403,
      'https://shop.example',
    ])
  })
})
