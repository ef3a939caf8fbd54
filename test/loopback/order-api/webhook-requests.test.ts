import { Type } from 'typebox'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Problem } from '#contracts/order-api/problem.ts'
import { exampleWebhook, mostWebhooks, Webhook } from '#contracts/order-api/webhook.ts'
import { issuesOf } from '#contracts/parse.ts'
import { spellings } from '../../promises/p10/spellings.ts'
import { type Answer, callerOf } from './client.ts'
import { type ApiUnderTest, startApi } from './platform.ts'

let api: ApiUnderTest
let call: ReturnType<typeof callerOf>

beforeAll(async () => {
  api = await startApi()
  call = callerOf(api)
})
afterAll(() => api?.close())

const make = (changes: object = {}, key = api.secretKey): Promise<Answer> =>
  call('POST', '/v1/webhooks', { body: { ...exampleWebhook, ...changes }, key })
const raw = (text: string): Promise<Answer> => call('POST', '/v1/webhooks', { raw: text })
const unknownId = 'whk_01k9zzzzzzzzzzzzzzzzzzzzzz'

function expectProblem({ status, headers, json }: Answer, expected: number, code: string): void {
  expect([status, json.code, headers.get('content-type')]).toEqual([
    expected,
    code,
    'application/problem+json; charset=utf-8',
  ])
  expect(issuesOf(Problem, json)).toEqual([])
}

describe('an endpoint', () => {
  test('is made, read, changed and deleted; its secret is shown once', async () => {
    const made = await make()
    expect([made.status, issuesOf(Webhook, made.json)]).toEqual([201, []])
    expect(made.json).toMatchObject({
      ...exampleWebhook,
      enabled: true,
      secret: expect.stringMatching(/^whsec_[\w+/]{43}=$/),
    })
    const { secret: _secret, ...shown } = made.json
    const path = `/v1/webhooks/${made.json.id}`
    expect((await call('GET', path)).json).toEqual(shown)
    const changed = await call('PATCH', path, { body: { event_types: ['*'], enabled: false } })
    expect(changed.json).toMatchObject({
      event_types: ['*'],
      enabled: false,
      disabled_reason: 'asked',
      url: exampleWebhook.url,
    })
    expect((await call('GET', '/v1/webhooks')).json).toEqual({ data: [changed.json], next: null })
    expect((await call('DELETE', path)).json).toEqual({ id: made.json.id, object: 'webhook', deleted: true })
    expectProblem(await call('GET', path), 404, 'not_found')
  })

  test('stands sealed in the database: whoever reads a copy of it cannot sign', async () => {
    const { json } = await make()
    const { json: other } = await call('POST', `/v1/webhooks/${json.id}/rotate_secret`)
    const stored = JSON.stringify(await storedRow(json.id))
    for (const secret of [json.secret, other.secret]) {
      expect(stored).not.toContain(secret)
      expect(stored).not.toContain(secret.slice(6))
    }
    await call('DELETE', `/v1/webhooks/${json.id}`)
  })

  test(`comes ${mostWebhooks} times at most in a world, also when many are made at the same time`, async () => {
    const answers = await Promise.all(Array.from({ length: mostWebhooks + 10 }, () => make()))
    const taken = answers.filter(({ status }) => status === 201)
    expect(taken).toHaveLength(mostWebhooks)
    for (const refused of answers.filter(({ status }) => status !== 201)) {
      expectProblem(refused, 409, 'webhook_limit_reached')
    }
    // The live world has places of its own.
    const live = await make({}, api.liveSecretKey)
    expect(live.json).toMatchObject({ is_test: false })
    expect((await call('GET', '/v1/webhooks')).json.data).toHaveLength(mostWebhooks)
    await Promise.all(taken.map(({ json }) => call('DELETE', `/v1/webhooks/${json.id}`)))
    expectProblem(await call('GET', `/v1/webhooks/${live.json.id}`), 404, 'not_found')
    expectProblem(await call('DELETE', `/v1/webhooks/${live.json.id}`), 404, 'not_found')
  })

  test.each([
    ['GET', ''],
    ['PATCH', ''],
    ['DELETE', ''],
    ['POST', '/rotate_secret'],
    ['POST', '/test'],
    ['GET', '/deliveries'],
    ['POST', '/deliveries/dlv_01k9zzzzzzzzzzzzzzzzzzzzzz/redeliver'],
  ])('that is not there cannot be had by %s …%s', async (method, rest) => {
    for (const id of [unknownId, 'x', '..%2f..', "' or 1=1 --"]) {
      const body = method === 'PATCH' ? { body: { description: 'a' } } : {}
      expectProblem(await call(method, `/v1/webhooks/${encodeURIComponent(id)}${rest}`, body), 404, 'not_found')
    }
  })

  test('has no delivery that is not its own', async () => {
    const { json } = await make()
    const path = `/v1/webhooks/${json.id}/deliveries/dlv_01k9zzzzzzzzzzzzzzzzzzzzzz/redeliver`
    expectProblem(await call('POST', path), 404, 'not_found')
    expectProblem(await call('GET', `/v1/webhooks/${json.id}/deliveries?limit=101`), 422, 'invalid_request')
    expectProblem(await call('GET', `/v1/webhooks/${json.id}/deliveries?cursor=ord_1`), 422, 'invalid_request')
    await call('DELETE', `/v1/webhooks/${json.id}`)
  })
})

