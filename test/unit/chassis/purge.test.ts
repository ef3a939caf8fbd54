import { createServer } from 'node:http'
import { CloudFrontClient } from '@aws-sdk/client-cloudfront'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Transient } from '#chassis/errors.ts'
import { createCloudFrontPurge } from '#chassis/purge/cloudfront.ts'
import { createHttpPurge } from '#chassis/purge/http.ts'
import { type Listening, listening } from '../../loopback/listening.ts'

type Heard = { readonly method: string; readonly url: string; readonly body: string; readonly tags: string }

let site: Listening
let url: string
let heard: Heard[] = []
let answers: { readonly status: number; readonly body: string }[] = []
let cloudFront: CloudFrontClient

const done = {
  status: 201,
  body: `<?xml version="1.0"?><Invalidation xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><Id>I1</Id><Status>InProgress</Status>
    <CreateTime>2026-11-21T12:00:00Z</CreateTime><InvalidationBatch><Paths><Quantity>1</Quantity><Items><Path>#a</Path></Items></Paths>
    <CallerReference>r</CallerReference></InvalidationBatch></Invalidation>`,
}
const refusal = (status: number, code: string) => ({
  status,
  body: `<?xml version="1.0"?><ErrorResponse xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><Error><Type>Sender</Type>
    <Code>${code}</Code><Message>no</Message></Error><RequestId>1</RequestId></ErrorResponse>`,
})

beforeAll(async () => {
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const part of request) body += part
    const { method = '', url: path = '' } = request
    heard.push({ method, url: path, body, tags: String(request.headers['xkey-purge'] ?? '') })
    const answer = answers.shift() ?? done
    response.writeHead(answer.status, { 'content-type': 'text/xml' }).end(answer.body)
  })
  site = await listening(server)
  url = site.url
  const credentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' }
  cloudFront = new CloudFrontClient({ region: 'us-east-1', endpoint: url, credentials, maxAttempts: 1 })
})
afterAll(async () => {
  cloudFront.destroy()
  await site.close()
})
beforeEach(() => {
  heard = []
  answers = []
})

const pathsIn = (body: string): string[] => [...body.matchAll(/<Path>([^<]*)<\/Path>/g)].map(([, path = '']) => path)
const valueIn = (body: string, name: string): string | undefined => new RegExp(`<${name}>([^<]*)<`).exec(body)?.[1]

describe('tags are dropped at CloudFront', () => {
  test('as paths that begin with #, each once, under a reference that makes a repetition harmless', async () => {
    await createCloudFrontPurge(cloudFront, 'E123')(['prices:eur', 'document:catalogue.json', 'prices:eur'], 'ref-1')
    const [call] = heard
    expect([call?.method, call?.url]).toEqual(['POST', '/2020-05-31/distribution/E123/invalidation'])
    expect(pathsIn(call?.body ?? '')).toEqual(['#document:catalogue.json', '#prices:eur'])
    expect(valueIn(call?.body ?? '', 'Quantity')).toBe('2')
    expect(valueIn(call?.body ?? '', 'CallerReference')).toBe('ref-1-0')
  })

  test('in parts, as it has no room for more than 3,000 in progress', async () => {
    const tags = Array.from({ length: 1600 }, (_, index) => `document:${index}`)
    await createCloudFrontPurge(cloudFront, 'E123')(tags, 'ref')
    expect(heard.map(({ body }) => pathsIn(body).length)).toEqual([750, 750, 100])
    expect(new Set(heard.map(({ body }) => valueIn(body, 'CallerReference'))).size).toBe(3)
  })

  test.each([
    [400, 'TooManyInvalidationsInProgress'],
    [400, 'Throttling'],
    [503, 'ServiceUnavailable'],
  ])('%i %s passes: it is asked again later', async (status, code) => {
    answers = [refusal(status, code)]
    await expect(createCloudFrontPurge(cloudFront, 'E123')(['a'], 'ref')).rejects.toThrow(Transient)
  })

  test('no answer passes, a right that is missing does not', async () => {
    const gone = new CloudFrontClient({
      region: 'us-east-1',
      endpoint: 'http://127.0.0.1:1',
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
      maxAttempts: 1,
    })
    await expect(createCloudFrontPurge(gone, 'E123')(['a'], 'ref')).rejects.toThrow(Transient)
    gone.destroy()
    answers = [refusal(403, 'AccessDenied')]
    await expect(createCloudFrontPurge(cloudFront, 'E123')(['a'], 'ref')).rejects.not.toThrow(Transient)
  })
})

describe('tags are dropped at a cache of our own', () => {
  test('with PURGE and the tags in xkey-purge, a header of at most 25 at a time', async () => {
    const tags = Array.from({ length: 30 }, (_, index) => `document:${String(index).padStart(2, '0')}`)
    await createHttpPurge(`${url}/`)(tags, 'ref')
    expect(heard.map(({ method, tags: told }) => [method, told.split(' ').length])).toEqual([
      ['PURGE', 25],
      ['PURGE', 5],
    ])
  })

  test('which must say that it did', async () => {
    answers = [{ status: 405, body: '' }]
    await expect(createHttpPurge(`${url}/`)(['a'], 'ref')).rejects.toThrow('it answers 405')
    await expect(createHttpPurge('http://127.0.0.1:1/')(['a'], 'ref')).rejects.toThrow(Transient)
  })
})
