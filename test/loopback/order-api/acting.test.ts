import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkoutScopes } from '#contracts/order-api/scopes.ts'
import { createApp } from '../../../services/order-api/app.ts'
import { OperatorFault } from '../../../services/order-api/operator/operator-fault.ts'
import { runOperator } from '../../../services/order-api/operator/run-operator.ts'
import { makeKey } from '../../promises/tenants.ts'
import { callerOf, fresh, posterByUrl } from './client.ts'
import { openAccount, type TestAccount } from './ledger-world.ts'
import { type ApiUnderTest, startApi } from './platform.ts'
import { checkoutOf } from './sale-world.ts'

let api: ApiUnderTest
let call: ReturnType<typeof callerOf>
let act: ReturnType<typeof checkoutOf>
let publisher: TestAccount
let other: TestAccount

beforeAll(async () => {
  api = await startApi()
  call = callerOf(api)
  act = checkoutOf(api)
  publisher = await openAccount(api, { billing: 'invoice', creditLimitMinor: null, graceMinutes: 60 })
  other = await openAccount(api, { billing: 'prepaid', creditLimitMinor: 0 })
})
afterAll(() => api?.close())

const codeOf = ({ status, json }: { status: number; json: { code?: string } }): string => `${status} ${json.code ?? ''}`

describe('the checkout acts for an account', () => {
  test('whose order it then is, by its terms and in the world of the key', async () => {
    const placed = await act(publisher, 'POST', '/v1/orders', { headers: fresh(), body: posterByUrl() })
    expect([placed.status, placed.json.payment, placed.json.is_test]).toEqual([201, 'authorised', true])
    const path = `/v1/orders/${placed.json.id}`
    const seen = await Promise.all([
      call('GET', path, { key: publisher.key }),
      act(publisher, 'GET', path),
      act(other, 'GET', path),
      call('GET', path, { key: api.checkoutTestKey }),
      act(publisher, 'GET', path, { key: api.checkoutLiveKey }),
      call('GET', path, { key: publisher.liveKey }),
    ])
    expect(seen.map(({ status }) => status)).toEqual([200, 200, 404, 404, 404, 404])
    expect((await act(other, 'POST', '/v1/orders', { headers: fresh(), body: posterByUrl() })).status).toBe(402)
  })

  test('and does there what a checkout needs, and nothing else', async () => {
    const reads = ['account', 'members', 'api_keys', 'webhooks', 'events', 'publications', 'ledger/entries', 'sales']
    for (const path of reads) expect(codeOf(await act(publisher, 'GET', `/v1/${path}`))).toBe('403 insufficient_scope')
    const key = { name: 'stolen', scopes: ['orders:read'] }
    expect(codeOf(await act(publisher, 'POST', '/v1/api_keys', { body: key }))).toBe('403 insufficient_scope')
    expect((await act(publisher, 'GET', '/v1/orders')).status).toBe(200)
  })

  test('never with more than its key has', async () => {
    const { json } = await call('GET', '/v1/orders', { key: api.checkoutTestKey })
    expect(json.data).toEqual([])
    const accountId = other.id
    const narrow = await makeKey(api, { accountId, isTest: true, scopes: ['checkout:act', 'orders:read'] })
    const as = { key: narrow.secret }
    expect((await act(publisher, 'GET', '/v1/orders', as)).status).toBe(200)
    const wish = { ...as, headers: fresh(), body: posterByUrl() }
    expect(codeOf(await act(publisher, 'POST', '/v1/orders', wish))).toBe('403 insufficient_scope')
  })

  test('only for accounts that there are', async () => {
    const unknown = { id: `acc_${'0'.repeat(26)}` }
    expect(codeOf(await act(unknown, 'GET', '/v1/orders'))).toBe('404 not_found')
    for (const id of ['acc_1', '', `${publisher.id}, ${other.id}`, "acc_' or true--", publisher.id.toUpperCase()]) {
      expect([id, codeOf(await act({ id }, 'GET', '/v1/orders'))]).toEqual([id, '422 invalid_request'])
    }
  })

  test('until its key is revoked', async () => {
    const scopes = ['checkout:act', 'orders:read'] as const
    const { id, secret: key } = await makeKey(api, { accountId: other.id, isTest: true, scopes })
    expect((await act(publisher, 'GET', '/v1/orders', { key })).status).toBe(200)
    await api.context.accounts.keys.revoke({ accountId: other.id, isTest: true }, id, new Date())
    api.context.accounts.forget(other.id)
    expect(codeOf(await act(publisher, 'GET', '/v1/orders', { key }))).toBe('401 unauthenticated')
  })

  test('and is limited as one caller, whoever it acts for', async () => {
    const { limits } = api.context
    const rates = { ...limits.rates, reads: { ...limits.rates.reads, quota: 3 } }
    const app = await createApp({ ...api.context, limits: { ...limits, rates } }, 'http://127.0.0.1')
    const authorization = `Bearer ${api.checkoutTestKey}`
    const statuses: number[] = []
    for (const account of [publisher, other, publisher, other]) {
      const headers = { authorization, 'printcloud-account': account.id }
      statuses.push((await app.inject({ method: 'GET', url: '/v1/orders', headers })).statusCode)
    }
    await app.close()
    expect(statuses).toEqual([200, 200, 200, 429])
  })
})

