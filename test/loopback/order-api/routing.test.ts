import { Type } from 'typebox'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { OrderRouting } from '#contracts/order-api/order-routing.ts'
import { defaultRoutingPolicy } from '#contracts/order-api/routing.ts'
import { RoutingSimulation } from '#contracts/order-api/routing-simulation.ts'
import { issuesOf } from '#contracts/parse.ts'
import { makeTenant, type Tenant } from '../../promises/tenants.ts'
import { type Answer, callerOf, fresh, posterByUrl } from './client.ts'
import { type ApiUnderTest, startApi } from './platform.ts'

let api: ApiUnderTest
let call: ReturnType<typeof callerOf>

beforeAll(async () => {
  api = await startApi()
  call = callerOf(api)
})
afterAll(() => api?.close())
afterEach(() => {
  api.clock.now = undefined
})

const change = (key: string, routing: unknown): Promise<Answer> =>
  call('PATCH', '/v1/account', { key, body: { routing } })
const place = (key: string, body: object = posterByUrl()): Promise<Answer> =>
  call('POST', '/v1/orders', { key, headers: fresh(), body })
const quote = (key: string, items: readonly object[] = [{ sku: 'poster-a3', quantity: 1 }]): Promise<Answer> =>
  call('POST', '/v1/quotes', { key, body: { recipient: { country: 'NL' }, items } })
const simulate = (key: string, body: object): Promise<Answer> => call('POST', '/v1/routing/simulate', { key, body })
const onlyCost = { weights: { distance: 0, cost: 100, date: 0, load: 0, quality: 0 } }

async function tenantWith(name: string, routing?: unknown): Promise<Tenant> {
  const tenant = await makeTenant(api, name)
  if (routing !== undefined) expect((await change(tenant.live, routing)).status).toBe(200)
  return tenant
}

describe('the routing policy of an account', () => {
  test('is the usual one until it says otherwise, and a change keeps what it leaves out', async () => {
    const { live, test: trial } = await tenantWith('Policy')
    expect((await call('GET', '/v1/account', { key: trial })).json.routing).toEqual(defaultRoutingPolicy)
    await change(live, { exclude: ['fac_columbus'] })
    const { json } = await change(live, onlyCost)
    expect(json.routing).toEqual({ ...defaultRoutingPolicy, ...onlyCost, exclude: ['fac_columbus'] })
    expect((await change(live, { pin: 'fac_leipzig' })).json.routing.pin).toBe('fac_leipzig')
    expect((await change(live, { pin: null })).json.routing.pin).toBe(null)
  })

  test.each([
    ['a pin to nowhere', { pin: 'fac_atlantis' }, '/routing/pin', 'there are fac_columbus, fac_leipzig, fac_utrecht'],
    [
      'an unknown exclusion',
      { exclude: ['fac_utrecht', 'fac_xanadu'] },
      '/routing/exclude/1',
      'there is no facility fac_xanadu',
    ],
    ['pin and exclusion of one', { pin: 'fac_utrecht', exclude: ['fac_utrecht'] }, '/routing/pin', 'both'],
    ['nobody left', { exclude: ['fac_utrecht', 'fac_leipzig', 'fac_columbus'] }, '/routing/exclude', 'must leave'],
    ['nothing that counts', { weights: { ...onlyCost.weights, cost: 0 } }, '/routing/weights', 'above 0'],
    ['a weight below zero', { weights: { ...onlyCost.weights, cost: -1 } }, '/routing/weights/cost', '>= 0'],
    ['half the weights', { weights: { cost: 1 } }, '/routing/weights/distance', 'required'],
    ['nothing', {}, '/routing', ''],
    ['a list', [], '/routing', ''],
    ['a split that is none', { split: 'always' }, '/routing/split', ''],
  ])('%s is refused with what is allowed', async (_what, routing, pointer, words) => {
    const { live } = await tenantWith('Refused')
    const { status, json } = await change(live, routing)
    expect([status, json.errors?.[0]?.pointer]).toEqual([422, pointer])
    expect(json.errors[0].detail).toContain(words)
    expect((await call('GET', '/v1/account', { key: live })).json.routing).toEqual(defaultRoutingPolicy)
  })
})

