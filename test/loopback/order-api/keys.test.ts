import { randomUUID } from 'node:crypto'
import { Type } from 'typebox'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { ApiKey, ApiKeyList, NewApiKey } from '#contracts/order-api/api-key.ts'
import { Problem } from '#contracts/order-api/problem.ts'
import { issuesOf } from '#contracts/parse.ts'
import { makeApiKey } from '../../../services/order-api/auth/api-key.ts'
import { accessTable } from '../../promises/p11/access-table.ts'
import { compareRoutes } from '../../promises/p11/compare-routes.ts'
import { leaksAmong } from '../../promises/p12/no-leaks.ts'
import { makeKey, makeTenant, type Tenant } from '../../promises/tenants.ts'
import { type Answer, callerOf } from './client.ts'
import { type ApiUnderTest, startApi } from './platform.ts'

let api: ApiUnderTest
let call: ReturnType<typeof callerOf>
let tenant: Tenant

beforeAll(async () => {
  api = await startApi()
  call = callerOf(api)
  tenant = await makeTenant(api, 'Keys')
})
afterAll(() => api?.close())
afterEach(() => {
  api.clock.now = undefined
})

const name = (): string => `key ${randomUUID()}`
const make = (body: object, key = tenant.test): Promise<Answer> =>
  call('POST', '/v1/api_keys', { key, body: { name: name(), ...body } })
const revoke = (id: string, key = tenant.test): Promise<Answer> => call('DELETE', `/v1/api_keys/${id}`, { key })
const statusWith = async (key: string, path = '/v1/orders'): Promise<number> =>
  (await call('GET', path, { key })).status
const later = (milliseconds: number): Date => new Date(Date.now() + milliseconds)

test('every route of the API has its row in the table of who may call it', () => {
  expect(compareRoutes(api.routes, accessTable)).toEqual([])
})

test('no sequence of commands over three accounts shows what is another account’s or the other world’s', async () => {
  const { signal } = new AbortController()
  const { faults } = await leaksAmong(api, 64, { seed: 1, signal, tell: () => undefined })
  expect(faults).toEqual([])
})

describe('making a key', () => {
  test('shows its secret once, works at once, and is listed without it', async () => {
    const { status, json } = await make({ scopes: ['orders:read'] })
    expect([status, issuesOf(NewApiKey, json)]).toEqual([201, []])
    expect(json).toMatchObject({ kind: 'secret', is_test: true, status: 'live', scopes: ['orders:read'] })
    expect(json.hint).toBe(`sk_test_…${json.secret.slice(-4)}`)
    expect(await statusWith(json.secret)).toBe(200)
    const list = await call('GET', '/v1/api_keys?limit=1', { key: tenant.test })
    expect([issuesOf(ApiKeyList, list.json), list.json.data[0].id]).toEqual([[], json.id])
    expect(list.text).not.toContain(json.secret.slice(8, 38))
  })

  test('stores nothing of it but its hash', async () => {
    const { json } = await make({})
    const rows = await api.database.rows(Type.Unknown(), 'select to_jsonb(k) as row from api_keys k')
    expect(JSON.stringify(rows)).not.toContain(json.secret.slice(8, 38))
  })

  test('gives no more than the key that asks has, whether it says so or not', async () => {
    const { json: maker } = await make({ scopes: ['keys:write', 'orders:read'] })
    expect((await make({}, maker.secret)).json.scopes).toEqual(['keys:write', 'orders:read'].sort())
    const { status, json } = await make({ scopes: ['orders:read', 'orders:write'] }, maker.secret)
    expect([status, json.code, json.errors[0].pointer]).toEqual([403, 'insufficient_scope', '/scopes'])
    const page = await make({ kind: 'publishable' }, maker.secret)
    expect([page.status, page.json.code]).toEqual([403, 'insufficient_scope'])
  })

  test('for pages gives a key that can sell and show, and nothing else', async () => {
    const { json } = await make({ kind: 'publishable' })
    expect(json).toMatchObject({ kind: 'publishable', scopes: ['checkout:write', 'documents:read'] })
    expect([json.secret.slice(0, 8), await statusWith(json.secret)]).toEqual(['pk_test_', 403])
    const more = await make({ kind: 'publishable', scopes: ['orders:read'] })
    expect([more.status, more.json.errors[0].pointer]).toEqual([422, '/scopes'])
  })

  test('lets two of a name live, so that one can replace the other, also when ten are asked for at once', async () => {
    const body = { name: name() }
    const answers = await Promise.all(Array.from({ length: 10 }, () => make(body)))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, ...Array.from({ length: 8 }, () => 409)])
    expect(answers.find(({ status }) => status === 409)?.json.code).toBe('key_limit_reached')
    expect((await make({ ...body, kind: 'publishable' })).status).toBe(201)
    await revoke(answers.find(({ status }) => status === 201)?.json.id)
    expect([(await make(body)).status, (await make(body)).status]).toEqual([201, 409])
  })

  test('counts neither expired keys nor those of the other world', async () => {
    const body = { name: name(), expires_at: later(60_000).toISOString() }
    expect([(await make(body)).status, (await make(body)).status, (await make(body)).status]).toEqual([201, 201, 409])
    expect((await make(body, tenant.live)).status).toBe(201)
    api.clock.now = later(120_000)
    expect((await make({ name: body.name })).status).toBe(201)
  })
})

