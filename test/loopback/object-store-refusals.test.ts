import { readdir } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import {
  DeleteObjectsCommand,
  GetObjectAclCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
} from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { describe, expect, test } from 'vitest'
import { readXml } from '../../local/cloud/object-store/protocol/read-xml.ts'
import { isExternal, noise, refusal, testClient, testStore } from './object-store-fixture.ts'

const { client, bucket, url, dataDir } = await testStore()
// The SDK warns on the console about every stream it cannot send again.
const quiet = testClient(url, { logger: { debug() {}, info() {}, warn() {}, error() {} } })
const at = (key: string) => ({ Bucket: bucket, Key: key })

describe.skipIf(isExternal)('what the store does not do', () => {
  const notImplemented = { name: 'NotImplemented', status: 501 }
  test('is refused by name, never taken for something else', async () => {
    await client.send(new PutObjectCommand({ ...at('policy'), Body: 'x' }))
    expect(await refusal(client.send(new GetObjectAclCommand(at('policy'))))).toEqual(notImplemented)
    expect(await refusal(client.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy: '{}' })))).toEqual(
      notImplemented,
    )
    expect(await refusal(client.send(new ListObjectsCommand({ Bucket: bucket })))).toEqual(notImplemented)
    expect(await refusal(client.send(new GetObjectCommand({ ...at('policy'), VersionId: 'v' })))).toEqual(
      notImplemented,
    )
    expect(await refusal(client.send(new GetObjectCommand({ ...at('policy'), PartNumber: 1 })))).toEqual(notImplemented)
    expect(
      await refusal(
        client.send(
          new PutObjectCommand({
            ...at('policy'),
            Body: 'x',
            ObjectLockMode: 'GOVERNANCE',
            ObjectLockRetainUntilDate: new Date(),
          }),
        ),
      ),
    ).toEqual(notImplemented)
    expect(
      await refusal(client.send(new PutObjectCommand({ ...at('policy'), Body: 'x', IfNoneMatch: '"etag"' }))),
    ).toEqual(notImplemented)
  })

  test('is MethodNotAllowed for a method that means nothing', async () => {
    const posting = testClient(url)
    posting.middlewareStack.add(
      (next) => async (args) => {
        if (isMethodRequest(args.request)) args.request.method = 'POST'
        return next(args)
      },
      { step: 'build', name: 'post' },
    )
    expect(await refusal(posting.send(new GetObjectCommand(at('k'))))).toEqual({
      name: 'MethodNotAllowed',
      status: 405,
    })
  })
})

describe('a put', () => {
  test('with more metadata or tags than S3 takes is refused', async () => {
    const put = (more: object) => client.send(new PutObjectCommand({ ...at('much'), Body: 'x', ...more }))
    expect(await refusal(put({ Metadata: { a: 'x'.repeat(2048) } }))).toEqual({ name: 'MetadataTooLarge', status: 400 })
    expect(await refusal(put({ Tagging: Array.from({ length: 11 }, (_, i) => `k${i}=v`).join('&') }))).toEqual({
      name: 'InvalidTag',
      status: 400,
    })
    const TagSet = [{ Key: 'k'.repeat(129), Value: 'v' }]
    await put({})
    expect(await refusal(client.send(new PutObjectTaggingCommand({ ...at('much'), Tagging: { TagSet } })))).toEqual({
      name: 'InvalidTag',
      status: 400,
    })
  })

  test('that is refused before its body is read leaves the connection usable for the next', async () => {
    for (const sizeBytes of [1000, 3 * 1024 * 1024]) {
      const command = new PutObjectCommand({ Bucket: 'nowhere', Key: 'k', Body: noise(sizeBytes) })
      expect(await refusal(client.send(command))).toEqual({ name: 'NoSuchBucket', status: 404 })
      await client.send(new PutObjectCommand({ ...at('after'), Body: noise(sizeBytes) }))
    }
  })

  test.skipIf(isExternal)('that announces more than it sends stores nothing', async () => {
    const presigner = testClient(url, { requestChecksumCalculation: 'WHEN_REQUIRED' })
    const { pathname, search, port } = new URL(await getSignedUrl(presigner, new PutObjectCommand(at('cut'))))
    const socket = connect(Number(port), '127.0.0.1')
    socket.end(`PUT ${pathname}${search} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: 100\r\n\r\nonly this`)
    await text(socket).catch(() => '')
    expect(await refusal(client.send(new HeadObjectCommand(at('cut'))))).toMatchObject({ status: 404 })
  })
})

test('a stream that is shorter or longer than was said stores nothing', async () => {
  for (const ContentLength of [9, 11]) {
    const put = new PutObjectCommand({ ...at('miscounted'), Body: Readable.from([Buffer.alloc(10)]), ContentLength })
    expect(await refusal(quiet.send(put))).toEqual({ name: 'IncompleteBody', status: 400 })
  }
  expect(await refusal(client.send(new HeadObjectCommand(at('miscounted'))))).toMatchObject({ status: 404 })
})

test.skipIf(isExternal)('a put that is refused after its body was read leaves nothing on the disk', async () => {
  const put = (more: object) => client.send(new PutObjectCommand({ ...at('refused'), Body: noise(2_000_000), ...more }))
  await put({})
  expect(await refusal(put({ IfNoneMatch: '*' }))).toMatchObject({ status: 412 })
  expect(await refusal(put({ ContentMD5: Buffer.alloc(16).toString('base64') }))).toMatchObject({ status: 400 })
  expect(await readdir(join(dataDir, 'buckets', bucket, 'staging'))).toEqual([])
})

test('a body that is not the XML it should be is refused', async () => {
  const sent = testClient(url)
  sent.middlewareStack.add(
    (next) => async (args) => {
      if (isMethodRequest(args.request)) args.request.body = '<!DOCTYPE x [<!ENTITY e "boom">]><Delete>&e;</Delete>'
      return next(args)
    },
    { step: 'serialize', name: 'xml', priority: 'low' },
  )
  const command = new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: [{ Key: 'k' }] } })
  expect(await refusal(sent.send(command))).toEqual({ name: 'MalformedXML', status: 400 })
})

describe('the XML reader', () => {
  test('reads elements, text, entities, attributes and comments', () => {
    const read = readXml(
      '<?xml version="1.0"?>\n<!-- c --><a x="1>" xmlns:s="u"><s:b>1 &lt; 2 &#228;&#x1D11E;</s:b><c/></a>\n',
    )
    expect(read).toEqual({
      name: 'a',
      text: '',
      children: [
        { name: 'b', text: '1 < 2 ä𝄞', children: [] },
        { name: 'c', text: '', children: [] },
      ],
    })
  })

  test.each([
    '',
    'x',
    '<a>',
    '<a></b>',
    '<a/><b/>',
    '</a>',
    '<a>&nope;</a>',
    '<a>&amp</a>',
    '<a>&#xD800;</a>',
    '<a><![CDATA[x]]></a>',
    '<!DOCTYPE a><a/>',
    '<a x="1></a>',
    `${'<a>'.repeat(40)}${'</a>'.repeat(40)}`,
  ])('refuses %j', (source) => {
    expect(() => readXml(source)).toThrow(expect.objectContaining({ code: 'MalformedXML' }))
  })
})

function isMethodRequest(value: unknown): value is { method: string; body?: unknown } {
  return typeof value === 'object' && value !== null && 'method' in value
}
