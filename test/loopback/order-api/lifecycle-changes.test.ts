import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { Order } from '#contracts/order-api/order.ts'
import { issuesOf } from '#contracts/parse.ts'
import { sweepTickets } from '../../../services/order-api/tickets/sweep.ts'
import { fresh, posterByUrl } from './client.ts'
import { type Life, openLife, parcel } from './lifecycle-world.ts'

let life: Life
beforeAll(async () => {
  life = await openLife()
})
afterEach(() => {
  life.api.clock.now = undefined
})
afterAll(() => life?.api.close())

const read = async (id: string, key = life.api.secretKey) => (await life.call('GET', `/v1/orders/${id}`, { key })).json
const patch = (id: string, body: unknown, key = life.api.secretKey) =>
  life.call('PATCH', `/v1/orders/${id}`, { key, body })
const cancel = (id: string, key = life.api.secretKey, headers = {}) =>
  life.call('POST', `/v1/orders/${id}/cancel`, { key, headers })
const poster = { sku: 'poster-a3', quantity: 1, files: { image: 'https://example.com/a.jpg' } }
const utrecht = { line1: 'Oudegracht 1', city: 'Utrecht', postal_code: '3511 AA', country: 'NL' }
const delft = { name: 'Grace Hopper', address: { ...utrecht, line1: 'Markt 1', city: 'Delft', postal_code: '2611 GV' } }
const ohio = { ...utrecht, city: 'Columbus', postal_code: '43004', state: 'OH', country: 'US' }

/** An order that its facilities have, one poster an item. */
async function released(items = 1): Promise<string> {
  const { id } = await life.place({ items: Array.from({ length: items }, () => poster) })
  for (let place = 0; place < items; place += 1) await life.ready(id, place)
  expect((await read(id)).stage).toBe('released')
  return id
}

