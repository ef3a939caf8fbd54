import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { createServer } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { RDSDataClient } from '@aws-sdk/client-rds-data'
import { pino } from 'pino'
import postgres from 'postgres'
import { Type } from 'typebox'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createDatabase, RuleBroken } from '#chassis/database.ts'
import type { Address, Lookup } from '#chassis/http/address-guard.ts'
import { mostLookedThrough } from '../../../services/order-api/events/read-account-events.ts'
import { forgetOldDeliveries } from '../../../services/order-api/webhooks/deliveries.ts'
import { postWebhook } from '../../../services/order-api/webhooks/post-webhook.ts'
import { makeKey, makeTenant } from '../../promises/tenants.ts'
import { fresh, posterByUrl } from './client.ts'
import { startWebhookWorld, type WebhookWorld } from './webhook-world.ts'

let world: WebhookWorld

beforeAll(async () => {
  world = await startWebhookWorld()
})
afterAll(() => world?.close())

describe('a noisy neighbour', () => {
  test('whose endpoints take the event and never answer delays no webhook of anybody else', async () => {
    const { receiver, call, api } = world
    const [noisy, quiet] = [await makeTenant(api, 'Noisy'), await makeTenant(api, 'Quiet')]
    const urlOf = (path: string) => ({ url: `${receiver.origin}${path}`, event_types: ['order.held'] })
    const made = await Promise.all(
      Array.from({ length: 9 }, async (_, index) => {
        receiver.answer(`/never-${index}`, () => undefined)
        return (await call('POST', '/v1/webhooks', { key: noisy.test, body: urlOf(`/never-${index}`) })).json.id
      }),
    )
    for (const id of made) {
      for (let count = 0; count < 4; count += 1) await call('POST', `/v1/webhooks/${id}/test`, { key: noisy.test })
    }
    const held = () => made.reduce((sum, _, index) => sum + receiver.at(`/never-${index}`).length, 0)
    await vi.waitFor(() => expect(held()).toBeGreaterThanOrEqual(16), 10_000)
    const { id } = (await call('POST', '/v1/webhooks', { key: quiet.test, body: urlOf('/quiet') })).json
    await call('POST', `/v1/webhooks/${id}/test`, { key: quiet.test })
    await vi.waitFor(() => expect(receiver.at('/quiet')).toHaveLength(1), 8_000)
    // All of theirs are still waiting for an answer: half of the worker is out of their reach.
    expect(held()).toBe(16)
    await Promise.all(made.map((each) => call('DELETE', `/v1/webhooks/${each}`, { key: noisy.test })))
  }, 30_000)

  test('that looks for what is rare makes nobody go through all of a long log, and still finds it', async () => {
    const { api, call } = world
    const { accountId: account, test: key } = await makeTenant(api, 'Long')
    const events = mostLookedThrough * 2 + 5
    await api.database.rows(
      Type.Unknown(),
      `insert into events (account_id, is_test, id, type, at, data, account_sequence)
        select :account::text, true, 'evt_' || lpad(n::text, 26, '0'), case when n = :events::int - 1 then 'order.held' else 'order.created' end,
          now(), '{}'::jsonb, n
        from generate_series(1, :events::int) n`,
      { account, events },
    )
    const pages: unknown[] = []
    for (let after = 0, more = true; more; ) {
      const { data, next, has_more } = (await call('GET', `/v1/events?type=order.held&after=${after}`, { key })).json
      pages.push([data.map(({ sequence }: { sequence: number }) => sequence), next, has_more])
      ;[after, more] = [next, has_more]
    }
    expect(pages).toEqual([
      [[], mostLookedThrough, true],
      [[], mostLookedThrough * 2, true],
      [[events - 1], events, false],
    ])
  })

  test('that registers names whose servers never answer does not fill the API with them', async () => {
    const { receiver, api, call } = world
    const noisy = (await makeTenant(api, 'Slow names')).test
    const found = Promise.withResolvers<readonly Address[]>()
    let looking = 0
    const { lookup } = api.context.webhookRules
    const slowly: Lookup = () => {
      looking += 1
      return found.promise
    }
    Object.assign(api.context.webhookRules, { lookup: slowly })
    const slow = () => call('POST', '/v1/webhooks', { key: noisy, body: { url: 'https://slow.example/' } })
    const waiting = Array.from({ length: 4 }, slow)
    await vi.waitFor(() => expect(looking).toBe(4), 4_000)
    const refused = await slow()
    expect([refused.status, refused.json.code, refused.headers.get('retry-after')]).toEqual([429, 'rate_limited', '5'])
    const { id } = (await call('POST', '/v1/webhooks', { body: { url: `${receiver.origin}/other` } })).json
    found.resolve([{ address: '93.184.216.34', family: 4 }])
    expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual([201, 201, 201, 201])
    expect((await slow()).status).toBe(201)
    Object.assign(api.context.webhookRules, { lookup })
    await world.remove(id)
  })

  test('that asks again and again for a delivery in hand has one attempt under way', async () => {
    const { receiver, call, worker, endpoint, testEvent, remove } = world
    const { id, path } = await endpoint(['order.held'])
    receiver.answer(path, () => undefined)
    const { delivery_id } = await testEvent(id)
    await vi.waitFor(() => expect(receiver.at(path)).toHaveLength(1), 10_000)
    for (let count = 0; count < 5; count += 1) {
      const again = await call('POST', `/v1/webhooks/${id}/deliveries/${delivery_id}/redeliver`)
      expect([again.status, again.json.state]).toEqual([202, 'pending'])
      worker.look()
    }
    const other = await endpoint(['order.held'])
    await testEvent(other.id)
    await vi.waitFor(() => expect(receiver.at(other.path)).toHaveLength(1), 10_000)
    expect(receiver.at(path)).toHaveLength(1)
    await Promise.all([id, other.id].map(remove))
  })
})

