import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { Account } from '#contracts/order-api/account.ts'
import { Member, MemberList, scopesOfRole } from '#contracts/order-api/member.ts'
import { issuesOf } from '#contracts/parse.ts'
import { createOperatorStore } from '../../../services/order-api/operator/operator-store.ts'
import { makeKey, makeTenant, type Tenant } from '../../promises/tenants.ts'
import { type Answer, callerOf, fresh, posterByUrl } from './client.ts'
import { type ApiUnderTest, startApi } from './platform.ts'

let api: ApiUnderTest
let call: ReturnType<typeof callerOf>
let tenant: Tenant

beforeAll(async () => {
  api = await startApi()
  call = callerOf(api)
  tenant = await makeTenant(api, 'Accounts')
})
afterAll(() => api?.close())
afterEach(() => {
  api.clock.now = undefined
})

const change = (body: unknown, key = tenant.live): Promise<Answer> => call('PATCH', '/v1/account', { key, body })
const someone = (role = 'viewer') => ({ email: `${randomUUID()}@example.com`, name: 'Ada', role })
const add = (body: object, key = tenant.live): Promise<Answer> => call('POST', '/v1/members', { key, body })
const member = (method: string, id: string, body?: object, key = tenant.live): Promise<Answer> =>
  call(method, `/v1/members/${id}`, { key, ...(body ? { body } : {}) })
const shown = ({ status, text }: Answer): string =>
  `${status} ${text.replaceAll(/mem_\w{26}/g, 'ID').replace(/"request_id":"[^"]*"/, '')}`

describe('the account', () => {
  test('is shown to both worlds, and changed by live keys only', async () => {
    const changed = await change({ name: 'Bücher & Söhne 李', currency: 'CHF', grace_minutes: 60 })
    expect([changed.status, issuesOf(Account, changed.json)]).toEqual([200, []])
    const { json } = await call('GET', '/v1/account', { key: tenant.test })
    expect(json).toEqual(changed.json)
    expect(json).toMatchObject({ name: 'Bücher & Söhne 李', currency: 'CHF', grace_minutes: 60, credit_limit: null })
    const byTest = await change({ name: 'Other' }, tenant.test)
    expect([byTest.status, byTest.json.code]).toEqual([403, 'forbidden'])
  })

  test('keeps what a change leaves out', async () => {
    await change({ grace_minutes: 5 })
    expect((await change({ name: 'Books' })).json).toMatchObject({ name: 'Books', grace_minutes: 5 })
  })

  test('changes the next order at once, and those of other processes within 30 s', async () => {
    const owner = await makeTenant(api, 'Terms')
    const second = await makeKey(api, { accountId: owner.accountId, isTest: false })
    await call('GET', '/v1/account', { key: second.secret })
    await change({ grace_minutes: 90 }, owner.live)
    expect((await api.context.authenticate(second.secret)).terms.graceMinutes).toBe(90)
    await api.context.accounts.own.change(owner.accountId, { graceMinutes: 91 })
    expect((await api.context.authenticate(second.secret)).terms.graceMinutes).toBe(90)
    api.clock.now = new Date(Date.now() + 31_000)
    expect((await api.context.authenticate(second.secret)).terms.graceMinutes).toBe(91)
  })

  test.each([
    ['nothing', {}, ''],
    ['its billing', { billing: 'invoice' }, '/billing'],
    ['its credit limit', { credit_limit: { amount: 1, currency: 'EUR' } }, '/credit_limit'],
    ['its id', { id: 'acc_00000000000000000000000000' }, '/id'],
    ['grace below zero', { grace_minutes: -1 }, '/grace_minutes'],
    ['grace of more than two days', { grace_minutes: 2881 }, '/grace_minutes'],
    ['grace of half a minute', { grace_minutes: 0.5 }, '/grace_minutes'],
    ['grace beyond all numbers', { grace_minutes: 1e308 }, '/grace_minutes'],
    ['a currency in lower case', { currency: 'eur' }, '/currency'],
    ['a currency with a look-alike letter', { currency: 'ЕUR' }, '/currency'],
    ['a currency that is not sold in', { currency: 'XAU' }, '/currency'],
    ['an empty name', { name: '' }, '/name'],
    ['a name of 101 characters', { name: 'x'.repeat(101) }, '/name'],
    ['a list', [], ''],
  ])('%s is not to be changed', async (_what, body, pointer) => {
    const { status, json } = await change(body)
    expect([status, json.errors?.[0]?.pointer]).toEqual([422, pointer])
  })
})

