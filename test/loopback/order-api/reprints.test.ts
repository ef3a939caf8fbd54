import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Order } from '#contracts/order-api/order.ts'
import { issuesOf } from '#contracts/parse.ts'
import { fresh, posterByUrl } from './client.ts'
import { type TestAccount, unbalanced, wrongBalances } from './ledger-world.ts'
import { type ApiUnderTest, startApi } from './platform.ts'
import { reprintWorld, type Wish } from './reprint-world.ts'

let api: ApiUnderTest
let world: Awaited<ReturnType<typeof reprintWorld>>
type Window = { readonly earliest: string; readonly latest: string }
const canvas = { sku: 'canvas-20x20', quantity: 1, files: { image: 'https://example.com/a.jpg' } }

beforeAll(async () => {
  api = await startApi()
  world = await reprintWorld(api)
})
afterAll(() => api?.close())

describe('whoever’s fault it is pays', () => {
  test.each(['facility', 'platform'])(
    'a fault of the %s costs the customer nothing, and is booked at the price without tax',
    async (fault) => {
      const original = await world.printed()
      const before = await world.balanceOf()
      const { status, json } = await world.reprint(original, { fault })
      expect([status, issuesOf(Order, json)]).toEqual([201, []])
      expect(json).toMatchObject({
        payment: 'waived',
        reprint_of: { order_id: original.id, fault, reason: 'torn cover' },
      })
      expect(await world.balanceOf()).toBe(before)
      const { lines, shipping } = original.charges
      const [sales, parcels] = [lines[0].net, shipping[0].net]
      const cost = { [`reprint_${fault}`]: sales + parcels, sales: -sales, shipping: -parcels }
      expect(await world.booked(json.id)).toEqual(cost)
    },
  )

  test('the customer’s own fault is charged like any order, at today’s price', async () => {
    const original = await world.printed()
    const before = await world.balanceOf()
    const { json } = await world.reprint(original, {
      fault: 'publisher',
      items: [{ item_id: original.items[0].id, quantity: 2 }],
    })
    expect([json.payment, json.charges.lines[0].quantity]).toEqual(['paid', 2])
    expect(json.charges.tax_amount).toBeGreaterThan(0)
    expect(await world.balanceOf()).toBe(before - json.charges.gross)
  })

  test('whoever pays, it arrives when an order of this moment would: on working days', async () => {
    const original = await world.printed()
    api.clock.now = new Date()
    const windows = []
    for (const fault of ['facility', 'publisher']) {
      const { json } = await world.reprint(original, { fault })
      windows.push(json.charges.shipping.map(({ earliest, latest }: Window) => ({ earliest, latest })))
    }
    api.clock.now = undefined
    expect(windows[0]).toEqual(windows[1])
    const days = windows.flat().flatMap((window: Window) => [window.earliest, window.latest])
    expect(days.map((day) => new Date(day).getUTCDay()).filter((day) => day === 0 || day === 6)).toEqual([])
  })

  test('and is refused with 402 when the balance does not cover it; the key stays free, the original unchanged', async () => {
    const poor = await world.customerWith(1_000_000)
    const original = await world.printed([world.poster], poor)
    const headers = fresh()
    await world.call('POST', '/v1/orders', { key: poor.key, headers: fresh(), body: posterByUrl() })
    await world.emptied(poor)
    const refused = await world.reprint(original, { fault: 'publisher' }, headers, poor)
    expect([refused.status, refused.json.code]).toEqual([402, 'insufficient_credit'])
    expect(await world.read(original.id, poor)).toEqual(original)
    expect((await world.reprint(original, { fault: 'facility' }, headers, poor)).status).toBe(201)
  })

  test('a free reprint that cannot be printed is taken off the books again', async () => {
    const original = await world.printed([world.poster], world.customer, false)
    const before = await world.balanceOf()
    const { json } = await world.reprint(original)
    await world.outside.rejected(json.id)
    const after = await world.read(json.id)
    expect([after.stage, after.payment, await world.balanceOf()]).toEqual(['rejected', 'waived', before])
    expect(Object.values(await world.booked(json.id)).every((sum) => sum === 0)).toBe(true)
    expect(await world.eventsOf(json.id)).not.toContain('order.refunded')
  })

  test('a test order that had no price has none again, and nothing is booked', async () => {
    const unpriced = await world.customerWith(1)
    const recipient = { name: 'A', address: { line1: 'a', city: 'b', postal_code: 'c', country: 'AQ' } }
    const placed = await world.call('POST', '/v1/orders', {
      key: unpriced.key,
      headers: fresh(),
      body: posterByUrl({ recipient }),
    })
    await world.outside.ready(placed.json.id)
    await world.outside.says(placed.json.id, 'printing')
    for (const fault of ['facility', 'publisher']) {
      const { status, json } = await world.reprint(placed.json, { fault }, fresh(), unpriced)
      expect([status, json.payment, json.charges]).toEqual([201, 'waived', undefined])
    }
  })
})