describe('an order', () => {
  test('says why it is made where it is made, with what each facility scored', async () => {
    const { live, test: trial } = await tenantWith('Why')
    const { json: order } = await place(trial)
    const { status, json } = await call('GET', `/v1/orders/${order.id}/routing`, { key: trial })
    expect([status, issuesOf(OrderRouting, json)]).toEqual([200, []])
    expect(
      json.candidates.map((each: { facility_id: string; chosen: boolean; reason: string }) => [
        each.facility_id,
        each.chosen,
        each.reason,
      ]),
    ).toEqual([
      ['fac_utrecht', true, 'nearest that makes everything in the order'],
      ['fac_leipzig', false, expect.stringContaining('farther away')],
    ])
    expect(json.candidates[0]).toMatchObject({ cost: { currency: 'EUR' }, scores: { cost: 500 }, load_days: 0 })
    expect(json.not_named).toEqual({ make_nothing: 1, others: 0 })
    expect((await call('GET', `/v1/orders/${order.id}/routing`, { key: live })).status).toBe(404)
  })

  test('of a pinned account is made there, quoted and charged there', async () => {
    const { test: trial } = await tenantWith('Pinned', { pin: 'fac_leipzig' })
    const { json: quoted } = await quote(trial)
    expect(quoted.facilities.map((each: { facility_id: string }) => each.facility_id)).toEqual(['fac_leipzig'])
    const { json: order } = await place(trial)
    expect([order.items[0].facility_id, order.charges]).toEqual(['fac_leipzig', quoted.shipping_options[0].charges])
    const nowhere = await quote(trial, [{ sku: 'magazine-a4', quantity: 1, pages: 16 }])
    expect([nowhere.status, nowhere.json.errors[0].detail]).toEqual([
      422,
      'no facility that the routing policy permits makes magazine-a4 at the moment; choose another product',
    ])
  })

  test('stays where it was quoted when the policy changes meanwhile, and says so', async () => {
    const { live, test: trial } = await tenantWith('Changed')
    const { json: quoted } = await quote(trial)
    await change(live, { exclude: ['fac_utrecht'] })
    const { json: order } = await place(trial, { ...posterByUrl(), quote_id: quoted.id })
    expect([order.items[0].facility_id, order.charges]).toEqual(['fac_utrecht', quoted.shipping_options[0].charges])
    expect(order.routing.candidates[0]).toMatchObject({ chosen: true, reason: 'where it was quoted to be made' })
    expect((await place(trial)).json.items[0].facility_id).toBe('fac_leipzig')
  })

  test('is split only where the policy lets it, and the quote shows it', async () => {
    const { live, test: trial } = await tenantWith('Split')
    const items = [
      { sku: 'magazine-a4', quantity: 1, pages: 16 },
      { sku: 'canvas-20x20', quantity: 1 },
    ]
    expect((await quote(trial, items)).json).toMatchObject({ is_split: true, facilities: [{}, {}] })
    await change(live, { split: 'never' })
    const { status, json } = await quote(trial, items)
    expect([status, json.errors[0].detail]).toEqual([422, expect.stringContaining('never splits an order')])
  })

  test('that is on its way counts as work of its facility within a minute, and one that is cancelled does not', async () => {
    const { live, accountId } = await tenantWith('Load')
    const before = (await api.context.load.now())('fac_utrecht')?.items ?? 0
    const items = [{ sku: 'poster-a3', quantity: 700, files: { image: 'https://example.com/a.jpg' } }]
    const many = posterByUrl({ items })
    const ids = [(await place(live, many)).json.id, (await place(live, many)).json.id]
    await setState(accountId, ids[0], 'released', 'queued')
    await setState(accountId, ids[1], 'cancelled', 'queued')
    api.clock.now = new Date(Date.now() + 61_000)
    expect((await api.context.load.now())('fac_utrecht')).toEqual({ items: before + 700, pages: before + 700 })
  })
})