test('a key that may only read files gets no link to put bytes into one', async () => {
  const { api, call } = world
  const { accountId, test: key } = await makeTenant(api, 'Reader')
  const body = { filename: 'a.pdf', content_type: 'application/pdf', size_bytes: 10 }
  const { json } = await call('POST', '/v1/files', { key, body })
  const reader = (await makeKey(api, { accountId, isTest: true, scopes: ['files:read'] })).secret
  const seen = (await call('GET', `/v1/files/${json.id}`, { key: reader })).json
  expect(seen).toMatchObject({ id: json.id, status: 'awaiting_upload' })
  expect(seen).not.toHaveProperty('upload')
  expect((await call('GET', `/v1/files/${json.id}`, { key })).json.upload.method).toBe('PUT')
})

test('deliveries of more than 30 days are all forgotten, however many there are', async () => {
  const { api, call, endpoint, testEvent, remove } = world
  const { id } = await endpoint(['order.held'])
  const deliveries = async () => (await call('GET', `/v1/webhooks/${id}/deliveries`)).json.data
  for (let count = 0; count < 3; count += 1) await testEvent(id)
  await vi.waitFor(async () => expect(await deliveries()).toHaveLength(3), 10_000)
  const inAMonth = new Date(api.context.now().getTime() + 31 * 86_400_000)
  expect(await forgetOldDeliveries(api.database, inAMonth, 1)).toBeGreaterThanOrEqual(3)
  expect(await deliveries()).toEqual([])
  await remove(id)
})

