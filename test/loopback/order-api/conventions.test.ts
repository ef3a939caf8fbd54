import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApp } from '../../../services/order-api/app.ts'
import { type Answer, callerOf, fresh, posterByUrl } from './client.ts'
import { type ApiUnderTest, startApi } from './platform.ts'

let api: ApiUnderTest
let call: ReturnType<typeof callerOf>
let orderId = ''

beforeAll(async () => {
  api = await startApi()
  call = callerOf(api)
  orderId = (await call('POST', '/v1/orders', { headers: fresh(), body: posterByUrl() })).json.id
})
afterAll(() => api?.close())

const tagOf = ({ headers }: Answer): string => headers.get('etag') ?? ''
const reads = (): string[] => [
  '/v1/orders',
  `/v1/orders/${orderId}`,
  `/v1/orders/${orderId}/actions`,
  `/v1/orders/${orderId}/events`,
  '/v1/events',
  '/v1/account',
  '/v1/ledger/balances',
]

describe('reads', () => {
  test('have a tag, and say 304 with the same headers to whoever has the same bytes', async () => {
    for (const path of reads()) {
      const first = await call('GET', path)
      expect([path, first.status, tagOf(first)]).toEqual([path, 200, expect.stringMatching(/^"[\w-]{22}"$/)])
      expect(first.headers.get('cache-control')).toBe('private, no-cache')
      const again = await call('GET', path, { headers: { 'if-none-match': tagOf(first), 'x-request-id': 'mine' } })
      expect([path, again.status, again.text]).toEqual([path, 304, ''])
      expect([again.headers.get('x-request-id'), tagOf(again)]).toEqual(['mine', tagOf(first)])
      expect(again.headers.get('ratelimit')).toMatch(/^"reads";r=\d+;t=\d+$/)
    }
  })

  test('of the catalogue may be kept for a minute by everyone, and need no key', async () => {
    const { headers } = await call('GET', '/v1/catalogue', { key: '' })
    expect(headers.get('cache-control')).toBe('public, max-age=60')
    expect(headers.get('ratelimit')).toBeNull()
    expect(headers.get('etag')).not.toBeNull()
  })

  test('of an order are of its newest state, however often it was read before', async () => {
    const path = `/v1/orders/${orderId}`
    const seen = new Set<string>()
    for (const action of ['hold', 'release', 'hold', 'release', 'cancel']) {
      const changed = await call('POST', `${path}/${action}`, { headers: fresh() })
      const [read, again] = [await call('GET', path), await call('GET', path)]
      expect(read.json).toEqual(changed.json)
      expect(again.text).toBe(read.text)
      seen.add(tagOf(read))
    }
    expect(seen.size).toBe(5)
  })

  test('of the same moment give nobody what only another may see', async () => {
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, n) =>
        call('GET', `/v1/orders/${orderId}`, { key: n % 2 === 0 ? api.secretKey : api.liveSecretKey }),
      ),
    )
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 60 }, (_, n) => (n % 2 === 0 ? 200 : 404)))
  })
})

describe('every answer', () => {
  test('has the request id of the caller, or one of ours where that is no good', async () => {
    const headers = { 'x-request-id': 'shop-42' }
    const answers = [
      await call('GET', '/v1/catalogue', { headers }),
      await call('GET', '/v1/orders/ord_0', { headers }),
      await call('GET', '/v1/orders', { headers, key: '' }),
      await call('GET', '/nowhere', { headers }),
      await call('DELETE', '/v1/orders', { headers }),
      await call('POST', '/v1/orders', { headers, raw: '{' }),
      await call('POST', '/v1/orders', { headers, raw: ' '.repeat(1_100_000) }),
      await call('POST', '/v1/orders', { headers: { ...headers, ...fresh() }, body: {} }),
      await call('GET', '/v1/orders/%zz', { headers }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([200, 404, 401, 404, 405, 400, 413, 422, 404])
    for (const { headers: got } of answers) expect(got.get('x-request-id')).toBe('shop-42')
    for (const bad of ['a b', 'x'.repeat(101), '{}', 'ä']) {
      const { headers: got, json } = await call('GET', '/nowhere', { headers: { 'x-request-id': bad } })
      expect([got.get('x-request-id'), json.request_id]).toEqual([
        expect.stringMatching(/^req_/),
        got.get('x-request-id'),
      ])
    }
  })

  test('that is an error leads to the words about its code, and is kept by nobody', async () => {
    const { json, headers } = await call('GET', '/v1/orders/ord_0')
    expect(headers.get('cache-control')).toBe('no-store')
    const page = await fetch(json.type.replace('http://127.0.0.1', api.url))
    expect(await page.text()).toContain(`id="${json.type.split('#')[1]}"`)
  })

  test('to a write is kept by nobody and has no tag', async () => {
    const { headers } = await call('POST', '/v1/orders', { headers: fresh(), body: posterByUrl() })
    expect([headers.get('cache-control'), headers.get('etag')]).toEqual(['no-store', null])
  })
})

test('a key that asks too often is told so before anything is done, and reads do not use up writes', async () => {
  const policy = { quota: 2, windowSeconds: 10 }
  const rates = { reads: { name: 'reads', ...policy }, writes: { name: 'writes', ...policy } }
  const app = await createApp({ ...api.context, limits: { ...api.context.limits, rates } }, 'http://127.0.0.1')
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  try {
    const limited = callerOf({ ...api, url })
    const read = () => limited('GET', '/v1/orders')
    const [first, , third] = [await read(), await read(), await read()]
    expect([first.status, first.headers.get('ratelimit-policy')]).toEqual([200, '"reads";q=2;w=10'])
    expect([third.status, third.json.code, third.json.retryable]).toEqual([429, 'rate_limited', true])
    expect(third.headers.get('retry-after')).toBe('5')
    const headers = fresh()
    const write = () => limited('POST', '/v1/orders', { headers, body: posterByUrl() })
    const [placed, replayed, refused] = [await write(), await write(), await write()]
    expect([placed.status, replayed.text, refused.status]).toEqual([201, placed.text, 429])
    expect((await limited('GET', '/v1/orders', { key: api.liveSecretKey })).status).toBe(200)
  } finally {
    await app.close()
  }
})

test.each([
  ['GET', '/v1/orders/'],
  ['PATCH', '/v1/orders/'],
  ['GET', '/v1/catalogue/'],
  ['GET', '/v1/files/'],
  ['POST', '/v1/orders//cancel'],
])('an address without its id is none: %s %s', async (method, path) => {
  const { status, json } = await call(method, path)
  expect([status, json.code]).toEqual([404, 'not_found'])
  expect(json.detail).toContain(`${method} ${path} is not an address of this API`)
})

test.each([
  ['/v1/orders?cursor=', 'cursor'],
  ['/v1/orders?cursor=ord_0', 'cursor'],
  ['/v1/orders?cursor=ord_%00', 'cursor'],
  [`/v1/orders?cursor=${'a'.repeat(5000)}`, 'cursor'],
  ['/v1/orders?limit=0', 'limit'],
  ['/v1/orders?limit=1e2', 'limit'],
  ['/v1/orders?limit=20&limit=30', 'limit'],
  ['/v1/events?after=-1', 'after'],
  ['/v1/orders?colour=red', 'colour'],
])('a list is not guessed at: %s', async (path, name) => {
  const { status, json } = await call('GET', path)
  expect([status, json.code, json.errors?.[0]?.pointer]).toEqual([422, 'invalid_request', `/querystring/${name}`])
  expect(json.errors[0].detail).not.toContain('must match')
})
