import { Type } from 'typebox'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { actionRules, type OrderAction, orderActions } from '#contracts/order-actions.ts'
import { Order } from '#contracts/order-api/order.ts'
import { type Stage, stages } from '#contracts/order-states.ts'
import { issuesOf } from '#contracts/parse.ts'
import { type Life, openLife, parcel } from './lifecycle-world.ts'

let life: Life
let withGrace: string
beforeAll(async () => {
  life = await openLife()
  withGrace = await life.keyWith({ graceMinutes: 60 })
})
afterEach(() => {
  life.api.clock.now = undefined
})
afterAll(() => life?.api.close())

const image = 'https://example.com/a.jpg'
const poster = { sku: 'poster-a3', quantity: 1, files: { image } }
const recipient = {
  name: 'Grace Hopper',
  address: { line1: 'Markt 1', city: 'Delft', postal_code: '2611 GV', country: 'NL' },
}
const keyOf = (stage: Stage): string => (stage === 'grace' ? withGrace : life.api.secretKey)
type Made = { readonly id: string; readonly items: readonly { readonly id: string }[] }

async function atFacility(...said: readonly Parameters<Life['says']>[1][]): Promise<Made> {
  const order = await life.place()
  await life.ready(order.id)
  for (const status of said) await life.says(order.id, status, status === 'shipped' ? parcel : {})
  return order
}

/** How an order comes to each stage. */
const ways: Readonly<Record<Stage, () => Promise<Made>>> = {
  draft: () => life.place({ draft: true }),
  awaiting_files: () => life.place({ items: [{ sku: 'poster-a3', quantity: 1, files_later: true }] }),
  preflight: () => life.place(),
  awaiting_payment: async () => {
    // As orders are that were placed before there were prices.
    const order = await life.place()
    const sql = `update orders set payment = 'unpaid', doc = doc - 'charges' where id = :id::text returning to_jsonb(id) as row`
    await life.api.database.rows(Type.String(), sql, { id: order.id })
    await life.ready(order.id)
    return order
  },
  grace: async () => {
    const order = await life.place({}, withGrace)
    await life.ready(order.id)
    return order
  },
  released: () => atFacility(),
  in_production: () => atFacility('accepted', 'printing'),
  partially_shipped: async () => {
    const order = await life.place({ items: [poster, poster] })
    for (const place of [0, 1]) await life.ready(order.id, place)
    await life.says(order.id, 'shipped', parcel)
    return order
  },
  shipped: () => atFacility('shipped'),
  delivered: () => atFacility('shipped', 'delivered'),
  cancelled: async () => (await life.call('POST', `/v1/orders/${(await life.place()).id}/cancel`)).json,
  rejected: async () => {
    const order = await life.place()
    await life.rejected(order.id)
    return order
  },
}

type Call = readonly [string, string, unknown?]
const calls: Readonly<Record<OrderAction, (order: Made) => Call>> = {
  confirm: () => ['POST', '/confirm'],
  cancel: () => ['POST', '/cancel'],
  change_recipient: () => ['PATCH', '', { recipient }],
  change_shipping: () => ['PATCH', '', { shipping_method: 'express' }],
  replace_files: ({ items }) => ['PUT', `/items/${items[0]?.id}/files`, { image }],
  hold: () => ['POST', '/hold'],
  release: () => ['POST', '/release'],
  reprint: ({ items }) => [
    'POST',
    '/reprints',
    { items: [{ item_id: items[0]?.id }], reason: 'torn', fault: 'publisher' },
  ],
}

async function ask(order: Made, action: OrderAction, key: string) {
  const [method, path, body] = calls[action](order)
  const headers: Record<string, string> = action === 'reprint' ? { 'idempotency-key': `${order.id}-again` } : {}
  return life.call(method, `/v1/orders/${order.id}${path}`, { key, headers, ...(body === undefined ? {} : { body }) })
}

async function listed(id: string, key: string): Promise<Readonly<Record<string, string>>> {
  const { json } = await life.call('GET', `/v1/orders/${id}/actions`, { key })
  return Object.fromEntries(
    json.data.map(({ action, allowed }: { action: string; allowed: string }) => [action, allowed]),
  )
}

/** What is so already is answered with the order as it is. */
const isSoAlready = (stage: Stage, action: OrderAction): boolean =>
  (action === 'cancel' && stage === 'cancelled') || (action === 'release' && actionRules.release[stage] === 'yes')

type Shown = { readonly stage: Stage }

async function wantRefused(order: Made, action: OrderAction, before: Shown): Promise<void> {
  const { status, json } = await ask(order, action, keyOf(before.stage))
  if (isSoAlready(before.stage, action)) expect([action, json]).toEqual([action, before])
  else expect([action, status, json.code]).toEqual([action, 409, 'action_not_allowed'])
}