test('a certificate that is for something else is told to the publisher, and not tried for ever', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'printcloud-tls-'))
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const how = ['-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost']
  const purpose = ['-addext', 'extendedKeyUsage=clientAuth', '-addext', 'basicConstraints=critical,CA:FALSE']
  execFileSync('openssl', ['req', '-x509', ...how, ...purpose, '-keyout', key, '-out', cert], { stdio: 'ignore' })
  const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const origin = `https://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  const rules = { allowedOrigins: [origin], lookup: async () => [] }
  try {
    const { fault } = await postWebhook({ url: origin, headers: {}, body: '{}', now: new Date(), rules })
    expect(fault).toBe('a TLS fault (INVALID_PURPOSE)')
  } finally {
    await new Promise((resolve) => server.close(resolve))
    rmSync(folder, { recursive: true })
  }
})

describe('names and addresses that the database speaks of when it refuses a row', () => {
  const canary = 'Canary Lovelace'
  const recipient = {
    name: canary,
    address: { line1: 'Oudegracht 1', city: 'Utrecht', postal_code: '3511 AA', country: 'NL' },
  }
  const address = { DATABASE_RESOURCE_ARN: 'arn', DATABASE_SECRET_ARN: 'arn', DATABASE_NAME: 'printcloud' }
  const credentials = { accessKeyId: 'a', secretAccessKey: 'a' }

  /** What a log holds of an error, and of one that it caused. */
  function logged(error: unknown): string {
    const lines: string[] = []
    const log = pino({ messageKey: 'event' }, { write: (line: string) => void lines.push(line) })
    log.error({ err: error }, 'failed')
    log.error({ err: new Error('A change could not be saved', { cause: error }) }, 'failed')
    return lines.join('')
  }

  /** What PostgreSQL says to a change of this order, all of it, as the first Data API passed it on. */
  async function refusalOf(id: string): Promise<string> {
    const sql = postgres(world.api.postgresUrl, { max: 1 })
    const words = { ERROR: 'message', Detail: 'detail', Where: 'where' }
    try {
      const refused = await sql`update orders set payment = 'nonsense', stage = ${canary} where id = ${id}`.catch(
        (error) => error,
      )
      const said = Object.entries(words).map(([word, name]) => [word, Reflect.get(refused, name)] as const)
      return `${said.flatMap(([word, text]) => (text ? [`${word}: ${text}`] : [])).join('\n  ')}; SQLState: ${refused.code}`
    } finally {
      await sql.end()
    }
  }

  test('are not in the log, whatever the Data API passes on', async () => {
    const { json } = await world.call('POST', '/v1/orders', { headers: fresh(), body: posterByUrl({ recipient }) })
    const message = await refusalOf(json.id)
    expect(message).toContain(canary)
    const server = createHttpServer((_request, response) => {
      response.writeHead(400, { 'content-type': 'application/json', 'x-amzn-errortype': 'BadRequestException' })
      response.end(JSON.stringify({ message }))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const at = server.address()
    const endpoint = `http://127.0.0.1:${typeof at === 'object' && at ? at.port : 0}`
    const client = new RDSDataClient({ region: 'eu-west-1', credentials, endpoint })
    try {
      const refused = createDatabase(client, address).rows(Type.Unknown(), 'select 1')
      const error: unknown = await refused.catch((each: unknown) => each)
      expect(error).toBeInstanceOf(RuleBroken)
      expect(error).toMatchObject({ rule: 'orders_payment_check' })
      const text = logged(error)
      expect(text).not.toContain(canary)
      // What is needed to find the fault is there.
      expect(text).toContain('violates check constraint')
      expect(text).toContain('SQLState: 23514')
      expect(text).toContain('BadRequestException')
    } finally {
      client.destroy()
      await new Promise((resolve) => server.close(resolve))
    }
  })

  test('are not in the log when a value is none of its kind', async () => {
    const sql = 'select to_jsonb(:at::timestamptz) as row'
    for (const at of [canary, `${canary}\nand more`, `"${canary}"; SQLState: 1`]) {
      const error: unknown = await world.api.database.rows(Type.Unknown(), sql, { at }).catch((each: unknown) => each)
      expect(logged(error)).not.toContain('Lovelace')
      expect(logged(error)).toContain('invalid input syntax for type timestamp with time zone; SQLState: 22007')
    }
  })
})
