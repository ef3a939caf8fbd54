import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { Order } from '#contracts/order-api/order.ts'
import { issuesOf } from '#contracts/parse.ts'
import { fresh } from './client.ts'
import { type Life, openLife, parcel } from './lifecycle-world.ts'

let life: Life
beforeAll(async () => {
  life = await openLife()
})
afterEach(() => {
  life.api.clock.now = undefined
})
afterAll(() => life?.api.close())

const dayMinutes = 24 * 60
const poster = { sku: 'poster-a3', quantity: 1 }
const later = { items: [{ ...poster, files_later: true }] }
const image = 'https://example.com/later.jpg'

const putFiles = (order: { id: string; items: { id: string }[] }, files: object, place = 0, key = life.api.secretKey) =>
  life.call('PUT', `/v1/orders/${order.id}/items/${order.items[place]?.id}/files`, { key, body: files })
const read = async (id: string, key = life.api.secretKey) => (await life.call('GET', `/v1/orders/${id}`, { key })).json
const post = (path: string, key = life.api.secretKey, headers = {}) => life.call('POST', path, { key, headers })

describe('order now, file later', () => {
  test('the order waits for its files, 30 days at most, and goes on when they come', async () => {
    const order = await life.place(later)
    expect(order).toMatchObject({ stage: 'awaiting_files', payment: 'authorised', items: [{ status: 'pending' }] })
    expect(Date.parse(order.ends_at) - Date.parse(order.created_at)).toBe(30 * dayMinutes * 60_000)
    expect(await life.tickets('process', order.id)).toEqual([])
    const { status, json } = await putFiles(order, { image })
    expect([status, json.stage, json.ends_at]).toEqual([200, 'preflight', undefined])
    expect(issuesOf(Order, json)).toEqual([])
    expect(json).toEqual(await read(order.id))
    expect(await life.tickets('process', order.id)).toMatchObject([{ sources: [{ url: image }] }])
    await life.ready(order.id)
    expect((await read(order.id)).stage).toBe('released')
  })

  test('files are held to what is held to them when an order is placed', async () => {
    const stranger = await life.keyWith({})
    const file = { filename: 'a.jpg', content_type: 'image/jpeg', size_bytes: 5 }
    const foreign = (await life.call('POST', '/v1/files', { key: stranger, body: file })).json.id
    const order = await life.place({
      items: [
        { ...poster, files_later: true },
        { sku: 'photobook-210x280', quantity: 1, pages: 26, files_later: true },
      ],
    })
    const faults = async (files: object, place = 0) => {
      const { status, json } = await putFiles(order, files, place)
      return [status, json.code, json.errors[0].pointer, json.errors[0].detail]
    }
    const refused = (pointer: string, words: string) => [
      422,
      'invalid_request',
      pointer,
      expect.stringContaining(words),
    ]
    expect(await faults({ interior: image })).toEqual(refused('', 'poster-a3 takes image, or images; found interior'))
    expect(await faults({})).toEqual(refused('', 'found no file'))
    for (const id of [foreign, 'fil_01k9zzzzzzzzzzzzzzzzzzzzzz'])
      expect(await faults({ image: id })).toEqual(refused('/image', `there is no file ${id} in your account`))
    expect(await faults({ image: 'https://%%' })).toEqual(refused('/image', 'https address'))
    expect(await faults({ image, colour: 1 })).toEqual(refused('/colour', 'is not a known field'))
    const images = Array.from({ length: 25 }, () => image)
    expect(await faults({ images: images.slice(1) }, 1)).toEqual(refused('/images', '26 pages, printed as 26'))
    expect(await faults({ images: images.slice(3) }, 1)).toEqual(refused('/images', 'one image each; found 22'))
    expect((await putFiles(order, { images: [...images, image] }, 1)).status).toBe(200)
    expect((await putFiles({ ...order, items: [{ id: order.id }] }, { image })).json.code).toBe('not_found')
    expect((await putFiles(order, { image }, 0, stranger)).json.code).toBe('not_found')
    expect((await read(order.id)).stage).toBe('awaiting_files')
  })

  test('a design that came with the order is held against the files when they come', async () => {
    const design = { pages: Array.from({ length: 4 }, () => ({ template: 'full_bleed', images: [{ image: 3 }] })) }
    const order = await life.place({ items: [{ sku: 'card-folded-a6', quantity: 1, files_later: true, design }] })
    expect(order.stage).toBe('awaiting_files')
    const { status, json } = await putFiles(order, { images: [image, image] })
    expect([status, json.errors[0].pointer]).toEqual([422, ''])
    expect(json.errors[0].detail).toContain('with the item’s own design/pages/0')
    expect((await putFiles(order, { images: [image, image, image] })).json.stage).toBe('preflight')
  })

  test('files that never come: cancelled after 30 days, and paid back to the last unit', async () => {
    const key = await life.keyWith({ billing: 'prepaid', limitMinor: 100_000 })
    const order = await life.place(later, key)
    expect(order.payment).toBe('paid')
    expect((await life.booked(order.id)).prepaid).toBe(order.charges.gross)
    life.later(30 * dayMinutes - 1)
    await life.sweep()
    expect((await read(order.id, key)).stage).toBe('awaiting_files')
    life.later(2)
    await life.sweep()
    expect(await read(order.id, key)).toMatchObject({ stage: 'cancelled', payment: 'refunded' })
    expect(await life.booked(order.id)).toEqual({})
    expect(await life.events(order.id, key)).toEqual(['order.created', 'order.cancelled', 'order.refunded'])
    expect((await putFiles(order, { image }, 0, key)).json.code).toBe('action_not_allowed')
  })
})

