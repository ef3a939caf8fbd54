import { ReceiveMessageCommand } from '@aws-sdk/client-sqs'
import { Type } from 'typebox'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ProcessTicket } from '#contracts/messages/process-ticket.ts'
import { Order } from '#contracts/order-api/order.ts'
import { Problem } from '#contracts/order-api/problem.ts'
import { issuesOf } from '#contracts/parse.ts'
import { createApp } from '../../../services/order-api/app.ts'
import { hashOfApiKey, makeApiKey } from '../../../services/order-api/auth/api-key.ts'
import { callerOf, fresh, posterByUrl } from './client.ts'
import { type ApiUnderTest, startApi } from './platform.ts'

let api: ApiUnderTest
let call: ReturnType<typeof callerOf>

beforeAll(async () => {
  api = await startApi()
  call = callerOf(api)
})
afterAll(() => api?.close())

async function countOrders(): Promise<number> {
  const [row] = await api.database.rows(
    Type.Object({ n: Type.Integer() }),
    `select jsonb_build_object('n', count(*)) as row from orders`,
  )
  return row?.n ?? -1
}

describe('placing an order', () => {
  test('answers 201 with the order, and its process ticket is on the queue', async () => {
    const { status, json, headers } = await call('POST', '/v1/orders', {
      headers: fresh(),
      body: posterByUrl({ reference: 'A-1' }),
    })
    expect(status).toBe(201)
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect(issuesOf(Order, json)).toEqual([])
    expect(json).toMatchObject({ stage: 'preflight', payment: 'authorised', is_test: true, reference: 'A-1' })
    const { Messages = [] } = await api.sqs.send(
      new ReceiveMessageCommand({ QueueUrl: api.queueUrl('process'), WaitTimeSeconds: 5 }),
    )
    const ticket: unknown = JSON.parse(Messages[0]?.Body ?? 'null')
    expect(issuesOf(ProcessTicket, ticket)).toEqual([])
    expect(ticket).toMatchObject({ orderId: json.id, sources: [{ url: 'https://example.com/a.jpg' }] })
  })

  test('can be read back as it was answered, is listed, and has its first event', async () => {
    const placed = await call('POST', '/v1/orders', { headers: fresh(), body: posterByUrl({ metadata: { a: 'b' } }) })
    expect((await call('GET', `/v1/orders/${placed.json.id}`)).json).toEqual(placed.json)
    expect((await call('GET', '/v1/orders?limit=1')).json.data).toEqual([placed.json])
    const events = await call('GET', `/v1/orders/${placed.json.id}/events`)
    expect(events.json.data).toMatchObject([{ sequence: 1, type: 'order.created', order_id: placed.json.id }])
  })

  test('the list pages through every order once, newest first', async () => {
    for (let n = 0; n < 3; n += 1) await call('POST', '/v1/orders', { headers: fresh(), body: posterByUrl() })
    const seen: string[] = []
    for (let path = '/v1/orders?limit=2'; path !== ''; ) {
      const { json } = await call('GET', path)
      seen.push(...json.data.map((order: { id: string }) => order.id))
      path = json.next === null ? '' : `/v1/orders?limit=2&cursor=${json.next}`
    }
    expect(seen).toEqual([...new Set(seen)].sort().reverse())
    expect(seen).toHaveLength(await countOrders())
  })
})

