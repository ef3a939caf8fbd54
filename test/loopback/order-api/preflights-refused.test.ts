import { afterAll, beforeAll, expect, test } from 'vitest'
import { Problem } from '#contracts/order-api/problem.ts'
import { issuesOf } from '#contracts/parse.ts'
import { type Answer, callerOf } from './client.ts'
import { type ApiUnderTest, startApi } from './platform.ts'

let api: ApiUnderTest
let call: ReturnType<typeof callerOf>

beforeAll(async () => {
  api = await startApi()
  call = callerOf(api)
})
afterAll(() => api?.close())

const url = 'https://example.com/a.pdf'
const nobodys = `fil_${'0'.repeat(26)}`
const post = (body: unknown): Promise<Answer> => call('POST', '/v1/preflights', { body })

function expectProblem({ status, headers, json }: Answer, expected: readonly [number, string], pointer?: string): void {
  expect([status, json?.code]).toEqual(expected)
  expect(headers.get('content-type')).toContain('application/problem+json')
  expect(issuesOf(Problem, json)).toEqual([])
  if (pointer !== undefined) expect(json.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer)
}

const manyImages = (count: number, reference = url) => Array.from({ length: count }, () => reference)
const deep = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`

test.each<[string, string, object]>([
  ['no files at all', '/files', { sku: 'softcover-a5' }],
  ['files without a file', '/files', { files: {} }],
  ['a file that is not the account’s own', '/files/interior', { files: { interior: nobodys } }],
  ['the same for a product', '/files/image', { sku: 'poster-a3', files: { image: nobodys } }],
  ['a product that is not sold', '/sku', { sku: 'papyrus-a4', files: { interior: url } }],
  ['roles that the product does not take', '/files', { sku: 'softcover-a5', files: { image: url } }],
  ['roles that no product takes', '/files', { files: { image: url, images: [url] } }],
  ['a role that does not exist', '/files/spine', { files: { spine: url } }],
  ['301 pictures', '/files/images', { files: { images: manyImages(301) } }],
  [
    '300 pictures for a card of four pages',
    '/files/images',
    { sku: 'card-folded-a6', files: { images: manyImages(300) } },
  ],
  [
    'addresses that are too long together',
    '/files',
    { files: { images: manyImages(300, `${url}?${'x'.repeat(150)}`) } },
  ],
  ['an address that is none', '/files/interior', { files: { interior: 'https://[not an address]/' } }],
  ['a file reference of another kind', '/files/interior', { files: { interior: 'ftp://example.com/a.pdf' } }],
  ['an option without a product', '/options', { files: { image: url }, options: { finish: 'satin' } }],
  ['a design without a product', '/design', { files: { images: [url] }, design: { fit: 'fill' } }],
  [
    'an option that the product does not have',
    '/options/glitter',
    { sku: 'poster-a3', files: { image: url }, options: { glitter: 'yes' } },
  ],
  ['a country without a product', '/country', { files: { image: url }, country: 'NL' }],
  ['a country in look-alike letters', '/country', { files: { image: url }, country: 'ΝL' }],
  ['a country that does not exist', '/country', { sku: 'poster-a3', files: { image: url }, country: 'XX' }],
  ['an unknown field', '/quantity', { sku: 'poster-a3', files: { image: url }, quantity: -1 }],
  [
    'a negative number in a design',
    '/design/pages/0/images/0/image',
    {
      ...{ sku: 'photobook-210x210', files: { images: [url] } },
      design: { pages: [{ template: 'full_bleed', images: [{ image: -1 }] }] },
    },
  ],
  ['an empty title', '/title', { sku: 'softcover-a5', files: { interior: url }, title: '' }],
  ['a title with a control character', '/title', { sku: 'softcover-a5', files: { interior: url }, title: 'a\u0000' }],
  ['a number for a file', '/files/image', { files: { image: 1e308 } }],
  ['a list for a body', '', [1, 2, 3]],
])('%s is refused where it stands', async (_name, pointer, body) => {
  expectProblem(await post(body), [422, 'invalid_request'], pointer)
})

test('JSON of ten thousand levels is refused and costs nobody anything', async () => {
  const raw = `{"files":{"image":"${url}"},"design":${deep(10_000)}}`
  const { status } = await call('POST', '/v1/preflights', { raw })
  expect([400, 422]).toContain(status)
})

test('a body over a megabyte is refused', async () => {
  const raw = JSON.stringify({ files: { image: url }, title: 'x'.repeat(1_100_000) })
  expectProblem(await call('POST', '/v1/preflights', { raw }), [413, 'body_too_large'])
})

test('what is not JSON, or is not UTF-8, is refused', async () => {
  expectProblem(await call('POST', '/v1/preflights', { raw: '{"files":' }), [400, 'malformed_json'])
  const body = Buffer.concat([Buffer.from('{"title":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')])
  const headers = { authorization: `Bearer ${api.secretKey}`, 'content-type': 'application/json' }
  const reply = await fetch(`${api.url}/v1/preflights`, { method: 'POST', headers, body })
  expect(reply.status).toBe(400)
})

test('whoever has no key, or one for web pages, may not ask', async () => {
  const body = { files: { image: url } }
  expectProblem(await call('POST', '/v1/preflights', { key: '', body }), [401, 'unauthenticated'])
  expectProblem(await call('POST', '/v1/preflights', { key: api.publishableKey, body }), [403, 'forbidden'])
  expectProblem(await call('GET', `/v1/preflights/pfl_${'0'.repeat(26)}`), [404, 'not_found'])
  expectProblem(await call('GET', `/v1/preflights/${'x'.repeat(61)}`), [422, 'invalid_request'])
})
