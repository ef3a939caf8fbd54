import { afterAll, beforeAll, expect, test } from 'vitest'
import { linkPath } from '../../../services/button-checkout/checkouts/links.ts'
import { type CheckoutWorld, startCheckoutWorld } from './checkout-world.ts'
import { type Ask, buyer, cart, filledIn, sessionOf, visitorOf } from './visitor.ts'

let world: CheckoutWorld
let ask: Ask
let magazine: string

beforeAll(async () => {
  world = await startCheckoutWorld()
  ask = visitorOf(world.url)
  magazine = await world.publish()
})
afterAll(() => world.close())

const idOf = (path: string): string => path.split('/')[3]?.split('.')[0] ?? ''
const recordOf = (path: string) => world.context.store.find(idOf(path))
const pay = (path: string, version: number, amount: number) =>
  ask('POST', `${path}/pay`, { version, amount, currency: 'EUR' })
const control = () => world.payments.standIn.control

test('two tabs that change one checkout: the later one is shown what is true, and can go on from there', async () => {
  const { path, version } = await filledIn(ask, magazine)
  const [one, other] = await Promise.all([
    ask('PATCH', path, { version, cart: { ...cart, quantity: 3 } }),
    ask('PATCH', path, { version, cart: { ...cart, quantity: 4 } }),
  ])
  const statuses = [one.status, other.status].sort()
  expect(statuses).toEqual([200, 409])
  const conflict = one.status === 409 ? one : other
  expect(conflict.json).toMatchObject({ code: 'version_conflict', checkout: { version: version + 1, state: 'open' } })
  expect(conflict.headers.get('content-type')).toContain('application/problem+json')
  const again = await ask('PATCH', path, { version: conflict.json.checkout.version, cart: { ...cart, quantity: 5 } })
  expect(again.json.cart.quantity).toBe(5)
})

test('a double click, a slow one and the way back lead to one payment page', async () => {
  const { path, version, amount } = await filledIn(ask, magazine)
  const clicks = await Promise.all(Array.from({ length: 5 }, () => pay(path, version, amount)))
  const pages = new Set(clicks.map(({ json, text }) => json.redirect_url ?? text))
  expect([...pages]).toEqual([expect.stringContaining('/c/pay/cs_test_')])
  expect((await ask('GET', `${path}/back`)).headers.get('location')).toBe(`${path}?payment=cancelled`)
  const { version: shown, state } = (await ask('GET', `${path}/state`)).json
  expect(state).toBe('paying')
  expect((await pay(path, shown, amount)).json.redirect_url).toBe([...pages][0])
  expect((await recordOf(path))?.attempts).toHaveLength(1)
})

test('what is edited while somebody is at the payment page ends that payment first; nobody can pay it any more', async () => {
  const { path, version, amount } = await filledIn(ask, magazine)
  const session = sessionOf((await pay(path, version, amount)).json.redirect_url)
  const changed = await ask('PATCH', path, { version, cart: { ...cart, quantity: 7 } })
  expect(changed.json).toMatchObject({ state: 'open', cart: { quantity: 7 }, last_payment: 'cancelled' })
  control().act(session, 'pay')
  expect(await world.context.payments.look(true, session)).toMatchObject({ standing: 'expired' })
  const { gross } = changed.json.price.methods[0].charges
  expect((await pay(path, changed.json.version, amount)).json).toMatchObject({ code: 'price_changed' })
  const next = await pay(path, changed.json.version, gross)
  expect(sessionOf(next.json.redirect_url)).not.toBe(session)
  control().act(sessionOf(next.json.redirect_url), 'pay')
  await ask('GET', `${path}/done`)
  expect(await recordOf(path)).toMatchObject({ state: 'paid', paidAttempt: 2 })
})

test('who paid and then edits in another tab has bought what was paid for, and is told so', async () => {
  const { path, version, amount } = await filledIn(ask, magazine)
  control().act(sessionOf((await pay(path, version, amount)).json.redirect_url), 'pay')
  const changed = await ask('PATCH', path, { version, cart: { ...cart, quantity: 900 } })
  expect(changed.status).toBe(200)
  expect(changed.json).toMatchObject({ state: 'paid', cart: { quantity: 2 } })
  expect(changed.json.order_path).toBe(linkPath(world.context.keyring, 'order', idOf(path)))
  expect((await pay(path, version, amount)).json.redirect_url).toContain(changed.json.order_path)
  expect((await ask('GET', path)).headers.get('location')).toBe(changed.json.order_path)
})

