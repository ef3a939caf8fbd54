import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Problem } from '#contracts/order-api/problem.ts'
import { examplePublication } from '#contracts/order-api/publication.ts'
import { issuesOf } from '#contracts/parse.ts'
import { makeTenant, type Tenant } from '../../promises/tenants.ts'
import { type Answer, callerOf, fresh } from './client.ts'
import { type ApiUnderTest, startApi } from './platform.ts'

let api: ApiUnderTest
let call: ReturnType<typeof callerOf>
let other: Tenant

beforeAll(async () => {
  api = await startApi()
  call = callerOf(api)
  other = await makeTenant(api, 'Other')
})
afterAll(() => api?.close())

const make = (changes: object = {}, key = api.secretKey): Promise<Answer> =>
  call('POST', '/v1/publications', { headers: fresh(), body: { ...examplePublication, ...changes }, key })
const raw = (text: string): Promise<Answer> => call('POST', '/v1/publications', { headers: fresh(), raw: text })

function expectProblem({ status, headers, json }: Answer, expected: number, code: string): void {
  expect([status, json.code]).toEqual([expected, code])
  expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
  expect(issuesOf(Problem, json)).toEqual([])
}

const unknownId = `pub_${'0'.repeat(26)}`
const long = (length: number): string => 'ä'.repeat(length)
const content = (changes: object): object => ({ content: changes })
const page = (origin: string): object => content({ kind: 'page', origins: [origin] })
const offer = (changes: object): object => ({ offers: [{ sku: 'poster-a3', ...changes }] })
const crop = (changes: object): object => ({
  thumbnail: { edit: { crop: { x: 0, y: 0, width: 1, height: 1, ...changes } } },
})