describe('an address on the inside is refused when it is registered', () => {
  test.each([
    'http://shop.example.com/',
    'https://shop.example.com:8443/',
    'https://user:secret@shop.example.com/',
    'https://169.254.169.254/latest/meta-data',
    'https://localhost/',
    'https://name-that-does-not-exist.invalid/',
    'http://127.0.0.1:1/',
  ])('%s', async (url) => {
    const answer = await make({ url })
    expectProblem(answer, 422, 'webhook_target_forbidden')
    expect(answer.json.errors[0].pointer).toBe('/url')
  })

  test('however it is spelled, also when an endpoint is changed', async () => {
    const { json } = await make()
    for (const host of spellings) {
      const url = `https://${host}/hook`
      expect([url, (await make({ url })).json.code]).toEqual([url, 'webhook_target_forbidden'])
      const changed = await call('PATCH', `/v1/webhooks/${json.id}`, { body: { url } })
      expect([url, changed.json.code]).toEqual([url, 'webhook_target_forbidden'])
    }
    expect((await call('GET', `/v1/webhooks/${json.id}`)).json.url).toBe(exampleWebhook.url)
    await call('DELETE', `/v1/webhooks/${json.id}`)
  })
})

describe('bodies that are made to hurt are refused', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
  test.each([
    ['no address', { url: undefined }],
    ['another scheme', { url: 'javascript:alert(1)' }],
    ['an address without end', { url: `https://shop.example/${'a'.repeat(2000)}` }],
    ['no types', { event_types: [] }],
    ['an unknown type', { event_types: ['order.exploded'] }],
    ['a type twice', { event_types: ['order.held', 'order.held'] }],
    ['types that look like it', { event_types: ['оrder.held'] }],
    ['a number for a text', { description: 1e308 }],
    ['a long description', { description: 'a'.repeat(201) }],
    ['control characters', { description: '\u0000' }],
    ['half a character', { description: '\ud800' }],
    ['text for a truth', { enabled: 'true' }],
    ['a field that nobody knows', { secret: 'whsec_mine' }],
  ])('%s', async (_what, changes) => {
    expectProblem(await make(changes), 422, 'invalid_request')
  })

  test('100,000 levels, a body of 2 MB, no JSON, an empty change', async () => {
    expectProblem(await raw(`{"url":${deep}}`), 422, 'invalid_request')
    expectProblem(await raw(`{"url":"${'a'.repeat(2_000_000)}"}`), 413, 'body_too_large')
    expectProblem(await raw('{'), 400, 'malformed_json')
    expectProblem(await call('PATCH', `/v1/webhooks/${unknownId}`, { body: {} }), 422, 'invalid_request')
  })

  test('and whoever may not is told so', async () => {
    expectProblem(await make({}, ''), 401, 'unauthenticated')
    expectProblem(await make({}, api.publishableKey), 403, 'forbidden')
    expectProblem(await call('GET', '/v1/events', { key: api.publishableKey }), 403, 'forbidden')
  })
})

async function storedRow(id: string): Promise<unknown> {
  const sql = 'select to_jsonb(w) as row from webhooks w where id = :id::text'
  return await api.database.rows(Type.Unknown(), sql, { id })
}