describe('a reprint is the order once more', () => {
  test('with the same recipient, reference, metadata, facility and print files, released at once without any new preparation', async () => {
    const original = await world.printed([world.poster, canvas])
    const { json } = await world.reprint(original)
    const { recipient, reference, metadata, shipping_method } = original
    expect(json).toMatchObject({ recipient, reference, metadata, shipping_method, stage: 'released' })
    const kept = (order: typeof original) =>
      order.items.map(({ sku, quantity, facility_id, pages, print_files }: (typeof original.items)[number]) => [
        ...[sku, quantity, facility_id, pages, print_files],
      ])
    expect(kept(json)).toEqual(kept(original))
    expect(json.items.map(({ status }: { status: string }) => status)).toEqual(['queued', 'queued'])
    expect(await world.ticketsOf(json.id, 'process')).toEqual([])
    const filesOf = async (id: string) =>
      (await world.ticketsOf(id, 'production')).map(({ files }) => JSON.stringify(files)).sort()
    expect(await filesOf(json.id)).toEqual(await filesOf(original.id))
    const jobs = [
      ...(await world.ticketsOf(json.id, 'production')),
      ...(await world.ticketsOf(original.id, 'production')),
    ]
    expect(new Set(jobs.map(({ jobId }) => jobId)).size).toBe(4)
  })

  test('is linked both ways, and the original says so in its events and stays what it was', async () => {
    const original = await world.printed()
    const { json } = await world.reprint(original, { items: [{ item_id: original.items[0].id, quantity: 3 }] })
    const after = await world.read(original.id)
    const link = { order_id: json.id, fault: 'facility', items: [{ item_id: original.items[0].id, quantity: 3 }] }
    expect(after).toEqual({ ...original, reprints: [link], updated_at: after.updated_at })
    expect((await world.eventsOf(original.id)).at(-1)).toBe('order.reprinted')
    expect(await world.read(json.id)).toEqual(json)
    await world.outside.says(original.id, 'shipped')
    await world.outside.says(json.id, 'shipped')
    expect([(await world.read(original.id)).stage, (await world.read(json.id)).stage]).toEqual(['shipped', 'shipped'])
    expect((await world.read(original.id)).reprints).toEqual([link])
  })

  test('print files that have expired are made anew from the customer’s files', async () => {
    const original = await world.printed([world.poster], world.customer, false)
    const { json } = await world.reprint(original)
    expect([json.stage, json.items[0].status, json.items[0].print_files]).toEqual(['preflight', 'pending', []])
    await world.outside.ready(json.id)
    expect((await world.read(json.id)).stage).toBe('released')
  })

  test('a facility that closed gives it to the nearest that makes it, who gets print files of its own', async () => {
    const original = await world.printed()
    expect(original.items[0].facility_id).toBe('fac_utrecht')
    await world.pause('fac_utrecht', true)
    const { json } = await world.reprint(original)
    await world.pause('fac_utrecht', false)
    expect(json.items[0]).toMatchObject({ facility_id: 'fac_leipzig', status: 'pending', print_files: [] })
    const reasons = json.routing.candidates.map(({ facility_id, chosen }: { facility_id: string; chosen: boolean }) => [
      facility_id,
      chosen,
    ])
    expect(reasons).toContainEqual(['fac_leipzig', true])
    expect(json.charges.shipping).toMatchObject([{ facility_id: 'fac_leipzig' }])
  })

  test('the same key again gives the same bytes, also five times at one moment', async () => {
    const original = await world.printed()
    const headers = fresh()
    const answers = await Promise.all(Array.from({ length: 5 }, () => world.reprint(original, {}, headers)))
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
    expect(answers[0]?.status).toBe(201)
    expect((await world.read(original.id)).reprints).toHaveLength(1)
    const other = await world.reprint(original, { reason: 'another' }, headers)
    expect([other.status, other.json.code]).toEqual([422, 'idempotency_key_reused'])
  })

  test('each copy is replaced for free once, whoever asks at the same moment; one that was cancelled does not count', async () => {
    const original = await world.printed()
    const [{ id }] = original.items
    const two = { items: [{ item_id: id, quantity: 2 }] }
    const answers = await Promise.all(Array.from({ length: 6 }, () => world.reprint(original, two)))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 409, 409, 409, 409])
    expect(answers.find(({ status }) => status === 409)?.json.code).toBe('action_not_allowed')
    expect((await world.reprint(original, { ...two, fault: 'publisher' })).status).toBe(201)
    const [free] = answers.filter(({ status }) => status === 201)
    const again = await world.printedAgain(free?.json)
    expect([(await world.reprint(again)).status, (await world.reprint(again, { fault: 'publisher' })).status]).toEqual([
      409, 201,
    ])
    const expired = await world.printed([world.poster], world.customer, false)
    const first = await world.reprint(expired)
    expect((await world.reprint(expired)).status).toBe(409)
    await world.call('POST', `/v1/orders/${first.json.id}/cancel`, { key: world.customer.key })
    expect((await world.reprint(expired)).status).toBe(201)
  })

  test('a free one prints and goes as before: no other files, no other shipping; one at own cost may change', async () => {
    const original = await world.printed([world.poster], world.customer, false)
    const change = async (fault: string) => {
      const { id, items } = (await world.reprint(original, { fault })).json
      const { key } = world.customer
      const path = `/v1/orders/${id}`
      const { json } = await world.call('GET', `${path}/actions`, { key })
      const other = { image: 'https://example.com/another.jpg' }
      const answers = [
        await world.call('PUT', `${path}/items/${items[0].id}/files`, { key, body: other }),
        await world.call('PATCH', path, { key, body: { shipping_method: 'express' } }),
      ]
      const shown = (name: string) => json.data.find(({ action }: { action: string }) => action === name).allowed
      return [shown('replace_files'), shown('change_shipping'), ...answers.map(({ status }) => status)]
    }
    expect(await change('facility')).toEqual(['no', 'no', 409, 409])
    expect(await change('publisher')).toEqual(['yes', 'yes', 200, 200])
  })

  test('while its facility speaks of the original, nothing of either is lost', async () => {
    const original = await world.printed([world.poster, world.poster, world.poster])
    const [one, two, three] = original.items
    const wish = (item: { id: string }) => ({ items: [{ item_id: item.id }] })
    const all = await Promise.all([
      world.outside.says(original.id, 'printed', 0).then(() => 201),
      world.outside.says(original.id, 'printed', 1).then(() => 201),
      ...[one, two, three].map(async (item) => (await world.reprint(original, wish(item))).status),
    ])
    expect(all).toEqual([201, 201, 201, 201, 201])
    const after = await world.read(original.id)
    expect(after.reprints).toHaveLength(3)
    expect(after.items.map(({ status }: { status: string }) => status)).toEqual(['printed', 'printed', 'printing'])
  })
})