describe('Idempotency-Key', () => {
  test('the same key and body again answer the same bytes, marked as replayed, and make no second order', async () => {
    const headers = fresh()
    const first = await call('POST', '/v1/orders', { headers, body: posterByUrl() })
    const before = await countOrders()
    const again = await call('POST', '/v1/orders', { headers, body: posterByUrl() })
    expect([again.status, again.text]).toEqual([201, first.text])
    expect(first.headers.get('idempotent-replayed')).toBeNull()
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    expect(await countOrders()).toBe(before)
  })

  test('fields in another order are the same body', async () => {
    const headers = fresh()
    const first = await call('POST', '/v1/orders', { headers, body: posterByUrl() })
    const shuffled = Object.fromEntries(Object.entries(posterByUrl()).reverse())
    expect((await call('POST', '/v1/orders', { headers, body: shuffled })).text).toBe(first.text)
  })

  test('the answer of a large order comes again whole', async () => {
    const headers = fresh()
    const images = Array.from({ length: 24 }, (_, n) => `https://example.com/${n}?${'s'.repeat(1000)}`)
    const item = { sku: 'photobook-210x280', quantity: 1, files: { images } }
    const body = posterByUrl({ items: [item, item, item, item] })
    const first = await call('POST', '/v1/orders', { headers, body })
    const again = await call('POST', '/v1/orders', { headers, body })
    expect([first.status, again.status, again.text]).toEqual([201, 201, first.text])
  })

  test('what was taken comes again, also when the product can no longer be ordered', async () => {
    const headers = fresh()
    const first = await call('POST', '/v1/orders', { headers, body: posterByUrl() })
    const closed = { ...api.context, facilities: { all: async () => [] } }
    const app = await createApp(closed, 'http://127.0.0.1')
    const answer = await app.inject({
      method: 'POST',
      url: '/v1/orders',
      headers: { ...headers, authorization: `Bearer ${api.secretKey}` },
      payload: posterByUrl(),
    })
    await app.close()
    expect([answer.statusCode, answer.body]).toEqual([201, first.text])
    expect(answer.headers['idempotent-replayed']).toBe('true')
  })

  test('a live order never gets the answer of a test order', async () => {
    const liveKey = makeApiKey('secret', false)
    await api.database.rows(
      Type.Unknown(),
      `insert into api_keys (sha256, account_id, kind, is_test, last_four, created_at)
       select :live::text, account_id, 'secret', false, 'live', now() from api_keys where sha256 = :test::text
       returning jsonb_build_object() as row`,
      { live: hashOfApiKey(liveKey), test: hashOfApiKey(api.secretKey) },
    )
    const headers = fresh()
    await call('POST', '/v1/orders', { headers, body: posterByUrl() })
    const { status, json } = await call('POST', '/v1/orders', { key: liveKey, headers, body: posterByUrl() })
    expect([status, json.code]).toEqual([422, 'idempotency_key_reused'])
  })

  test('the same key with another body is refused', async () => {
    const headers = fresh()
    await call('POST', '/v1/orders', { headers, body: posterByUrl() })
    const { status, json } = await call('POST', '/v1/orders', { headers, body: posterByUrl({ reference: 'other' }) })
    expect([status, json.code]).toEqual([422, 'idempotency_key_reused'])
  })

  test('five at the same moment make one order and get one answer', async () => {
    const headers = fresh()
    const before = await countOrders()
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => call('POST', '/v1/orders', { headers, body: posterByUrl() })),
    )
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect(answers.filter(({ headers: got }) => got.get('idempotent-replayed') === null)).toHaveLength(1)
    expect(await countOrders()).toBe(before + 1)
  })

  test('a refused order does not use up its key', async () => {
    const headers = fresh()
    expect((await call('POST', '/v1/orders', { headers, body: posterByUrl({ items: [] }) })).status).toBe(422)
    expect((await call('POST', '/v1/orders', { headers, body: posterByUrl() })).status).toBe(201)
  })

  test('a missing or unusable key is a clear 400', async () => {
    expect((await call('POST', '/v1/orders', { body: posterByUrl() })).json.code).toBe('idempotency_key_missing')
    const spaced = await call('POST', '/v1/orders', { headers: { 'idempotency-key': 'a b' }, body: posterByUrl() })
    expect([spaced.status, spaced.json.code]).toEqual([400, 'idempotency_key_invalid'])
  })
})

describe('bad input leaves nothing behind and says what is allowed', () => {
  const item = (changes: object) =>
    posterByUrl({ items: [{ sku: 'poster-a3', quantity: 1, files: { image: 'https://a.eu/b' }, ...changes }] })
  test.each([
    ['quantity 0', item({ quantity: 0 }), '/items/0/quantity', 'must be >= 1; found 0'],
    ['quantity as text', item({ quantity: '1' }), '/items/0/quantity', 'must be integer; found "1"'],
    ['an unknown product', item({ sku: 'mug' }), '/items/0/sku', 'is not in the catalogue'],
    ['an unknown field', item({ colour: 'red' }), '/items/0/colour', 'is not a known field'],
    ['a missing recipient', { ...posterByUrl(), recipient: undefined }, '/recipient', 'is required'],
    [
      'a country in words',
      posterByUrl({
        recipient: { name: 'A', address: { line1: 'a', city: 'b', postal_code: 'c', country: 'Holland' } },
      }),
      '/recipient/address/country',
      'must be ISO 3166-1 alpha-2, upper case, e.g. NL; found "Holland"',
    ],
    [
      'a file that is not ours',
      item({ files: { image: 'fil_01k9zzzzzzzzzzzzzzzzzzzzzz' } }),
      '/items/0/files/image',
      'there is no file',
    ],
    [
      'an address that is none',
      item({ files: { image: 'https://%%' } }),
      '/items/0/files/image',
      'or an https address',
    ],
    [
      'a wrong shipping method',
      posterByUrl({ shipping_method: 'pigeon' }),
      '/shipping_method',
      'must be one of "standard", "express"',
    ],
    ['a body that is a list', [], '', 'must be object'],
  ])('%s', async (_, body, pointer, words) => {
    const before = await countOrders()
    const { status, json, headers } = await call('POST', '/v1/orders', { headers: fresh(), body })
    expect(status).toBe(422)
    expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
    expect(issuesOf(Problem, json)).toEqual([])
    expect(json.errors[0].pointer).toBe(pointer)
    expect(json.errors[0].detail).toContain(words)
    expect(await countOrders()).toBe(before)
  })

  test('a body that is not JSON, too large, or of another type', async () => {
    const codes = []
    codes.push((await call('POST', '/v1/orders', { headers: fresh(), raw: '{"a":' })).json)
    codes.push((await call('POST', '/v1/orders', { headers: fresh(), raw: `"${'x'.repeat(1_100_000)}"` })).json)
    codes.push(
      (await call('POST', '/v1/orders', { headers: { ...fresh(), 'content-type': 'text/plain' }, raw: 'hi' })).json,
    )
    expect(codes.map(({ status, code }) => [status, code])).toEqual([
      [400, 'malformed_json'],
      [413, 'body_too_large'],
      [415, 'unsupported_media_type'],
    ])
  })

  test('an address that is no route is a problem too, and carries the request id that was sent', async () => {
    const { json, headers } = await call('GET', '/v1/nothing', { headers: { 'x-request-id': 'my-1' } })
    expect([json.code, json.request_id, headers.get('x-request-id')]).toEqual(['not_found', 'my-1', 'my-1'])
  })
})