describe('a file that cannot be printed', () => {
  test('is refused with its item and paid back, and another one would be another order', async () => {
    const order = await life.place({ items: [poster, poster].map((item) => ({ ...item, files: { image } })) })
    await life.rejected(order.id, 0)
    expect(await read(order.id)).toMatchObject({ stage: 'preflight', payment: 'partially_refunded' })
    const { status, json } = await putFiles(order, { image })
    expect([status, json.code]).toEqual([409, 'action_not_allowed'])
    expect(json.detail).toContain('order it again')
    await life.ready(order.id, 1)
    expect((await read(order.id)).items.map((item: { status: string }) => item.status)).toEqual(['failed', 'queued'])
  })

  test('is waited for by an order that says so: the findings are there, a new file carries on, the old one’s late report does not', async () => {
    const order = await life.place({ on_rejected_files: 'wait' })
    await life.rejected(order.id)
    const waiting = await read(order.id)
    expect(waiting).toMatchObject({ stage: 'awaiting_files', payment: 'authorised', items: [{ status: 'failed' }] })
    expect(waiting.issues).toMatchObject([{ code: 'CORRUPT_UNRECOVERABLE', item_id: order.items[0].id }])
    expect(Date.parse(waiting.ends_at)).toBeGreaterThan(Date.now() + 29 * dayMinutes * 60_000)
    expect((await putFiles(order, { image })).json).toMatchObject({
      stage: 'preflight',
      items: [{ status: 'pending' }],
    })
    await life.ready(order.id, 0)
    expect(await read(order.id)).toMatchObject({ stage: 'preflight', items: [{ status: 'pending' }] })
    expect(await life.events(order.id)).toContain('item.late')
    await life.ready(order.id, 1)
    expect(await read(order.id)).toMatchObject({ stage: 'released', payment: 'authorised' })
  })

  test('pages are printed as they were ordered and charged: another count is refused and paid back, or waited for', async () => {
    const book = { sku: 'softcover-a5', quantity: 2, pages: 80, files: { interior: 'https://example.com/a.pdf' } }
    const other = await life.place({ items: [book] })
    await life.ready(other.id, -1, 84)
    const refused = await read(other.id)
    expect(refused).toMatchObject({
      stage: 'rejected',
      payment: 'refunded',
      items: [{ failure: 'PAGE_COUNT_DIFFERS' }],
    })
    expect(refused.issues[0]).toMatchObject({ code: 'PAGE_COUNT_DIFFERS', found: '84 pages, printed as 84' })
    expect(refused.issues[0].wanted).toContain('80 pages')
    expect(refused.issues[0].action).toContain('"pages": 84')
    expect(await life.booked(other.id)).toEqual({})
    const waits = await life.place({ items: [book], on_rejected_files: 'wait' })
    await life.ready(waits.id, -1, 84)
    expect((await read(waits.id)).stage).toBe('awaiting_files')
    await putFiles(waits, { interior: 'https://example.com/b.pdf' })
    // One blank page makes it the same number of printed pages.
    await life.ready(waits.id, -1, 79)
    expect(await read(waits.id)).toMatchObject({ stage: 'released', payment: 'authorised', items: [{ pages: 79 }] })
  })
})