test('while the payment page does not answer nothing is changed and nothing new is begun', async () => {
  const { path, version, amount } = await filledIn(ask, magazine)
  const { redirect_url } = (await pay(path, version, amount)).json
  control().setFault('unavailable', 100)
  try {
    const changed = await ask('PATCH', path, { version, cart: { ...cart, quantity: 7 } })
    expect(changed.status).toBe(409)
    const checkout = { state: 'paying', cart: { quantity: 2 }, last_payment: 'uncertain' }
    expect(changed.json).toMatchObject({ code: 'payment_uncertain', checkout })
    const done = await ask('GET', `${path}/done`)
    expect(done.headers.get('location')).toMatch(/^\/order\//)
  } finally {
    control().setFault('unavailable', 0)
  }
  control().act(sessionOf(redirect_url), 'pay')
  await ask('GET', `${path}/done`)
  expect((await recordOf(path))?.state).toBe('paid')
})

test('a payment that was asked for and whose answer was lost is found again, not made twice', async () => {
  const { path, version, amount } = await filledIn(ask, magazine)
  control().setFault('unavailable', 100)
  expect((await pay(path, version, amount)).status).toBe(503)
  control().setFault('unavailable', 0)
  expect((await recordOf(path))?.attempts).toMatchObject([{ number: 1, standing: 'creating' }])
  expect((await pay(path, version, amount)).status).toBe(200)
  expect((await recordOf(path))?.attempts).toMatchObject([{ number: 1, standing: 'open' }])
})

test('another product that its publisher puts in the place of the chosen one is shown before it is paid, also at the same price', async () => {
  const posters = ['poster-a3', 'poster-a2'].map((sku) => ({ sku }))
  const content = { kind: 'url', url: 'https://example.com/dunes.jpg' }
  const id = await world.publish({ content, offers: posters })
  const { path, version, amount } = await filledIn(ask, id)
  expect(await recordOf(path)).toMatchObject({ sku: 'poster-a3' })
  await world.published.edit(id, { offers: posters.toReversed() })
  await world.published.publishAll()
  const fresh = visitorOf(await world.anotherApp())
  const wish = (seen: number, gross: number) =>
    fresh('POST', `${path}/pay`, { version: seen, amount: gross, currency: 'EUR' })
  const refused = await wish(version, amount)
  expect(refused.json).toMatchObject({ code: 'price_changed', checkout: { state: 'open' } })
  const { checkout } = refused.json
  const paid = await wish(checkout.version, checkout.price.methods[0].charges.gross)
  expect(paid.status, paid.text).toBe(200)
  expect((await recordOf(path))?.attempts).toMatchObject([{ frozen: { sku: 'poster-a2' } }])
})

test('a bank that takes days holds the checkout: not to be changed, not to be paid again', async () => {
  const { path, version, amount } = await filledIn(ask, magazine)
  const session = sessionOf((await pay(path, version, amount)).json.redirect_url)
  control().act(session, 'later_paid')
  expect((await ask('GET', `${path}/done`)).headers.get('location')).toMatch(/^\/order\//)
  const { json } = await ask('GET', `${path}/state`)
  expect(json).toMatchObject({ state: 'paying', last_payment: 'pending' })
  expect((await ask('PATCH', path, { version: json.version, cart })).json.code).toBe('payment_uncertain')
  expect((await pay(path, json.version, amount)).json.code).toBe('payment_uncertain')
})

test('nothing is paid before everything is filled in; what is missing is said field by field', async () => {
  const begun = await ask('POST', '/checkout/sessions', { start: { publication: magazine }, cart, language: 'en' })
  const { path } = begun.json
  const empty = await pay(path, 1, 100)
  expect(empty.status).toBe(422)
  expect(empty.json.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(['/buyer', '/shipping_method'])
  const nowhere = { ...buyer, address: { ...buyer.address, country: 'NL', postal_code: '999' } }
  const wrong = await ask('PATCH', path, { version: 1, buyer: nowhere })
  expect(wrong.json.errors).toMatchObject([{ pointer: '/buyer/address/postal_code' }])
  const unsendable = { ...buyer, address: { ...buyer.address, country: 'AQ', postal_code: '1' } }
  const kept = await ask('PATCH', path, { version: 1, buyer: unsendable, shipping_method: 'standard' })
  expect(kept.json.price).toBeUndefined()
  const refused = await pay(path, kept.json.version, 100)
  expect(refused.json).toMatchObject({ code: 'tax_unknown', errors: [{ pointer: '/buyer/address/country' }] })
})

test('a checkout that nobody went on with is forgotten after two weeks, also before DynamoDB removes it', async () => {
  const { path } = await filledIn(ask, magazine)
  world.payments.clock.nowEpochMs += 13 * 86_400_000
  expect((await ask('GET', `${path}/state`)).status).toBe(200)
  world.payments.clock.nowEpochMs += 2 * 86_400_000
  const gone = await ask('GET', path)
  expect(gone.status).toBe(404)
  expect(gone.headers.get('content-type')).toContain('text/html')
})