describe('a publication that cannot be is refused, and the answer points at the place', () => {
  test.each([
    ['/title', { title: '' }],
    ['/title', { title: long(201) }],
    ['/title', { title: 'a\u0000' }],
    ['/title', { title: '\ud800' }],
    ['/title', { title: null }],
    ['/colour', { colour: 'red' }],
    ['/content/kind', content({ kind: 'telepathy' })],
    ['/content/file', content({ kind: 'file' })],
    ['/content/file', content({ kind: 'file', file: 'fil_1' })],
    ['/content/file', content({ kind: 'file', file: `fil_${'0'.repeat(26)}` })],
    ['/content/url', content({ kind: 'asynchronous', url: 'https://example.com/a.pdf' })],
    ['/content/url', content({ kind: 'url', url: 'ftp://example.com/a.pdf' })],
    ['/content/url', content({ kind: 'url', url: 'http://example.com/a.pdf' })],
    ['/content/url', content({ kind: 'url', url: 'https://169.254.169.254/latest' })],
    ['/content/url', content({ kind: 'url', url: 'https://localhost/a.pdf' })],
    ['/content/url', content({ kind: 'url', url: 'https://ada:secret@example.com/a.pdf' })],
    ['/content/url', content({ kind: 'url', url: `https://example.com/${'a'.repeat(2000)}` })],
    ['/content/origins', content({ kind: 'page' })],
    ['/content/origins', content({ kind: 'page', origins: [] })],
    ['/content/origins', content({ kind: 'page', origins: Array.from({ length: 21 }, () => 'https://example.com') })],
    ['/content/origins/0', page('http://example.com')],
    ['/content/origins/0', page('https://example.com/')],
    ['/content/origins/0', page('https://*.example.com')],
    ['/content/origins/0', page('https://EXAMPLE.com')],
    ['/content/origins/0', page('https://ada@example.com')],
    ['/content/origins/0', page('https://example.com:443')],
    ['/content/origins/0', page('https://example.com:8443')],
    ['/content/origins/0', page('https://localhost')],
    ['/content/origins/0', page('https://127.1')],
    ['/content/origins/0', page('https://169.254.169.254')],
    ['/content/origins/0', page('https://files.internal')],
    ['/content/origins/0', page('https://')],
    ['/content/origins/0', page('null')],
    ['/content/origins/1', content({ kind: 'page', origins: ['https://example.com', 'http://127.0.0.1:2'] })],
    ['/thumbnail/edit', { ...page('https://example.com'), thumbnail: { edit: { rotate: 90 } } }],
    ['/content/pages', content({ kind: 'asynchronous', pages: 0 })],
    ['/content/pages', content({ kind: 'asynchronous', pages: 2 ** 60 })],
    ['/texts/deutsch!', { texts: { 'deutsch!': { title: 'a' } } }],
    ['/texts/de', { texts: { de: {} } }],
    ['/texts/de/title', { texts: { de: { title: '' } } }],
    ['/texts/de/html', { texts: { de: { html: '<b>' } } }],
    ['/offers', { offers: [] }],
    ['/offers', { offers: Array.from({ length: 21 }, () => ({ sku: 'poster-a3' })) }],
    ['/offers/0/sku', offer({ sku: 'no-such' })],
    ['/offers/0/sku', offer({ sku: '__proto__' })],
    ['/offers/0/options/glitter', offer({ options: { glitter: 'much' } })],
    ['/offers/0/options/finish', offer({ options: { finish: 'gold' } })],
    ['/offers/0/options/constructor', offer({ options: { constructor: 'a' } })],
    ['/offers/0/margin/percent', offer({ margin: { percent: -1 } })],
    ['/offers/0/margin/percent', offer({ margin: { percent: 1001 } })],
    ['/offers/0/margin/percent', offer({ margin: { percent: 12.345 } })],
    ['/offers/0/margin/amount', offer({ margin: { amount: 1.5 } })],
    ['/offers/0/margin/amount', offer({ margin: { percent: 10, amount: 100 } })],
    ['/offers/1', { offers: [{ sku: 'poster-a3' }, { sku: 'poster-a3', options: { finish: 'matt' } }] }],
    ['/currency', { currency: 'XXX' }],
    ['/country', { country: 'XX' }],
    ['/country', { country: 'nl' }],
    ['/theme/accent', { theme: { accent: 'red' } }],
    ['/theme/accent', { theme: { accent: '#FFFFFF' } }],
    ['/theme/radius_px', { theme: { radius_px: 33 } }],
    ['/thumbnail/edit/rotate', { thumbnail: { edit: { rotate: 45 } } }],
    ['/thumbnail/edit/crop/width', crop({ width: 0 })],
    ['/thumbnail/edit/crop/width', crop({ x: 0.5, width: 0.6 })],
    ['/thumbnail/edit/crop/height', crop({ y: 1, height: 1 })],
    ['/thumbnail/edit/crop/x', crop({ x: -0.1 })],
    ['/thumbnail/url', { thumbnail: { url: 'https://10.0.0.1/a.jpg' } }],
    ['/valid_from', { valid_from: 'tomorrow' }],
    ['/valid_from', { valid_from: '2026-02-30T00:00:00Z' }],
    ['/valid_from', { valid_from: '0000-01-01T00:00:00Z' }],
    ['/valid_from', { valid_from: '2026-12-31T23:59:60Z' }],
    ['/valid_until', { valid_from: '2026-12-02T00:00:00Z', valid_until: '2026-12-02T00:00:00+00:00' }],
    ['/reference', { reference: long(101) }],
    ['/metadata/a', { metadata: { a: 1 } }],
    ['/version', { version: 1 }],
  ])('%s (%#)', async (pointer, changes) => {
    const answer = await make(changes)
    expectProblem(answer, 422, 'invalid_request')
    expect(answer.json.errors.map((each: { pointer: string }) => each.pointer)).toContain(pointer)
    const { json } = await make()
    const change = await call('PATCH', `/v1/publications/${json.id}`, { body: changes })
    if (pointer !== '/version') expectProblem(change, 422, 'invalid_request')
  })

  test('whose texts are too long together; as long as may be, it can be read, listed and undone', async () => {
    const text = { title: long(200), description: long(2000), button: long(60) }
    const languages = ['de', 'en', 'fr', 'nl', 'it', 'es', 'pt', 'pl', 'cs', 'da', 'sv', 'fi', 'el', 'hu', 'ro']
    const texts = (count: number) => ({
      texts: Object.fromEntries(languages.slice(0, count).map((each) => [each, text])),
    })
    const refused = await make(texts(11))
    expectProblem(refused, 422, 'invalid_request')
    expect(refused.json.errors).toEqual([{ pointer: '/texts', detail: expect.stringContaining('49152 bytes') }])
    const large = await Promise.all(Array.from({ length: 24 }, () => make(texts(10))))
    expect(large.map(({ status }) => status)).toEqual(large.map(() => 201))
    const list = await call('GET', '/v1/publications?limit=100')
    expect(list.status).toBe(200)
    const ids = new Set(list.json.data.map(({ id }: { id: string }) => id))
    expect(large.filter(({ json }) => !ids.has(json.id))).toEqual([])
    const [first] = large
    for (let round = 0; round < 24; round += 1) {
      const body = { title: `Round ${round}` }
      expect((await call('PATCH', `/v1/publications/${first?.json.id}`, { body })).status).toBe(200)
    }
    const versions = await call('GET', `/v1/publications/${first?.json.id}/versions?limit=100`)
    expect(versions.json.data).toHaveLength(25)
    expect((await call('POST', `/v1/publications/${first?.json.id}/undo`)).status).toBe(200)
  })

  test('that is no JSON object at all', async () => {
    for (const text of ['[]', 'null', '"a"', '1']) expectProblem(await raw(text), 422, 'invalid_request')
    expectProblem(await raw('{'), 400, 'malformed_json')
    expect((await raw('{"title": "a",}')).json.detail).toMatch(/^The body is not valid JSON at line 1 column 15\. /)
    expect((await raw('{"title": ')).json.detail).toContain('not valid JSON at its end')
    expect((await raw('{"__proto__": {}}')).json.detail).toContain('such as __proto__')
    expectProblem(await raw('{"texts": {"__proto__": {"title": "a"}}}'), 400, 'malformed_json')
    expectProblem(await call('POST', '/v1/publications', { body: examplePublication }), 400, 'idempotency_key_missing')
    const headers = { 'idempotency-key': 'a b' }
    expectProblem(
      await call('POST', '/v1/publications', { headers, body: examplePublication }),
      400,
      'idempotency_key_invalid',
    )
  })
})