describe('before release', () => {
  test('somebody else in the same country gets it at no cost, and is on the production ticket', async () => {
    const order = await life.place()
    const { status, json } = await patch(order.id, { recipient: delft })
    expect([status, json.recipient, json.charges]).toEqual([200, delft, order.charges])
    expect(issuesOf(Order, json)).toEqual([])
    expect(json).toEqual(await read(order.id))
    await life.ready(order.id)
    expect(await life.tickets('production', order.id)).toMatchObject([{ shipTo: delft, shippingMethod: 'standard' }])
    const log = await life.call('GET', `/v1/orders/${order.id}/events`)
    expect(log.text).toContain('order.recipient_changed')
    expect(log.text).not.toContain('Hopper')
    const late = await patch(order.id, { recipient: delft })
    expect([late.status, late.json.code]).toEqual([409, 'action_not_allowed'])
  })

  test('another country, another state of the US, and a place without tax data are another order', async () => {
    const [order, american] = [await life.place(), await life.place({ recipient: { name: 'A', address: ohio } })]
    const fault = async (id: string, address: object) => {
      const { status, json } = await patch(id, { recipient: { name: 'B', address }, shipping_method: 'express' })
      return [status, json.code, json.errors[0].pointer, json.errors[0].detail]
    }
    expect(await fault(order.id, { ...utrecht, country: 'DE' })).toEqual([
      ...[422, 'invalid_request', '/recipient/address/country'],
      'must stay in NL: tax, price and facility follow from it; found DE. Cancel this order and place a new one',
    ])
    expect(await fault(american.id, { ...ohio, state: 'CA' })).toEqual([
      ...[422, 'invalid_request', '/recipient/address/state'],
      expect.stringContaining('must stay in US-OH'),
    ])
    expect((await fault(american.id, { ...ohio, state: 'Atlantis' })).slice(0, 2)).toEqual([422, 'tax_unknown'])
    const noRate = (await patch(american.id, { shipping_method: 'express' })).json
    expect([noRate.status, noRate.code]).toEqual([422, 'shipping_unknown'])
    const spelt = { recipient: { name: 'B', address: { ...ohio, state: 'Ohio' } } }
    expect((await patch(american.id, spelt)).status).toBe(200)
    expect(await read(order.id)).toEqual(order)
  })

  test('another shipping method costs the difference, booked with it; back again costs nothing more', async () => {
    const key = await life.keyWith({ billing: 'prepaid', limitMinor: 100_000 })
    const order = await life.place({}, key)
    const express = (await patch(order.id, { shipping_method: 'express' }, key)).json
    expect(express).toMatchObject({ shipping_method: 'express', charges: { shipping: [{ method: 'express' }] } })
    expect(express.charges.gross).toBeGreaterThan(order.charges.gross)
    expect(express.charges.lines).toEqual(order.charges.lines)
    const sum = [...express.charges.lines, ...express.charges.shipping].reduce((all, { gross }) => all + gross, 0)
    expect([sum, (await life.booked(order.id)).prepaid]).toEqual([express.charges.gross, express.charges.gross])
    expect((await patch(order.id, { shipping_method: 'express', recipient: delft }, key)).json.charges).toEqual(
      express.charges,
    )
    const back = (await patch(order.id, { shipping_method: 'standard' }, key)).json
    expect([back.charges.gross, (await life.booked(order.id)).prepaid]).toEqual([
      order.charges.gross,
      order.charges.gross,
    ])
    await patch(order.id, { shipping_method: 'express' }, key)
    await life.ready(order.id)
    expect(await life.tickets('production', order.id)).toMatchObject([{ shippingMethod: 'express' }])
  })

  test('what the balance does not cover changes nothing at all', async () => {
    const price = (await life.place()).charges.gross
    const key = await life.keyWith({ billing: 'prepaid', limitMinor: price })
    const order = await life.place({}, key)
    const { status, json } = await patch(order.id, { shipping_method: 'express', recipient: delft }, key)
    expect([status, json.code]).toEqual([402, 'insufficient_credit'])
    expect(json.detail).toMatch(
      /^This change costs \d+\.\d\d EUR, and 0\.00 EUR can be spent\. Pay in with POST \/v1\/ledger\/deposits/,
    )
    expect(await read(order.id, key)).toEqual(order)
  })

  test('what was paid back already is not shipped, and not charged again', async () => {
    const order = await life.place({ items: [poster, { ...poster, sku: 'canvas-30x40' }] })
    expect(order.charges.shipping).toHaveLength(1)
    await life.rejected(order.id, 0)
    const { json } = await patch(order.id, { shipping_method: 'express' })
    const kept = json.charges.gross - order.charges.lines[0].gross
    expect((await life.booked(order.id)).receivable).toBe(kept)
    await cancel(order.id)
    expect(await life.booked(order.id)).toEqual({})
  })

  test('what nobody could price can be changed all the same', async () => {
    const address = { ...utrecht, country: 'BR' }
    const order = await life.place({ recipient: { name: 'A', address } })
    expect(order).not.toHaveProperty('charges')
    const body = { shipping_method: 'express', recipient: { name: 'B', address } }
    expect((await patch(order.id, body)).json).toMatchObject({ ...body, payment: 'waived' })
    expect(await life.booked(order.id)).toEqual({})
  })

  test('a draft shows what it will cost, and an order is cancelled and paid back at once', async () => {
    const draft = await life.place({ draft: true })
    const express = (await patch(draft.id, { shipping_method: 'express' })).json
    expect(await life.booked(draft.id)).toEqual({})
    const order = (await life.call('POST', `/v1/orders/${draft.id}/confirm`)).json
    expect((await life.booked(order.id)).receivable).toBe(express.charges.gross)
    expect((await cancel(order.id)).json).toMatchObject({ stage: 'cancelled', payment: 'refunded' })
    expect([await life.booked(order.id), await life.openTickets(order.id)]).toEqual([{}, []])
    expect((await cancel(order.id)).status).toBe(200)
  })
})