describe('what is not possible is refused with what is', () => {
  test('an order that is not printed yet, and an item that failed', async () => {
    const fresher = await world.call('POST', '/v1/orders', {
      key: world.customer.key,
      headers: fresh(),
      body: posterByUrl(),
    })
    const early = await world.reprint(fresher.json)
    expect([early.status, early.json.code]).toEqual([409, 'action_not_allowed'])
    const original = await world.printed([world.poster, world.poster])
    await world.outside.says(original.id, 'failed', 1)
    const failed = await world.reprint(original)
    expect([failed.status, failed.json.code]).toEqual([409, 'action_not_allowed'])
    expect(failed.json.detail).toContain('price was given back')
  })

  test('somebody else’s order and one that does not exist look the same; a live key sees no test order', async () => {
    const original = await world.printed()
    const stranger = await world.customerWith(1)
    const unknown = { ...original, id: `ord_${'0'.repeat(26)}` }
    const shown = async (order: typeof original, account: TestAccount) => {
      const { status, json } = await world.reprint(order, {}, fresh(), account)
      return [status, json.code, json.detail.replace(/ord_\w+/, 'ID')]
    }
    const expected = [404, 'not_found', 'There is no order ID in your account.']
    expect(await shown(original, stranger)).toEqual(expected)
    expect(await shown(unknown, world.customer)).toEqual(expected)
    expect(await shown(original, { ...world.customer, key: world.customer.liveKey })).toEqual(expected)
  })

  test('nobody reprints without a key, or with one that is published', async () => {
    const original = await world.printed()
    const missing = await world.reprint(original, {}, {})
    expect([missing.status, missing.json.code]).toEqual([400, 'idempotency_key_missing'])
    for (const [key, status] of [
      ['', 401],
      [api.publishableKey, 403],
    ] as const) {
      expect((await world.reprint(original, {}, fresh(), { ...world.customer, key })).status).toBe(status)
    }
  })

  test('items and wishes that cannot be, each where it stands', async () => {
    const original = await world.printed()
    const [{ id }] = original.items
    const otherItem = `itm_${'0'.repeat(26)}`
    const wishes: readonly (readonly [string, Wish & Readonly<Record<string, unknown>>])[] = [
      ['/items', { items: [] }],
      ['/items/0/item_id', { items: [{ item_id: otherItem }] }],
      ['/items/0/item_id', { items: [{ item_id: 'іtm_1' }] }],
      [
        '/items/1/item_id',
        {
          items: [
            { item_id: id, quantity: 1 },
            { item_id: id, quantity: 1 },
          ],
        },
      ],
      ['/items/0/quantity', { items: [{ item_id: id, quantity: 5 }] }],
      ['/items/0/quantity', { items: [{ item_id: id, quantity: -1 }] }],
      ['/items/0/quantity', { items: [{ item_id: id, quantity: 1e308 }] }],
      ['/items/0/price', { items: [{ item_id: id, price: 0 }] }],
      ['/items', { items: Array.from({ length: 51 }, () => ({ item_id: id })) }],
      ['/fault', { fault: 'nobody' }],
      ['/fault', { fault: 'fасility' }],
      ['/reason', { reason: '' }],
      ['/reason', { reason: 'x'.repeat(501) }],
      ['/reason', { reason: 'a\u0000' }],
      ['/payment', { payment: 'waived' }],
    ]
    for (const [pointer, wish] of wishes) {
      const { status, json } = await world.reprint(original, wish)
      expect([status, json.code, json.errors?.[0]?.pointer]).toEqual([422, 'invalid_request', pointer])
    }
    const path = `/v1/orders/${original.id}/reprints`
    const deep = `{"items":${'['.repeat(100_000)}${']'.repeat(100_000)}}`
    expect((await world.call('POST', path, { key: world.customer.key, headers: fresh(), raw: deep })).status).toBe(422)
    const large = `"${'x'.repeat(1_100_000)}"`
    expect((await world.call('POST', path, { key: world.customer.key, headers: fresh(), raw: large })).status).toBe(413)
    expect(await world.read(original.id)).toEqual(original)
  })

  test('after everything, every transaction adds up and every balance is what was booked', async () => {
    expect([await unbalanced(api), await wrongBalances(api)]).toEqual([[], []])
  })
})
