import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { OrderView } from '#contracts/checkout/order-view.ts'
import { issuesOf } from '#contracts/parse.ts'
import { cancelOrder } from '../../../services/button-checkout/aftercare/cancel-order.ts'
import { linkPath } from '../../../services/button-checkout/checkouts/links.ts'
import { submitOrder } from '../../../services/button-checkout/orders/submit-order.ts'
import { frozen, paidAt, sale } from '../../unit/button-checkout/bought-checkout.ts'
import { type OrderWorld, startOrderWorld } from './order/order-world.ts'

const orderId = 'ord_01k9x0000000000000000000ad'
let world: OrderWorld
beforeAll(async () => {
  world = await startOrderWorld()
})
beforeEach(() => {
  world.desk.isDown = false
  world.clock.now = new Date(world.clock.now.getTime() + 60_000)
})
afterAll(() => world?.close())

async function ask(method: string, path: string, body?: object, headers: Readonly<Record<string, string>> = {}) {
  const own = new Headers({ origin: world.url, 'sec-fetch-site': 'same-origin', ...headers })
  if (body !== undefined) own.set('content-type', 'application/json')
  const response = await fetch(`${world.url}${path}`, {
    method,
    headers: own,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json')
  return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : undefined }
}
const { email: _mail, ...bought } = frozen.buyer
const moved = { ...bought, address: { ...bought.address, line1: 'Nieuwegracht 2' } }

test('the page, its state and its invoice are there while everything but the table is away', async () => {
  world.desk.isDown = true
  const { path } = await world.bought({ state: 'ordered', sale: sale({ stage: 'in_production' }) })
  const page = await ask('GET', path)
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
  for (const words of ['Your order is being made', 'Ada Lovelace', '€30.03', 'Harbour Lights, issue 12']) {
    expect(page.text).toContain(words)
  }
  for (const secret of ['quo_', 'pi_secret', 'cs_secret', 'acc_']) expect(page.text).not.toContain(secret)
  const state = await ask('GET', `${path}/state`)
  expect(issuesOf(OrderView, state.json)).toEqual([])
  expect(state.json.known_at).toBe(sale().updated_at)
  const invoice = await ask('GET', `${path}/invoice.pdf`)
  expect([invoice.status, invoice.headers.get('content-type')]).toEqual([200, 'application/pdf'])
  expect((await ask('GET', `${path}/state`)).json.invoice_number).toMatch(/^\d{4}-\d{6}$/)
})

test('a look at the page is a look at order-api, at most every five seconds, and what is known already is not sent again', async () => {
  const { path } = await world.bought({ state: 'ordered', sale: sale({ stage: 'grace' }) })
  world.desk.put(orderId, 'in_production')
  world.desk.asked = 0
  const first = await ask('GET', `${path}/state`)
  expect([first.json.progress, first.json.known_at]).toEqual(['in_production', world.clock.now.toISOString()])
  const again = await ask('GET', `${path}/state`, undefined, { 'if-none-match': first.headers.get('etag') ?? '' })
  expect([again.status, world.desk.asked]).toEqual([304, 1])
  world.clock.now = new Date(world.clock.now.getTime() + 6_000)
  world.desk.put(orderId, 'shipped')
  expect((await ask('GET', `${path}/state`)).json.progress).toBe('shipped')
  expect(world.desk.asked).toBe(2)
})

test('a link that was not given out, one of a checkout, another order’s signature and what nobody bought are all not found', async () => {
  const [one, two] = [await world.bought(), await world.bought()]
  const open = await world.bought({ state: 'open', attempts: [] })
  const mixed = `/order/${one.id}.${two.path.split('.').at(-1)}`
  const checkoutLink = linkPath(world.context.keyring, 'checkout', one.id).replace('/checkout/c/', '/order/')
  for (const path of [
    mixed,
    checkoutLink,
    open.path,
    '/order/x',
    `${one.path}x`,
    '/order/%00',
    `/order/${'a'.repeat(150)}`,
  ]) {
    for (const [method, rest, body] of [
      ['GET', '', undefined],
      ['GET', '/state', undefined],
      ['GET', '/invoice.pdf', undefined],
      ['POST', '/cancel', undefined],
      ['PATCH', '/recipient', moved],
    ] as const) {
      const { status, text } = await ask(method, `${path}${rest}`, body)
      expect([path, rest, status]).toEqual([path, rest, 404])
      expect(text).not.toContain('Lovelace')
    }
  }
})

test('other sites can neither cancel nor change an address', async () => {
  const { path } = await world.bought()
  const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
  expect((await ask('POST', `${path}/cancel`, undefined, foreign)).status).toBe(403)
  expect((await ask('PATCH', `${path}/recipient`, moved, foreign)).status).toBe(403)
  expect((await ask('GET', `${path}/state`)).json.progress).toBe('received')
})

test('a paid order that nobody passed on is cancelled at once, once, with all of the money back', async () => {
  const { id, path } = await world.bought()
  const cancelled = await ask('POST', `${path}/cancel`)
  expect([cancelled.status, cancelled.json.progress, cancelled.json.refunded]).toEqual([
    200,
    'cancelled',
    { amount: 3003, currency: 'EUR' },
  ])
  expect((await ask('POST', `${path}/cancel`)).json).toEqual(cancelled.json)
  expect((await world.context.store.find(id))?.refunds).toHaveLength(1)
})

test('an order is cancelled at order-api; a facility is asked; what left cannot be stopped', async () => {
  const early = await world.bought({ state: 'ordered', sale: world.desk.put(orderId, 'grace') })
  expect((await ask('POST', `${early.path}/cancel`)).json.progress).toBe('cancelled')
  const made = await world.bought({ state: 'ordered', sale: world.desk.put(orderId, 'in_production') })
  expect((await ask('POST', `${made.path}/cancel`)).json).toMatchObject({ progress: 'in_production', cancel: 'asked' })
  expect((await ask('POST', `${made.path}/cancel`)).json.cancel).toBe('asked')
  const known = world.desk.put(orderId, 'in_production')
  const left = await world.bought({ state: 'ordered', sale: known })
  world.desk.put(orderId, 'shipped')
  expect((await ask('POST', `${left.path}/cancel`)).json).toMatchObject({ code: 'action_not_allowed', status: 409 })
  expect((await ask('GET', `${left.path}/state`)).json.cancel).toBe('declined')
})

test('a wish to cancel while order-api is away is kept, and shown as asked', async () => {
  const { id, path } = await world.bought({ state: 'ordered', sale: world.desk.put(orderId, 'grace') })
  world.desk.isDown = true
  expect((await ask('POST', `${path}/cancel`)).json).toMatchObject({ cancel: 'asked', may_cancel: 'no' })
  expect((await world.context.store.find(id))?.dueAt).toBe(world.clock.now.toISOString())
})

test('of a cancel and a submission at the same moment exactly one wins, whichever comes first', async () => {
  const { store, items, payments, keyring, now, log } = world.context
  let placed: string[] = []
  const money = {
    ...{ store, items, payments, keyring, now, log, checkoutUrl: world.url },
    orders: {
      place: async (checkout: { readonly id: string; readonly accountId: string }) => {
        placed = [...placed, checkout.id]
        return { kind: 'taken', sale: { ...sale(), checkout_id: checkout.id } } as const
      },
      sales: async () => ({ data: [], next: '' }),
    },
  }
  for (let round = 0; round < 30; round += 1) {
    const { id } = await world.bought()
    world.desk.put(orderId, 'grace')
    const both = [() => submitOrder(money, id), () => cancelOrder(world.context, id)]
    await Promise.allSettled((round % 2 === 0 ? both : both.reverse()).map((act) => act()))
    const after = await store.find(id)
    const isPlaced = placed.includes(id)
    expect([after?.state, after?.refunds.length]).toEqual(isPlaced ? ['ordered', 0] : ['refused', 1])
  }
})

test('a wish to cancel an order that was on its way and surely never got there is carried out', async () => {
  const { store, items, payments, keyring, now, log } = world.context
  const { id, path } = await world.bought()
  const money = {
    ...{ store, items, payments, keyring, now, log, checkoutUrl: world.url },
    orders: {
      place: async () => {
        expect((await ask('POST', `${path}/cancel`)).json.cancel).toBe('asked')
        return { kind: 'not_taken', code: 'network_error' } as const
      },
      sales: async () => ({ data: [], next: '' }),
    },
  }
  await expect(submitOrder(money, id)).rejects.toThrow('did not take')
  expect((await ask('GET', `${path}/state`)).json).toMatchObject({ progress: 'cancelled', refunded: { amount: 3003 } })
})

test('an address is changed where the order is: in the checkout before it is passed on, at order-api afterwards', async () => {
  const before = await world.bought()
  expect((await ask('PATCH', `${before.path}/recipient`, moved)).json.recipient.address.line1).toBe('Nieuwegracht 2')
  expect((await world.context.store.find(before.id))?.attempts[0]?.frozen.buyer.email).toBe('ada@example.com')
  const after = await world.bought({ state: 'ordered', sale: world.desk.put(orderId, 'grace') })
  expect((await ask('PATCH', `${after.path}/recipient`, moved)).json.recipient.address.line1).toBe('Nieuwegracht 2')
  expect(world.desk.recipientOf(orderId)).toMatchObject({ ...moved, email: 'ada@example.com' })
})

test('an address that cannot be is refused by field, and nothing changes; order-api has the last word', async () => {
  const { path } = await world.bought({ state: 'ordered', sale: world.desk.put(orderId, 'grace') })
  const patch = async (body: object) => {
    const { status, json } = await ask('PATCH', `${path}/recipient`, body)
    return [status, json.code, (json.errors ?? []).map(({ pointer }: { readonly pointer: string }) => pointer)]
  }
  const to = (address: object) => ({ ...moved, address: { ...moved.address, ...address } })
  expect(await patch(to({ country: 'DE' }))).toEqual([422, 'invalid_request', ['/address/country']])
  expect(await patch(to({ postal_code: '1' }))).toEqual([422, 'invalid_request', ['/address/postal_code']])
  expect(await patch({ ...moved, name: ' ' })).toEqual([422, 'invalid_request', ['/name']])
  expect(await patch({ ...moved, email: 'other@example.com' })).toEqual([422, 'invalid_request', ['/email']])
  expect((await patch({ ...moved, name: 'x'.repeat(101) }))[0]).toBe(422)
  world.desk.put(orderId, 'released')
  expect((await patch(moved)).slice(0, 2)).toEqual([409, 'action_not_allowed'])
  world.desk.isDown = true
  expect((await patch(moved)).slice(0, 2)).toEqual([503, 'unavailable'])
  expect((await ask('GET', `${path}/state`)).json.recipient.address.line1).toBe('Oudegracht 12')
  const underWay = await world.bought({ submittingSince: paidAt })
  expect((await ask('PATCH', `${underWay.path}/recipient`, moved)).status).toBe(503)
})

test('nothing of a customer stands in the log', () => {
  const all = world.logged.join('\n')
  for (const canary of ['Lovelace', 'ada@example', 'gracht', '3511 AA']) expect(all).not.toContain(canary)
})