describe('the end of a key', () => {
  test('is when it says, also for the process that remembers it', async () => {
    const { json } = await make({ expires_at: later(10_000).toISOString() })
    expect(await statusWith(json.secret)).toBe(200)
    api.clock.now = later(11_000)
    expect(await statusWith(json.secret)).toBe(401)
    const { json: list } = await call('GET', '/v1/api_keys?limit=100', { key: tenant.test })
    expect(list.data.find(({ id }: { id: string }) => id === json.id).status).toBe('expired')
  })

  test.each([
    ['in the past', () => later(-1000).toISOString()],
    ['now', () => new Date().toISOString()],
    ['in more than 5 years', () => later(5.1 * 365.25 * 86_400_000).toISOString()],
    ['in the year 9999', () => '9999-12-31T23:59:59Z'],
    ['a day without a time', () => '2030-01-01'],
    ['without a zone', () => '2030-01-01T00:00:00'],
    ['no date', () => 'tomorrow'],
    ['a day that is none', () => '2027-02-30T00:00:00Z'],
    ['a number', () => 1893456000],
    ['a leap second', () => '2027-06-30T23:59:60Z'],
  ])('cannot be %s', async (_what, end) => {
    const { status, json } = await make({ expires_at: end() })
    expect([status, json.errors?.[0].pointer]).toEqual([422, '/expires_at'])
  })

  test('comes at once when it is revoked, and again changes nothing', async () => {
    const { json } = await make({})
    expect(await statusWith(json.secret)).toBe(200)
    const first = await revoke(json.id)
    expect([first.status, issuesOf(ApiKey, first.json), first.json.status]).toEqual([200, [], 'revoked'])
    expect(await statusWith(json.secret)).toBe(401)
    expect((await revoke(json.id)).text).toBe(first.text)
  })

  test('that another process decided is known within 30 s', async () => {
    const { json } = await make({})
    expect(await statusWith(json.secret)).toBe(200)
    const at = new Date()
    await api.context.accounts.keys.revoke({ accountId: tenant.accountId, isTest: true }, json.id, at)
    api.clock.now = later(31_000)
    expect(await statusWith(json.secret)).toBe(401)
  })

  test('does not come for the last key that can make keys, not even when two revoke each other', async () => {
    const owner = await makeTenant(api, 'Last')
    const mine = await call('GET', '/v1/api_keys', { key: owner.live })
    const [{ id }] = mine.json.data
    const alone = await revoke(id, owner.live)
    expect([alone.status, alone.json.code, issuesOf(Problem, alone.json)]).toEqual([409, 'last_key', []])
    const { json: reader } = await make({ scopes: ['orders:read'] }, owner.live)
    expect((await revoke(id, owner.live)).status).toBe(409)
    expect((await revoke(reader.id, owner.live)).status).toBe(200)
    const { json: twin } = await make({}, owner.live)
    const both = await Promise.all([revoke(id, twin.secret), revoke(twin.id, owner.live)])
    const live = await Promise.all([owner.live, twin.secret].map((key) => statusWith(key)))
    expect(both.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1)
    expect(live.sort()).toEqual([200, 401])
  })
})

