import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Problem } from '#contracts/order-api/problem.ts'
import { issuesOf } from '#contracts/parse.ts'
import { makeApiKey } from '../../../services/order-api/auth/api-key.ts'
import { type Answer, callerOf, fresh, posterByUrl } from './client.ts'
import { type ApiUnderTest, startApi } from './platform.ts'

let api: ApiUnderTest
let call: ReturnType<typeof callerOf>

beforeAll(async () => {
  api = await startApi()
  call = callerOf(api)
})
afterAll(() => api?.close())

const order = (changes: object): Promise<Answer> =>
  call('POST', '/v1/orders', { headers: fresh(), body: posterByUrl(changes) })
const raw = (text: string): Promise<Answer> => call('POST', '/v1/orders', { headers: fresh(), raw: text })
const poster = (changes: object): object => ({
  items: [{ sku: 'poster-a3', quantity: 1, files: { image: 'https://example.com/a.jpg' }, ...changes }],
})
const recipient = (changes: object): object => ({
  recipient: {
    name: 'Ada',
    address: { line1: 'Oudegracht 1', city: 'Utrecht', postal_code: '3511 AA', country: 'NL' },
    ...changes,
  },
})

function expectProblem({ status, headers, json }: Answer, expected: number, pointer?: string): void {
  expect([status, headers.get('content-type')]).toEqual([expected, 'application/problem+json; charset=utf-8'])
  expect(issuesOf(Problem, json)).toEqual([])
  if (pointer !== undefined) expect(json.errors[0]?.pointer).toBe(pointer)
}

describe('text that no database and no printer can take is refused where it stands', () => {
  test.each([
    ['/reference', { reference: 'a\u0000' }],
    ['/reference', { reference: '\ud800' }],
    ['/reference', { reference: '\udc00a' }],
    ['/recipient/name', recipient({ name: 'Ada\u0007' })],
    ['/metadata/a', { metadata: { a: '\u0000' } }],
    ['/reference', { reference: 'SQS takes no \uffff' }],
    ['/metadata', { metadata: { '\ud800': 'a' } }],
    ['/items/0/title', poster({ title: '\u001b[2J' })],
    ['/items/0/files/image', poster({ files: { image: 'https://example.com/\u0000' } })],
  ])('an order with it in %s', async (pointer, changes) => {
    expectProblem(await order(changes), 422, pointer)
  })

  test('a file name', async () => {
    const body = { filename: 'a\u0000.pdf', content_type: 'application/pdf', size_bytes: 1 }
    expectProblem(await call('POST', '/v1/files', { body }), 422, '/filename')
  })

  test.each(['/v1/orders/%00', '/v1/orders/a%00/events', '/v1/files/%00', '/v1/orders/a/items/%00/preview'])(
    'the address %s',
    async (path) => {
      expectProblem(await call('GET', path), 422)
    },
  )

  test('bytes that are no UTF-8 are not quietly replaced', async () => {
    const answer = await fetch(`${api.url}/v1/files`, {
      method: 'POST',
      headers: { authorization: `Bearer ${api.secretKey}`, 'content-type': 'application/json' },
      body: Buffer.from('{"filename":"\xff\xfe","content_type":"application/pdf","size_bytes":1}', 'latin1'),
    })
    expect([answer.status, await answer.json()]).toMatchObject([400, { code: 'malformed_json' }])
  })

  test('while text of any script with line breaks is kept as it is', async () => {
    const name = 'Ądą 李 👩‍🚀\n2nd line'
    const { status, json } = await order(recipient({ name }))
    expect([status, json.recipient?.name]).toEqual([201, name])
    expect((await call('GET', `/v1/orders/${json.id}`)).json.recipient.name).toBe(name)
  })
})

describe('shapes that are made to hurt', () => {
  const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`

  test.each([
    ['in a field', `{"reference":${deep}}`],
    ['in a field that takes fields', `{"metadata":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}`],
    ['as the body', deep],
  ])('200,000 levels of nesting %s are refused', async (_where, text) => {
    expectProblem(await raw(text), 422)
  })

  test.each(['__proto__', 'constructor", "constructor": {"prototype": 1}, "'])(
    'a field named %s is no way in',
    async (name) => {
      expectProblem(await raw(JSON.stringify(posterByUrl({ XX: 1 })).replace('XX', name)), 400)
    },
  )

  test('skus and options named like parts of every object are unknown', async () => {
    expectProblem(await call('GET', '/v1/catalogue/constructor'), 404)
    expectProblem(await order(poster({ sku: 'toString' })), 422, '/items/0/sku')
    expectProblem(await order(poster({ options: { constructor: 'a' } })), 422, '/items/0/options/constructor')
  })

  test.each([
    ['a line break', 'a\nb'],
    ['200,000 characters', 'k'.repeat(200_000)],
  ])('a metadata name with %s is refused, whatever its value', async (_what, name) => {
    expectProblem(await order({ metadata: { [name]: 'v' } }), 422)
    expectProblem(await order({ metadata: { [name]: { any: ['thing'] } } }), 422)
  })

  test('an order that is taken can be read, also with the longest text that every field allows', async () => {
    const widest = '\u20ac'
    const metadata = Object.fromEntries(
      Array.from({ length: 20 }, (_, n) => [`${n}`.padEnd(40, widest), widest.repeat(500)]),
    )
    const placed = await order({ metadata, reference: widest.repeat(100) })
    expect(placed.status).toBe(201)
    expect((await call('GET', `/v1/orders/${placed.json.id}`)).json).toEqual(placed.json)
  })

  test('addresses are measured in bytes: what would not fit into a row is refused at once', async () => {
    const images = Array.from({ length: 24 }, (_, n) => `https://example.com/${n}/${'\u20ac'.repeat(1000)}`)
    const item = { sku: 'photobook-210x280', quantity: 1, files: { images } }
    expectProblem(await order({ items: [item] }), 422, '/items/0/files')
    expect((await call('GET', '/v1/orders')).status).toBe(200)
  })
})