describe('cancelling what a facility has', () => {
  test('is asked of the facility by a ticket that is rung until it is answered, once', async () => {
    const id = await released()
    const headers = fresh()
    const asked = (await cancel(id, life.api.secretKey, headers)).json
    expect(asked).toMatchObject({ stage: 'released', payment: 'authorised', cancel: { state: 'asked' } })
    expect((await cancel(id)).json).toEqual(asked)
    const [production] = await life.tickets('production', id)
    const { jobId, itemId, facilityId } = production ?? {}
    expect(await life.tickets('cancel', id)).toMatchObject([{ orderId: id, jobId, itemId, facilityId }])
    expect(await life.openTickets(id)).toEqual(['cancel', 'production'])
    const rung: unknown[] = []
    const ring = async (due: readonly { body: unknown }[]) => void rung.push(...due.map(({ body }) => body))
    life.later(10)
    await sweepTickets({ ...life.api.context.changer, ring })
    expect(rung).toContainEqual(expect.objectContaining({ type: 'cancel', orderId: id }))
  })

  test('granted: the order is cancelled, paid back, and nobody is asked again', async () => {
    const id = await released(2)
    await cancel(id)
    await life.says(id, 'cancelled', { cause: 'UserRequest' }, 0)
    expect(await read(id)).toMatchObject({
      stage: 'released',
      cancel: { state: 'asked' },
      payment: 'partially_refunded',
    })
    await life.says(id, 'cancelled', { cause: 'UserRequest' }, 1)
    expect(await read(id)).toMatchObject({ stage: 'cancelled', cancel: { state: 'accepted' }, payment: 'refunded' })
    expect([await life.booked(id), await life.openTickets(id)]).toEqual([{}, []])
    expect(await life.events(id)).toContain('order.cancelled')
  })

  test('declined: the order goes on, says so, and is not asked for again', async () => {
    const id = await released()
    await cancel(id)
    await life.says(id, 'cancel_declined', { cause: 'the shop has the job' })
    expect(await read(id)).toMatchObject({ stage: 'released', cancel: { state: 'declined' }, payment: 'authorised' })
    expect(await life.events(id)).toEqual(expect.arrayContaining(['item.cancel_declined', 'order.cancel_declined']))
    const again = await cancel(id)
    expect([again.status, again.json.code, await life.openTickets(id)]).toEqual([
      409,
      'action_not_allowed',
      ['production'],
    ])
    await life.says(id, 'shipped', parcel)
    expect(await read(id)).toMatchObject({ stage: 'shipped', payment: 'authorised' })
  })

  test('declined, and then stopped by the shop all the same: it is cancelled and paid back', async () => {
    const id = await released()
    await cancel(id)
    await life.says(id, 'cancel_declined')
    await life.says(id, 'cancelled', { cause: 'stopped before it was printed' })
    expect(await read(id)).toMatchObject({ stage: 'cancelled', cancel: { state: 'accepted' }, payment: 'refunded' })
  })

  test('granted for one item and not for the other: that one is paid back, the other is sent', async () => {
    const id = await released(2)
    await cancel(id)
    await life.says(id, 'cancelled', {}, 0)
    await life.says(id, 'cancel_declined', {}, 1)
    const { charges, ...order } = await read(id)
    expect(order).toMatchObject({ stage: 'released', cancel: { state: 'partially_accepted' } })
    expect((await life.booked(id)).receivable).toBe(charges.gross - charges.lines[0].gross)
    await life.says(id, 'shipped', parcel, 1)
    expect(await read(id)).toMatchObject({ stage: 'shipped', payment: 'partially_refunded' })
  })

  test('shipped wins over a wish to cancel', async () => {
    const id = await released()
    await cancel(id)
    await life.says(id, 'shipped', parcel)
    expect(await read(id)).toMatchObject({ stage: 'shipped', cancel: { state: 'declined' }, payment: 'authorised' })
    expect(await life.openTickets(id)).toEqual([])
    await life.says(id, 'cancel_declined')
    expect((await life.events(id)).at(-1)).toBe('item.late')
  })

  test('nobody declines what was not asked', async () => {
    const id = await released()
    await life.says(id, 'cancel_declined')
    expect(await read(id)).not.toHaveProperty('cancel')
    expect((await life.events(id)).at(-1)).toBe('item.late')
  })
})

describe('a reference', () => {
  test('belongs to one order of an account and world, for ever; the key of a refused order is still free', async () => {
    const reference = 'PO-4711'
    const headers = fresh()
    const first = await life.call('POST', '/v1/orders', { headers, body: posterByUrl({ reference }) })
    const second = fresh()
    const taken = await life.call('POST', '/v1/orders', { headers: second, body: posterByUrl({ reference }) })
    expect([taken.status, taken.json.code]).toEqual([409, 'reference_taken'])
    expect(taken.json.detail).toContain(first.json.id)
    const replayed = await life.call('POST', '/v1/orders', { headers, body: posterByUrl({ reference }) })
    expect([replayed.status, replayed.text]).toEqual([201, first.text])
    const corrected = posterByUrl({ reference: `${reference}-2` })
    expect((await life.call('POST', '/v1/orders', { headers: second, body: corrected })).status).toBe(201)
    await cancel(first.json.id)
    expect((await life.place({ reference })).code).toBe('reference_taken')
    expect((await life.place({ reference }, await life.keyWith({}))).reference).toBe(reference)
    expect((await life.place({ reference }, await life.liveKey())).is_test).toBe(false)
    expect((await life.place({ reference: reference.toLowerCase() })).reference).toBe('po-4711')
  })

  test('ten orders at once with one reference make one order', async () => {
    const placed = await Promise.all(Array.from({ length: 10 }, () => life.place({ reference: 'PO-1' })))
    expect(placed.filter(({ id }) => id !== undefined)).toHaveLength(1)
    expect(placed.filter(({ code }) => code === 'reference_taken')).toHaveLength(9)
  })
})