async function wantDone(order: Made, action: OrderAction, stage: Stage): Promise<void> {
  const { status, json } = await ask(order, action, keyOf(stage))
  expect([action, status, json.detail]).toEqual([action, action === 'reprint' ? 201 : 200, undefined])
  if (actionRules[action][stage] === 'asks_facility') expect(json).toMatchObject({ stage, cancel: { state: 'asked' } })
  expect(issuesOf(Order, json)).toEqual([])
}

describe.each(stages)('an order that is %s', (stage) => {
  test('says what is possible, does that and refuses the rest', async () => {
    const order = await ways[stage]()
    const read = async () => (await life.call('GET', `/v1/orders/${order.id}`, { key: keyOf(stage) })).json
    const before = await read()
    expect(before.stage).toBe(stage)
    const rules = await listed(order.id, keyOf(stage))
    for (const action of orderActions) {
      // A hold that is not on cannot be taken off.
      const rule = action === 'release' ? 'no' : actionRules[action][stage]
      expect([action, rules[action]]).toEqual([action, rule])
      if (rule === 'no') await wantRefused(order, action, before)
      else await wantDone(await ways[stage](), action, stage)
    }
    expect(await read()).toEqual(before)
  })

  test('can be held only where something is still to be released, and let go again', async () => {
    const key = keyOf(stage)
    const order = await ways[stage]()
    const held = await ask(order, 'hold', key)
    expect(held.status).toBe(actionRules.hold[stage] === 'yes' ? 200 : 409)
    if (held.status !== 200) return
    expect(await listed(order.id, key)).toMatchObject({ hold: 'no', release: 'yes' })
    expect((await ask(order, 'hold', key)).json).toEqual(held.json)
    expect((await ask(order, 'release', key)).json.is_held).toBe(false)
  })
})

describe('hostile callers', () => {
  const deep = `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`
  const bodies: readonly (readonly [string, string, number])[] = [
    ['nothing', '{}', 422],
    ['null', 'null', 422],
    ['a list', '[{"shipping_method":"express"}]', 422],
    ['an unknown field', '{"stage":"shipped"}', 422],
    ['an unknown method', '{"shipping_method":"pigeon"}', 422],
    ['a number', '{"shipping_method":1e400}', 422],
    ['a country of other letters', JSON.stringify({ recipient: withCountry('ΝL') }), 422],
    ['a control character', JSON.stringify({ recipient: { ...recipient, name: 'a\u0000' } }), 422],
    ['deep JSON', deep, 422],
    ['JSON of half', '{"recipient":', 400],
    ['too much', `{"recipient":"${'x'.repeat(1_100_000)}"}`, 413],
  ]

  test.each(bodies)('%s: nothing is changed', async (_, raw, wanted) => {
    const order = await life.place()
    for (const [method, path] of [
      ['PATCH', ''],
      ['PUT', `/items/${order.items[0].id}/files`],
    ]) {
      const { status, json } = await life.call(method ?? '', `/v1/orders/${order.id}${path}`, { raw })
      expect([method, status, json.status]).toEqual([method, wanted, wanted])
    }
    expect((await life.call('GET', `/v1/orders/${order.id}`)).json).toEqual(order)
  })

  test('what is not one’s own is not there, and a key that cannot be kept is refused', async () => {
    const [order, stranger] = [await life.place(), await life.keyWith({})]
    for (const action of orderActions) {
      const foreign = await ask(order, action, stranger)
      const unknown = await ask({ ...order, id: `ord_${'0'.repeat(26)}` }, action, life.api.secretKey)
      expect([action, foreign.status, unknown.status]).toEqual([action, 404, 404])
      expect((await ask({ ...order, id: 'x'.repeat(150) }, action, life.api.secretKey)).status).toBeLessThan(500)
    }
    expect((await ask(order, 'cancel', life.api.publishableKey)).json.code).toBe('forbidden')
    const headers = { 'idempotency-key': 'a b' }
    const spaced = await life.call('POST', `/v1/orders/${order.id}/hold`, { headers })
    expect([spaced.status, spaced.json.code]).toEqual([400, 'idempotency_key_invalid'])
    expect((await life.call('GET', `/v1/orders/${order.id}`)).json).toEqual(order)
  })

  test('fifty wishes at once to cancel, hold and send elsewhere leave one order that adds up', async () => {
    const order = await life.place()
    const wishes = Array.from({ length: 10 }, (): OrderAction[] => [
      'hold',
      'release',
      'change_shipping',
      'cancel',
      'hold',
    ])
    const answers = await Promise.all(wishes.flat().map((action) => ask(order, action, life.api.secretKey)))
    for (const { status } of answers) expect([200, 409]).toContain(status)
    await ask(order, 'cancel', life.api.secretKey)
    expect((await life.call('GET', `/v1/orders/${order.id}`)).json).toMatchObject({
      stage: 'cancelled',
      payment: 'refunded',
    })
    expect([await life.booked(order.id), await life.openTickets(order.id)]).toEqual([{}, []])
  })
})

function withCountry(country: string): object {
  return { ...recipient, address: { ...recipient.address, country } }
}