test('the log says which key acted for whom', async () => {
  const lines: string[] = []
  const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) })
  const app = await createApp({ ...api.context, log }, 'http://127.0.0.1')
  const headers = { authorization: `Bearer ${api.checkoutTestKey}`, 'printcloud-account': publisher.id }
  await app.inject({ method: 'GET', url: '/v1/orders', headers })
  await app.close()
  const answered = lines.map((line) => JSON.parse(line)).find(({ msg }) => msg === 'answered')
  expect(answered).toMatchObject({ actsFor: publisher.id, keyId: expect.stringMatching(/^key_/) })
  expect(lines.join('')).not.toContain(api.checkoutTestKey)
})

describe('nobody else acts for another account', () => {
  test('whatever their key may do, also where they name their own', async () => {
    const holders = [publisher.key, publisher.liveKey, api.secretKey, api.liveSecretKey]
    for (const key of holders) {
      for (const account of [other, publisher]) {
        expect(codeOf(await act(account, 'GET', '/v1/orders', { key }))).toBe('403 insufficient_scope')
      }
    }
    const page = await act(other, 'GET', '/v1/orders', { key: api.publishableKey })
    expect(page.status).toBe(403)
    expect((await act(other, 'GET', '/v1/orders', { key: '' })).status).toBe(401)
  })

  test('as no key, member or account gives the right to', async () => {
    const asked = { name: 'mine', scopes: ['checkout:act'] }
    for (const key of [publisher.key, publisher.liveKey, api.checkoutTestKey]) {
      expect([403, 422]).toContain((await call('POST', '/v1/api_keys', { key, body: asked })).status)
    }
    const made = await call('POST', '/v1/api_keys', { key: publisher.key, body: { name: 'all that I have' } })
    expect(made.json.scopes).not.toContain('checkout:act')
    expect(codeOf(await act(other, 'GET', '/v1/orders', { key: made.json.secret }))).toBe('403 insufficient_scope')
    const owner = { email: 'eve@example.com', name: 'Eve', role: 'owner' }
    expect((await call('POST', '/v1/members', { key: publisher.liveKey, body: owner })).status).toBe(201)
  })
})

describe('the operator makes the keys of the checkout', () => {
  const operate = (...commandLine: readonly string[]) =>
    runOperator(
      commandLine,
      () => api.database,
      () => new Date(),
    )

  test('for one account, with what a checkout needs', async () => {
    const [first, second] = [await operate('checkout-keys', '--json'), await operate('checkout-keys', '--json')].map(
      (text) => JSON.parse(text),
    )
    expect(second.account_id).toBe(first.account_id)
    for (const [key, isTest] of [
      [first.live, false],
      [first.test, true],
    ] as const) {
      expect(key).toMatchObject({ kind: 'secret', is_test: isTest, status: 'live' })
      expect([...key.scopes].sort()).toEqual(['checkout:act', ...checkoutScopes].sort())
      expect((await act(publisher, 'GET', '/v1/orders', { key: key.secret })).status).toBe(200)
    }
    const fault = await operate('checkout-keys').catch((error: unknown) => error)
    expect(fault instanceof OperatorFault && fault.exitCode).toBe(65)
  })
})