test('whether a key is unknown, expired or revoked, of this account or another, is not told', async () => {
  const expired = await makeKey(api, { accountId: tenant.accountId, isTest: true, expiresAt: later(-1000) })
  const { json: revoked } = await make({})
  await revoke(revoked.id)
  const keys = [makeApiKey('secret', true), makeApiKey('secret', false), expired.secret, revoked.secret]
  const answers = await Promise.all(keys.map((key) => call('GET', '/v1/orders', { key })))
  const shown = answers.map(({ status, text }) => `${status} ${text.replace(/"request_id":"[^"]*"/, '')}`)
  expect([new Set(shown).size, shown[0]?.slice(0, 3)]).toEqual([1, '401'])
})

describe('the other world and other accounts', () => {
  test('do not see, make or revoke a key', async () => {
    const { json } = await make({})
    const stranger = await makeTenant(api, 'Stranger')
    for (const key of [tenant.live, stranger.test, stranger.live]) {
      const foreign = await revoke(json.id, key)
      const unknown = await revoke(`key_${'0'.repeat(26)}`, key)
      const shown = ({ text }: Answer) => text.replace(/key_\w{26}/, 'ID').replace(/"request_id":"[^"]*"/, '')
      expect([foreign.status, shown(foreign)]).toEqual([404, shown(unknown)])
      expect((await call('GET', '/v1/api_keys?limit=100', { key })).text).not.toContain(json.id)
    }
    expect((await make({}, tenant.live)).json.secret.slice(0, 8)).toBe('sk_live_')
    expect(await statusWith(json.secret)).toBe(200)
  })
})

test('the last use of a key is noted, at most once a minute', async () => {
  const { json } = await make({ scopes: ['keys:read'] })
  const lastUse = async (): Promise<string | null> => {
    const list = await call('GET', '/v1/api_keys?limit=100', { key: tenant.test })
    return list.json.data.find(({ id }: { id: string }) => id === json.id).last_used_at
  }
  expect(await lastUse()).toBeNull()
  await statusWith(json.secret, '/v1/api_keys')
  const first = await vi.waitUntil(lastUse, 20_000)
  api.clock.now = later(40_000)
  await statusWith(json.secret, '/v1/api_keys')
  api.clock.now = later(100_000)
  await statusWith(json.secret, '/v1/api_keys')
  const second = await vi.waitUntil(async () => ((await lastUse()) === first ? undefined : await lastUse()), 20_000)
  expect(Date.parse(second ?? '') - Date.parse(first ?? '')).toBeGreaterThan(90_000)
})

describe('hostile requests', () => {
  test.each([
    ['an unknown field', { account_id: 'acc_x' }, '/account_id'],
    ['an unknown scope', { scopes: ['orders:read', 'admin'] }, '/scopes/1'],
    ['a scope twice', { scopes: ['orders:read', 'orders:read'] }, '/scopes'],
    ['no scope', { scopes: [] }, '/scopes'],
    ['scopes as text', { scopes: 'orders:read' }, '/scopes'],
    ['a look-alike scope', { scopes: ['оrders:read'] }, '/scopes/0'],
    ['an empty name', { name: '' }, '/name'],
    ['a name of 81 characters', { name: 'x'.repeat(81) }, '/name'],
    ['a name with a control character', { name: 'a\u0000' }, '/name'],
    ['another kind', { kind: 'root' }, '/kind'],
    ['a world of its own choice', { is_test: false }, '/is_test'],
  ])('%s is refused where it stands', async (_what, body, pointer) => {
    const { status, json } = await make(body)
    expect([status, json.errors?.[0]?.pointer]).toEqual([422, pointer])
  })

  test.each(['%00', 'a'.repeat(61), '..%2f..%2forders', "key_' or 1=1 --", '%F0%9F%94%91'])(
    'the id %s is none',
    async (id) => {
      const { status } = await revoke(id)
      expect([404, 422]).toContain(status)
    },
  )

  test('a list takes no cursor but its own', async () => {
    for (const query of ['cursor=ord_00000000000000000000000000', 'cursor=key_', 'limit=0', 'limit=101', 'page=2']) {
      expect((await call('GET', `/v1/api_keys?${query}`, { key: tenant.test })).status).toBe(422)
    }
  })
})
