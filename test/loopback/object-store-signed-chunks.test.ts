import { request as httpRequest } from 'node:http'
import { text } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import { createLog } from '#chassis/log.ts'
import { type ObjectStore, startObjectStore } from '../../local/cloud/object-store/start.ts'
import { isExternal, temporaryFolder } from './object-store-fixture.ts'

/**
 * The examples of the S3 API reference, "Transferring payload in multiple chunks" and "Including trailing headers":
 * AWS's own signatures, so that ours are not only equal to themselves.
 */
describe.skipIf(isExternal)('a body in signed chunks', () => {
  const signed = {
    seed: '4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9',
    headers:
      'content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class',
    chunks: [
      'ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648',
      '0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497',
      'b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9',
    ],
    payload: 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
    trailer: '',
  } as const
  const trailed = {
    seed: '106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e',
    headers:
      'content-encoding;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class;x-amz-trailer',
    chunks: [
      'b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2',
      '1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7',
      '2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992',
    ],
    payload: 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER',
    trailer:
      'x-amz-checksum-crc32c:sOO8/Q==\r\nx-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n',
  } as const

  async function documentedStore(): Promise<ObjectStore> {
    return startObjectStore({
      port: 0,
      dataDir: await temporaryFolder(),
      accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
      secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      buckets: ['examplebucket'],
      now: () => new Date('2013-05-24T00:00:00Z'),
      log: createLog('object-store', 'silent'),
    })
  }

  function bodyOf(example: typeof signed | typeof trailed): string {
    const [first, second, last] = example.chunks
    const data = [
      `10000;chunk-signature=${first}`,
      'a'.repeat(65_536),
      `400;chunk-signature=${second}`,
      'a'.repeat(1024),
    ]
    return `${data.join('\r\n')}\r\n0;chunk-signature=${last}\r\n${example.trailer}\r\n`
  }

  async function put(example: typeof signed | typeof trailed, body = bodyOf(example)) {
    const store = await documentedStore()
    try {
      const scope = 'AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request'
      const outgoing = httpRequest(`${store.url}/examplebucket/chunkObject.txt`, {
        method: 'PUT',
        headers: {
          host: 's3.amazonaws.com',
          'content-encoding': 'aws-chunked',
          'content-length': body.length,
          'x-amz-content-sha256': example.payload,
          'x-amz-date': '20130524T000000Z',
          'x-amz-decoded-content-length': '66560',
          'x-amz-storage-class': 'REDUCED_REDUNDANCY',
          ...(example.trailer === '' ? {} : { 'x-amz-trailer': 'x-amz-checksum-crc32c' }),
          authorization: `AWS4-HMAC-SHA256 Credential=${scope},SignedHeaders=${example.headers},Signature=${example.seed}`,
        },
      })
      const reply = new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
        outgoing.on('error', reject)
        outgoing.on('response', async (response) =>
          resolve({ status: response.statusCode, body: await text(response) }),
        )
      })
      outgoing.end(body)
      return await reply
    } finally {
      await store.close()
    }
  }

  test('is taken with the signatures that AWS documents, with and without a trailer', async () => {
    expect(await put(signed)).toEqual({ status: 200, body: '' })
    expect(await put(trailed)).toEqual({ status: 200, body: '' })
  })

  test('is refused when a chunk, its signature or the trailer was changed', async () => {
    const refused = { status: 403, body: expect.stringContaining('<Code>SignatureDoesNotMatch</Code>') }
    expect(await put(signed, bodyOf(signed).replace('aaaa\r\n0;', 'aaab\r\n0;'))).toEqual(refused)
    expect(await put(signed, bodyOf(signed).replace('0055627c', '0055627d'))).toEqual(refused)
    expect(await put(trailed, bodyOf(trailed).replace('sOO8/Q==', 'sOO8/A=='))).toEqual(refused)
  })

  test('is refused when its framing is cut, wrong or followed by more', async () => {
    const incomplete = { status: 400, body: expect.stringContaining('<Code>IncompleteBody</Code>') }
    const whole = bodyOf(trailed)
    expect(await put(trailed, whole.slice(0, 66_000))).toEqual(incomplete)
    expect(await put(trailed, whole.slice(0, -2))).toEqual(incomplete)
    expect(await put(trailed, `${whole}x`)).toEqual(incomplete)
    expect(await put(trailed, whole.replace('10000;', 'zz;'))).toEqual(incomplete)
  })
})