describe('a draft', () => {
  test('costs nothing and asks for nothing until it is confirmed, once, however often that is sent', async () => {
    const key = await life.keyWith({ billing: 'prepaid', limitMinor: 100_000 })
    const draft = await life.place({ draft: true }, key)
    expect(draft).toMatchObject({ stage: 'draft', payment: 'unpaid' })
    expect([await life.booked(draft.id), await life.tickets('process', draft.id)]).toEqual([{}, []])
    const headers = fresh()
    const confirmed = await post(`/v1/orders/${draft.id}/confirm`, key, headers)
    expect(confirmed.json).toMatchObject({ stage: 'preflight', payment: 'paid', charges: draft.charges })
    expect((await post(`/v1/orders/${draft.id}/confirm`, key, headers)).json).toEqual(confirmed.json)
    const again = await post(`/v1/orders/${draft.id}/confirm`, key)
    expect([again.status, again.json]).toEqual([200, confirmed.json])
    expect((await life.booked(draft.id)).prepaid).toBe(draft.charges.gross)
    expect(await life.tickets('process', draft.id)).toHaveLength(1)
    await post(`/v1/orders/${draft.id}/cancel`, key)
    const late = await post(`/v1/orders/${draft.id}/confirm`, key)
    expect([late.status, late.json.code]).toEqual([409, 'action_not_allowed'])
  })

  test('that the balance does not cover stays a draft', async () => {
    const key = await life.keyWith({ billing: 'prepaid', limitMinor: 1 })
    const draft = await life.place({ draft: true }, key)
    const { status, json } = await post(`/v1/orders/${draft.id}/confirm`, key)
    expect([status, json.code]).toEqual([402, 'insufficient_credit'])
    expect(json.detail).toContain(
      `This order costs ${(draft.charges.gross / 100).toFixed(2)} EUR, and 0.01 EUR can be spent.`,
    )
    expect(await read(draft.id, key)).toEqual(draft)
  })

  test('without files waits for them once it is confirmed; one that nobody confirms ends after 30 days', async () => {
    const [draft, forgotten] = [await life.place({ ...later, draft: true }), await life.place({ draft: true })]
    life.later(30 * dayMinutes - 1)
    expect((await post(`/v1/orders/${draft.id}/confirm`)).json.stage).toBe('awaiting_files')
    life.later(2)
    await life.sweep()
    expect((await read(forgotten.id)).stage).toBe('cancelled')
    expect((await read(draft.id)).stage).toBe('awaiting_files')
  })
})

describe('an item that arrives before anybody heard that it was sent', () => {
  const unknown = (order: Order) => order.items.map(({ has_unknown_parcel }) => has_unknown_parcel)
  const released = async (quantity = 1): Promise<Order> => {
    const item = { sku: 'poster-a3', quantity, files: { image: 'https://example.com/a.jpg' } }
    const { id } = await life.place({ items: [item] })
    await life.ready(id)
    return read(id)
  }
  const eventsOf = async (id: string) => (await life.call('GET', `/v1/orders/${id}/events`)).json.data

  test('is delivered, and its order says that the parcel is unknown; what is said of the parcel later is added and lowers nothing', async () => {
    const { id, shipments } = await released()
    expect(shipments).toEqual([])
    await life.says(id, 'delivered')
    const arrived = await read(id)
    expect(arrived).toMatchObject({ stage: 'delivered', shipments: [], items: [{ status: 'delivered' }] })
    expect([unknown(arrived), await life.openTickets(id)]).toEqual([[true], []])
    expect((await eventsOf(id)).find(({ type }: { type: string }) => type === 'item.delivered').data).toMatchObject({
      parcel: 'unknown',
    })
    expect(await life.events(id)).not.toContain('item.shipped')
    await life.says(id, 'shipped', parcel)
    const known = await read(id)
    expect(known).toMatchObject({ stage: 'delivered', payment: arrived.payment, items: [{ status: 'delivered' }] })
    expect([unknown(known), known.shipments]).toMatchObject([[undefined], [{ carrier: 'PostNL', quantity: 1 }]])
    expect((await eventsOf(id)).at(-1)).toMatchObject({
      type: 'item.late',
      data: { event: 'shipped', carrier: 'PostNL' },
    })
  })

  test('of several parcels, the one that nobody spoke of stays unknown until it is', async () => {
    const { id } = await released(3)
    await life.says(id, 'shipped', parcel)
    expect(unknown(await read(id))).toEqual([undefined])
    await life.says(id, 'delivered')
    const arrived = await read(id)
    expect([arrived.stage, unknown(arrived), arrived.shipments.length]).toEqual(['delivered', [true], 1])
    await life.says(id, 'shipped', { tracking: { ...parcel.tracking, quantity: 2 } })
    const known = await read(id)
    expect([known.stage, unknown(known), known.shipments.length]).toEqual(['delivered', [undefined], 2])
  })

  test('that is sent without a parcel, as the shop says, has an unknown one; one that is told as it should be has none', async () => {
    const [bare, whole] = [await released(), await released()]
    await life.says(bare.id, 'shipped')
    await life.says(whole.id, 'shipped', parcel)
    await life.says(whole.id, 'delivered')
    expect([unknown(await read(bare.id)), unknown(await read(whole.id))]).toEqual([[true], [undefined]])
    const delivered = (await eventsOf(whole.id)).find(({ type }: { type: string }) => type === 'item.delivered')
    expect(delivered.data).not.toHaveProperty('parcel')
  })
})