describe('what belongs to somebody else', () => {
  test('looks as if it did not exist, in every operation, and stays as it is', async () => {
    const { json } = await make()
    for (const key of [other.test, other.live, api.liveSecretKey]) {
      for (const [method, path, body] of [
        ['GET', '', undefined],
        ['PATCH', '', { title: 'Mine' }],
        ['DELETE', '', undefined],
        ['POST', '/publish', {}],
        ['POST', '/undo', {}],
        ['GET', '/versions', undefined],
        ['GET', '/versions/1', undefined],
      ] as const) {
        const ask = (id: string) => call(method, `/v1/publications/${id}${path}`, { key, ...(body && { body }) })
        const [foreign, unknown] = [await ask(json.id), await ask(unknownId)]
        expectProblem(foreign, 404, 'not_found')
        expect(foreign.json.detail.replace(json.id, unknownId)).toBe(unknown.json.detail)
      }
      const list = await call('GET', '/v1/publications', { key })
      expect(list.json.data).toEqual([])
    }
    expect((await call('GET', `/v1/publications/${json.id}`)).json).toEqual(json)
  })

  test('cannot be shown: a file of another account is no file', async () => {
    const body = { filename: 'a.pdf', content_type: 'application/pdf', size_bytes: 5 }
    const foreign = (await call('POST', '/v1/files', { body, key: other.test })).json.id
    const own = (await call('POST', '/v1/files', { body })).json.id
    const refused = await make({ content: { kind: 'file', file: foreign } })
    expectProblem(refused, 422, 'invalid_request')
    expectProblem(await make({ thumbnail: { file: foreign } }), 422, 'invalid_request')
    const made = await make({ content: { kind: 'file', file: own } })
    expect(made.status).toBe(201)
    const change = { body: { content: { kind: 'file', file: foreign } } }
    expectProblem(await call('PATCH', `/v1/publications/${made.json.id}`, change), 422, 'invalid_request')
  })

  test('and the two worlds of an account have publications of their own', async () => {
    const live = await make({}, api.liveSecretKey)
    expect([live.status, live.json.is_test]).toEqual([201, false])
    expectProblem(await call('GET', `/v1/publications/${live.json.id}`), 404, 'not_found')
  })
})

describe('a request that cannot be answered', () => {
  test('names what is missing: versions that are none, cursors that are none, bodies that say nothing', async () => {
    const { json } = await make()
    const path = `/v1/publications/${json.id}`
    expectProblem(await call('GET', `${path}/versions/2`), 404, 'not_found')
    for (const version of ['0', 'x', '-1', '1.0', '9'.repeat(30)]) {
      expectProblem(await call('GET', `${path}/versions/${version}`), 422, 'invalid_request')
    }
    expectProblem(await call('GET', `${path}/versions?cursor=x`), 422, 'invalid_request')
    expectProblem(await call('GET', '/v1/publications?cursor=x'), 422, 'invalid_request')
    expectProblem(await call('GET', '/v1/publications?limit=0'), 422, 'invalid_request')
    expectProblem(await call('PATCH', path, { body: {} }), 422, 'invalid_request')
    for (const version of [0, 2, 2 ** 60, 1.5, 'x', null]) {
      expectProblem(await call('POST', `${path}/publish`, { body: { version } }), 422, 'invalid_request')
    }
    expectProblem(await call('POST', `${path}/publish`, { body: { versions: 1 } }), 422, 'invalid_request')
    expectProblem(await call('POST', `${path}/undo`), 409, 'action_not_allowed')
    expectProblem(await call('POST', `${path}/undo`, { body: { version: 7 } }), 409, 'version_conflict')
    expectProblem(await call('PATCH', path, { body: { title: 'a', version: 2 ** 53 - 1 } }), 409, 'version_conflict')
    for (const id of ['%00', 'a', '..%2f', 'pub_', 'x'.repeat(60)]) {
      const { status } = await call('GET', `/v1/publications/${id}`)
      expect([id, [404, 422].includes(status)]).toEqual([id, true])
    }
  })

  test('with a key that may not', async () => {
    const scopes = ['publications:read']
    const { json } = await call('POST', '/v1/api_keys', { body: { name: 'reader', scopes } })
    expect((await call('GET', '/v1/publications', { key: json.secret })).status).toBe(200)
    expectProblem(await make({}, json.secret), 403, 'insufficient_scope')
    expectProblem(await make({}, api.publishableKey), 403, 'forbidden')
    expectProblem(await make({}, ''), 401, 'unauthenticated')
  })
})