describe('members', () => {
  test('are added, listed page by page, changed and removed', async () => {
    const owner = await makeTenant(api, 'Team')
    const made = []
    for (const role of ['owner', 'developer', 'viewer']) made.push((await add(someone(role), owner.live)).json)
    expect(made.flatMap((each) => issuesOf(Member, each))).toEqual([])
    const first = await call('GET', '/v1/members?limit=2', { key: owner.test })
    const rest = await call('GET', `/v1/members?limit=2&cursor=${first.json.next}`, { key: owner.test })
    expect([issuesOf(MemberList, first.json), rest.json.next]).toEqual([[], null])
    expect([...first.json.data, ...rest.json.data]).toEqual(made.toReversed())
    const changed = await member('PATCH', made[2].id, { role: 'finance', name: 'Grace' }, owner.live)
    expect(changed.json).toEqual({ ...made[2], role: 'finance', name: 'Grace' })
    const gone = await member('DELETE', made[2].id, undefined, owner.live)
    expect([gone.status, gone.json]).toEqual([200, { id: made[2].id, object: 'member', deleted: true }])
    expect((await member('DELETE', made[2].id, undefined, owner.live)).status).toBe(404)
  })

  test('have an e-mail address of their own, whatever its case; another account may have it too', async () => {
    const body = someone()
    const answers = await Promise.all(Array.from({ length: 5 }, () => add(body)))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422, 422, 422, 422])
    const upper = await add({ ...body, email: body.email.toUpperCase() })
    expect([upper.status, upper.json.errors[0].pointer]).toEqual([422, '/email'])
    const other = (await add(someone())).json
    expect((await member('PATCH', other.id, { email: body.email })).json.errors[0].pointer).toBe('/email')
    expect((await add(body, (await makeTenant(api, 'Elsewhere')).live)).status).toBe(201)
  })

  test('always include an owner, also when two take each other away at the same moment', async () => {
    const owner = await makeTenant(api, 'Owners')
    const [one, two] = [(await add(someone('owner'), owner.live)).json, (await add(someone('owner'), owner.live)).json]
    const both = await Promise.all([
      member('DELETE', one.id, undefined, owner.live),
      member('PATCH', two.id, { role: 'viewer' }, owner.live),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(both.find(({ status }) => status === 409)?.json.code).toBe('last_owner')
    const { json } = await call('GET', '/v1/members', { key: owner.live })
    expect(json.data.filter(({ role }: { role: string }) => role === 'owner')).toHaveLength(1)
  })

  test('are not changed by test keys, nor by a key that may do less than their role', async () => {
    const owner = (await add(someone('owner'))).json
    await add(someone('owner'))
    expect((await add(someone(), tenant.test)).json.code).toBe('forbidden')
    const clerk = await makeKey(api, {
      accountId: tenant.accountId,
      isTest: false,
      scopes: [...scopesOfRole.viewer, 'account:write'],
    })
    const tries = [
      await add(someone('owner'), clerk.secret),
      await member('PATCH', owner.id, { role: 'viewer' }, clerk.secret),
      await member('DELETE', owner.id, undefined, clerk.secret),
    ]
    expect(tries.map(({ status, json }) => [status, json.code])).toEqual(
      Array.from({ length: 3 }, () => [403, 'insufficient_scope']),
    )
    const viewer = await add(someone('viewer'), clerk.secret)
    expect(viewer.status).toBe(201)
    expect((await member('PATCH', viewer.json.id, { role: 'admin' }, clerk.secret)).json.code).toBe(
      'insufficient_scope',
    )
  })

  test('of other accounts look like such that never were', async () => {
    const { json } = await add(someone())
    const stranger = (await makeTenant(api, 'Stranger')).live
    const unknown = `mem_${'0'.repeat(26)}`
    for (const [method, body] of [['PATCH', { name: 'Eve' }], ['DELETE']] as const) {
      const foreign = shown(await member(method, json.id, body, stranger))
      expect([foreign.slice(0, 3), foreign]).toEqual(['404', shown(await member(method, unknown, body, stranger))])
    }
    expect((await call('GET', '/v1/members', { key: stranger })).json).toEqual({ data: [], next: null })
  })

  test.each([
    ['an address without @', { email: 'ada' }, '/email'],
    ['look-alike letters in the address', { email: 'аda@example.com' }, '/email'],
    ['an address with a line break', { email: 'ada@example.com\nbcc: eve@example.com' }, '/email'],
    ['an address of 201 characters', { email: `${'a'.repeat(189)}@example.com` }, '/email'],
    ['an unknown role', { role: 'root' }, '/role'],
    ['a role of every object', { role: 'constructor' }, '/role'],
    ['no name', { name: '' }, '/name'],
    ['a half of a surrogate pair', { name: '\ud800' }, '/name'],
    ['an unknown field', { scopes: ['account:write'] }, '/scopes'],
  ])('are not added with %s', async (_what, body, pointer) => {
    const { status, json } = await add({ ...someone(), ...body })
    expect([status, json.errors?.[0]?.pointer]).toEqual([422, pointer])
  })

  test('hostile bodies and ids are refused', async () => {
    const deep = `{"name":${'['.repeat(100_000)}${']'.repeat(100_000)}}`
    const answers = [
      await call('POST', '/v1/members', { key: tenant.live, raw: deep }),
      await call('PATCH', '/v1/account', { key: tenant.live, raw: deep }),
      await call('PATCH', '/v1/account', { key: tenant.live, raw: '{"name":' }),
      await call('PATCH', '/v1/account', { key: tenant.live, raw: `{"name":"${'x'.repeat(1_100_000)}"}` }),
      await call('PATCH', '/v1/members/%00', { key: tenant.live, body: { name: 'a' } }),
      await call('DELETE', `/v1/members/${'m'.repeat(61)}`, { key: tenant.live }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([422, 422, 400, 413, 422, 422])
  })
})

test('an account whose limit stands in a currency keeps that currency', async () => {
  const owner = await makeTenant(api, 'Limited')
  const found = await api.context.accounts.own.find(owner.accountId)
  if (!found) throw new Error('The account is there')
  await createOperatorStore(api.database).put({ ...found, billing: 'prepaid', creditLimitMinor: 5000 })
  const { status, json } = await change({ currency: 'BHD' }, owner.live)
  expect([status, json.code]).toEqual([403, 'forbidden'])
  expect((await change({ currency: 'EUR', name: 'Still limited' }, owner.live)).json.credit_limit).toEqual({
    amount: 5000,
    currency: 'EUR',
  })
  expect((await call('POST', '/v1/orders', { key: owner.test, headers: fresh(), body: posterByUrl() })).status).toBe(
    201,
  )
})