describe('keys', () => {
  test('no key, a made-up key and a publishable key are refused, each with what to do', async () => {
    const refused = async (key: string) => {
      const { status, json } = await call('GET', '/v1/orders', { key })
      return [status, json.code]
    }
    expect(await refused('')).toEqual([401, 'unauthenticated'])
    expect(await refused(`sk_test_${'0'.repeat(32)}`)).toEqual([401, 'unauthenticated'])
    expect(await refused(api.publishableKey)).toEqual([403, 'forbidden'])
  })

  test('a test key neither sees nor cancels a live order of its account, and a live key no test order', async () => {
    const liveKey = makeApiKey('secret', false)
    await api.database.rows(Type.Unknown(), liveKeySql, {
      sha256: hashOfApiKey(liveKey),
      of: hashOfApiKey(api.secretKey),
    })
    const live = (await call('POST', '/v1/orders', { key: liveKey, headers: fresh(), body: posterByUrl() })).json
    const tested = (await call('POST', '/v1/orders', { headers: fresh(), body: posterByUrl() })).json
    expect([live.is_test, live.payment, tested.is_test]).toEqual([false, 'authorised', true])
    const statuses = async (key: string, id: string) => [
      (await call('GET', `/v1/orders/${id}`, { key })).status,
      (await call('POST', `/v1/orders/${id}/cancel`, { key })).status,
    ]
    expect(await statuses(api.secretKey, live.id)).toEqual([404, 404])
    expect(await statuses(liveKey, tested.id)).toEqual([404, 404])
    expect((await call('GET', '/v1/orders', { key: liveKey })).json.data).toEqual([live])
  })

  test('only hashes of keys are stored', async () => {
    const rows = await api.database.rows(Type.Unknown(), 'select to_jsonb(k) as row from api_keys k')
    expect(JSON.stringify(rows)).not.toContain(api.secretKey.slice(8))
  })

  test('a foreign order and an unknown order look the same', async () => {
    const strangerKey = makeApiKey('secret', true)
    await api.database.rows(Type.Unknown(), strangerSql, { sha256: hashOfApiKey(strangerKey) })
    const { json } = await call('POST', '/v1/orders', { headers: fresh(), body: posterByUrl() })
    const answers = await Promise.all(
      [json.id, `ord_${'0'.repeat(26)}`].map((id) => call('GET', `/v1/orders/${id}`, { key: strangerKey })),
    )
    const shown = answers.map(({ status, json: { code, detail } }) => [status, code, detail.replace(/ord_\w+/, 'ID')])
    expect(shown[0]).toEqual([404, 'not_found', 'There is no order ID in your account.'])
    expect(shown[1]).toEqual(shown[0])
    expect((await call('GET', '/v1/orders', { key: strangerKey })).json.data).toEqual([])
  })
})

const liveKeySql = `
  insert into api_keys (sha256, account_id, kind, is_test, last_four, created_at)
  select :sha256::text, account_id, 'secret', false, 'live', now() from api_keys where sha256 = :of::text
  returning to_jsonb(account_id) as row`

const strangerSql = `
  with stranger as (insert into accounts (id, name, created_at) values ('acc_stranger', 'Stranger', now()) returning id)
  insert into api_keys (sha256, account_id, kind, is_test, last_four, created_at)
  select :sha256::text, stranger.id, 'secret', true, 'zzzz', now() from stranger returning to_jsonb(account_id) as row`

describe('cancelling', () => {
  test('an order that no facility has is cancelled, once and again, and its tickets are not rung any more', async () => {
    const { json } = await call('POST', '/v1/orders', { headers: fresh(), body: posterByUrl() })
    const first = await call('POST', `/v1/orders/${json.id}/cancel`)
    expect([first.status, first.json.stage]).toEqual([200, 'cancelled'])
    expect((await call('POST', `/v1/orders/${json.id}/cancel`)).json.stage).toBe('cancelled')
    const open = await api.database.rows(
      Type.Unknown(),
      `select to_jsonb(t.id) as row from tickets t where order_id = :id::text and answered_at is null`,
      { id: json.id },
    )
    expect(open).toEqual([])
  })
})