async function setState(account: string, id: string, stage: string, status: string): Promise<void> {
  const sql = `with o as (update orders set stage = :stage::text where account_id = :account::text and id = :id::text)
    update order_items set status = :status::text where account_id = :account::text and order_id = :id::text returning to_jsonb(1) as row`
  await api.database.rows(Type.Integer(), sql, { account, id, stage, status })
}

describe('a simulation', () => {
  test('says who would have printed what by another policy, beside what happened, of this account and world alone', async () => {
    const [{ live, test: trial }, other] = [await tenantWith('Simulated'), await tenantWith('Other')]
    const { json: first } = await place(trial)
    await place(trial)
    await place(other.test)
    await place(live)
    const { status, json } = await simulate(trial, { policy: { pin: 'fac_leipzig' } })
    expect([status, issuesOf(RoutingSimulation, json)]).toEqual([200, []])
    expect(json).toMatchObject({ orders: 2, moved: 2, not_possible: 0, is_complete: true, next: null })
    const lines = json.facilities.map((each: Record<string, { orders: number }>) => [
      each.facility_id,
      each.happened?.orders,
      each.simulated?.orders,
    ])
    expect(lines).toEqual([
      ['fac_leipzig', 0, 2],
      ['fac_utrecht', 2, 0],
    ])
    expect(json.happened.cost).toEqual([{ currency: 'EUR', amount: 2 * first.charges.net }])
    expect(json.simulated.average_km).toBeGreaterThan(json.happened.average_km)
    expect(json.examples[0]).toMatchObject({
      order_id: first.id,
      happened: ['fac_utrecht'],
      simulated: ['fac_leipzig'],
    })
    expect((await simulate(trial, { policy: { split: 'never' } })).json.moved).toBe(0)
    const refused = await simulate(trial, { policy: { exclude: ['fac_leipzig', 'fac_utrecht'] } })
    expect(refused.json).toMatchObject({ orders: 2, moved: 0, not_possible: 2 })
  })

  test('goes on where it ended, and changes nothing', async () => {
    const { test: trial } = await tenantWith('Cursor')
    const { json: one } = await place(trial)
    await place(trial)
    const { json } = await simulate(trial, { policy: onlyCost, cursor: one.id })
    expect(json.orders).toBe(1)
    expect((await call('GET', '/v1/account', { key: trial })).json.routing).toEqual(defaultRoutingPolicy)
  })

  const policy = { split: 'never' }
  test.each([
    ['no policy', {}, '/policy'],
    ['an empty policy', { policy: {} }, '/policy'],
    ['a facility that is none', { policy: { pin: 'fac_atlantis' } }, '/policy/pin'],
    [
      'a time that ends before it begins',
      { policy, from: '2026-02-01T00:00:00Z', to: '2026-01-01T00:00:00Z' },
      '/from',
    ],
    ['32 days', { policy, from: '2026-01-01T00:00:00Z', to: '2026-02-02T00:00:00Z' }, '/from'],
    ['a leap second', { policy, from: '2016-12-31T23:59:60Z', to: '2017-01-02T00:00:00Z' }, '/from'],
    ['a time before all time', { policy, from: '0001-01-01T00:00:00Z', to: '0001-01-02T00:00:00Z' }, '/from'],
    ['a day', { policy, from: 'yesterday' }, '/from'],
    ['a cursor of somewhere else', { policy, cursor: "ord_' or true --" }, '/cursor'],
    ['a cursor with a zero byte', { policy, cursor: 'ord_\u0000' }, '/cursor'],
  ])('%s is refused with its place', async (_what, body, pointer) => {
    const { status, json } = await simulate(api.secretKey, body)
    expect([status, json.errors?.[0]?.pointer]).toEqual([422, pointer])
  })
})