describe('however much of it comes', () => {
  const many = (count: number, make: (place: number) => unknown) =>
    Object.fromEntries(Array.from({ length: count }, (_, n) => [`f${n}`, make(n)]))

  test.each([8, 60_000])('%i unknown fields are refused like one', async (count) => {
    expectProblem(await order(many(count, () => 1)), 422, '/f0')
  })

  test('thousands of options are refused in few words', async () => {
    const answer = await order(poster({ options: many(50_000, () => 'x') }))
    expectProblem(answer, 422)
    expect(answer.text.length).toBeLessThan(10_000)
  })

  test('metadata is measured in bytes: an order of fifty items can still be read when all of it was paid back', async () => {
    const items = Array.from({ length: 50 }, () => ({ sku: 'poster-a3', quantity: 99, files_later: true }))
    const signs = (count: number) => many(20, () => '😀'.repeat(count))
    expectProblem(await order({ metadata: signs(500) }), 422, '/metadata')
    expectProblem(await order({ metadata: signs(250), items }), 422, '/metadata')
    const { status, json } = await order({ metadata: signs(245), items })
    expect([status, (await call('POST', `/v1/orders/${json.id}/cancel`)).json.payment]).toEqual([201, 'refunded'])
    expect((await call('GET', `/v1/orders/${json.id}`)).json.stage).toBe('cancelled')
  })

  test.each(['cancel', 'hold', 'release'])('a body is refused where none is wanted: %s', async (name) => {
    const path = `/v1/orders/${(await order({})).json.id}/${name}`
    for (const text of ['['.repeat(100_000) + ']'.repeat(100_000), '{"refund":1000000}', '"all"']) {
      expectProblem(await call('POST', path, { headers: fresh(), raw: text }), 422)
    }
    expect((await call('POST', path, { headers: fresh(), raw: '{}' })).status).toBe(200)
  })
})

describe('the protocol', () => {
  test.each(['/v1/orders/%zz', '/v1/orders/%ff', `/v1/orders/${'a'.repeat(300)}`])(
    'an address that cannot be read is a problem like any other: %s',
    async (path) => {
      const answer = await call('GET', path)
      expectProblem(answer, 404)
      expect(answer.headers.get('x-request-id')).toBe(answer.json.request_id)
    },
  )

  test('whoever has no key is told so before the body is looked at', async () => {
    for (const text of ['{}', 'no json', '{"reference":1}']) {
      expectProblem(await call('POST', '/v1/orders', { key: '', headers: fresh(), raw: text }), 401)
    }
    expectProblem(await call('GET', '/v1/orders?limit=0', { key: '' }), 401)
  })

  test('a request that does not end is closed soon after its 10 s', async () => {
    const socket = connect(Number(new URL(api.url).port), '127.0.0.1')
    socket.write('POST /v1/orders HTTP/1.1\r\nhost: slow\r\n')
    let answer = ''
    for await (const chunk of socket) answer += String(chunk)
    expect(answer).toContain('408')
  }, 20_000)
})

describe('the Authorization header', () => {
  const headers = (key: string): readonly (readonly [string, string, number])[] => [
    ['a lower-case scheme', `Authorization: bearer ${key}`, 200],
    ['two headers', `Authorization: Bearer ${key}\r\nauthorization: Bearer ${key}`, 401],
    ['a wrong header behind the right one', `Authorization: Bearer ${key}\r\nAuthorization: Bearer x`, 401],
    ['100 kB', `Authorization: Bearer ${'a'.repeat(100_000)}`, 431],
    ['Unicode', `Authorization: Bearer ${key.slice(0, -1)}é😀`, 401],
    ['a tab', `Authorization: Bearer\t${key}`, 401],
    ['a folded line', `Authorization: Bearer\r\n ${key}`, 400],
    ['a null byte', `Authorization: Bearer ${key}\0`, 400],
    ['a made-up key', `Authorization: Bearer ${makeApiKey('secret', true)}`, 401],
    ['spaces around it', `Authorization:    Bearer ${key}   `, 200],
  ]
  test('an odd Authorization header lets in nobody but who has a key, and upsets nothing', async () => {
    const found = await Promise.all(
      headers(api.secretKey).map(async ([what, header]) => [what, await statusOfRaw(api.url, header)]),
    )
    expect(found).toEqual(headers(api.secretKey).map(([what, , status]) => [what, status]))
  })
})

/** The status of a request whose header is sent byte by byte as it is. */
async function statusOfRaw(url: string, header: string): Promise<number> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  let answer = ''
  try {
    socket.write(`GET /v1/orders HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${header}\r\n\r\n`)
    for await (const chunk of socket) answer += String(chunk)
  } catch {
    // The server may close while it is still being written to; what it said before counts.
  }
  return Number(answer.slice(9, 12))
}
