import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createStripePayments } from '../../services/button-checkout/payment/stripe-payments.ts'
import { listening } from './listening.ts'
import { type PaymentsWorld, startPaymentsWorld } from './payments-world.ts'

let world: PaymentsWorld
let made = 0
beforeAll(async () => {
  world = await startPaymentsWorld()
})
afterAll(() => world.standIn.close())

const nextCheckout = () => {
  made += 1
  return `chk_${String(made).padStart(26, '0')}`
}
const begun = async (change: Parameters<PaymentsWorld['wish']>[0] = {}) => {
  const wish = world.wish({ checkoutId: nextCheckout(), ...change })
  return { wish, ...(await world.payments.begin(wish)) }
}
const chargesOf = (checkoutId: string) =>
  world.standIn.control.books().filter(({ checkout }) => checkout === checkoutId)

test('the same wish gives the same session, also after its answer was lost; another amount under its number is refused', async () => {
  const wish = world.wish({ checkoutId: nextCheckout() })
  world.standIn.control.setFault('lost_answer', 2)
  await expect(world.payments.begin(wish)).rejects.toMatchObject({ name: 'Transient' })
  const first = await world.payments.begin(wish)
  expect(await world.payments.begin(wish)).toEqual(first)
  await expect(world.payments.begin({ ...wish, amountMinor: 1 })).rejects.toMatchObject({ code: 'payment_refused' })
})

test('what was paid is known by its amount, currency and reference, in its own world only', async () => {
  const { id } = await begun()
  expect(await world.payments.look(false, id)).toEqual({ standing: 'open' })
  world.standIn.control.act(id, 'pay')
  const payment = {
    amountMinor: 2490,
    currency: 'EUR',
    reference: expect.stringMatching(/^pi_/),
    at: world.now().toISOString(),
  }
  expect(await world.payments.look(false, id)).toEqual({ standing: 'paid', payment })
  await expect(world.payments.look(true, id)).rejects.toMatchObject({ name: 'Refused' })
})

test('a payment that was ended cannot be paid any more; one that was paid before says so', async () => {
  const ended = await begun()
  expect(await world.payments.end(false, ended.id)).toEqual({ standing: 'expired' })
  world.standIn.control.act(ended.id, 'pay')
  expect(chargesOf(ended.wish.checkoutId)).toEqual([])
  expect(await world.payments.end(false, ended.id)).toEqual({ standing: 'expired' })
  const paid = await begun()
  world.standIn.control.act(paid.id, 'pay')
  expect(await world.payments.end(false, paid.id)).toMatchObject({ standing: 'paid' })
})

test('a bank transfer is pending until it arrives, and failed when it does not', async () => {
  const [arrives, fails] = [await begun(), await begun()]
  for (const { id } of [arrives, fails]) world.standIn.control.act(id, 'later_paid')
  expect(await world.payments.look(false, arrives.id)).toEqual({ standing: 'pending' })
  expect(await world.payments.end(false, fails.id)).toEqual({ standing: 'pending' })
  world.standIn.control.settle(arrives.id, 'succeeded')
  world.standIn.control.settle(fails.id, 'failed')
  expect(await world.payments.look(false, arrives.id)).toMatchObject({ standing: 'paid' })
  expect(await world.payments.look(false, fails.id)).toEqual({ standing: 'failed' })
})

test('a refund is made once a key, though its answer was lost and it is asked again after a month', async () => {
  const { id, wish } = await begun()
  world.standIn.control.act(id, 'pay')
  const reference = (await world.payments.look(false, id)).payment?.reference ?? ''
  const refund = {
    isTest: false,
    paymentReference: reference,
    amountMinor: 1000,
    key: `${wish.checkoutId}-cancelled-1000`,
  }
  const first = await world.payments.refund(refund)
  expect(await world.payments.refund(refund)).toEqual(first)
  world.clock.nowEpochMs += 31 * 24 * 60 * 60_000
  expect(await world.payments.refund(refund)).toEqual(first)
  await expect(world.payments.refund({ ...refund, amountMinor: 1491, key: 'more' })).rejects.toMatchObject({
    code: 'payment_refused',
  })
  expect(chargesOf(wish.checkoutId).map(({ kind, amount }) => [kind, amount])).toEqual([
    ['charge', 2490],
    ['refund', 1000],
  ])
})

test('amounts are charged to the last digit in every currency, or refused', async () => {
  const yen = await begun({ amountMinor: 3200, currency: 'JPY' })
  world.standIn.control.act(yen.id, 'pay')
  expect(chargesOf(yen.wish.checkoutId)).toMatchObject([{ amount: 3200, currency: 'JPY' }])
  await begun({ amountMinor: 12_340, currency: 'BHD' })
  await expect(begun({ amountMinor: 12_345, currency: 'BHD' })).rejects.toMatchObject({ code: 'amount_not_payable' })
  await expect(begun({ amountMinor: 100_000_000 })).rejects.toMatchObject({ code: 'amount_not_payable' })
  await expect(begun({ amountMinor: 1 })).rejects.toMatchObject({ code: 'amount_not_payable' })
})

test('a provider that is down, or does not know our key, is asked again later', async () => {
  world.standIn.control.setFault('unavailable', 2)
  await expect(begun()).rejects.toMatchObject({ name: 'Transient' })
  const stranger = createStripePayments({ ...world.config, STRIPE_LIVE_KEY: 'sk_live_unknown' }, world.now)
  await expect(stranger.begin(world.wish())).rejects.toMatchObject({ name: 'Transient' })
})

test('a world without a key is closed, and a key of the other world is not taken', () => {
  const half = createStripePayments({ ...world.config, STRIPE_LIVE_KEY: '' }, world.now)
  expect([half.isOpen(false), half.isOpen(true)]).toEqual([false, true])
  expect(() => createStripePayments({ ...world.config, STRIPE_LIVE_KEY: 'sk_test_1' }, world.now)).toThrow('sk_live_')
})

test('the stand-in knows every payment after a restart, and a card that was refused charges nobody', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'printcloud-payments-'))
  try {
    const before = await startPaymentsWorld({ dataDir })
    const wish = before.wish()
    const { id } = await before.payments.begin(wish)
    before.standIn.control.act(id, 'refuse')
    expect(before.standIn.control.books()).toEqual([])
    before.standIn.control.act(id, 'pay')
    await before.standIn.close()
    const after = await startPaymentsWorld({ dataDir })
    expect(await after.payments.look(false, id)).toMatchObject({ standing: 'paid' })
    expect((await after.payments.begin(wish)).id).toBe(id)
    expect(after.standIn.control.books()).toMatchObject([{ kind: 'charge', debit: 'ada@example.com', amount: 2490 }])
    await after.standIn.close()
  } finally {
    rmSync(dataDir, { recursive: true })
  }
})

test('the payment page leads to success after paying, back without it, and nowhere when it is over', async () => {
  const { url, id, wish } = await begun()
  const press = (deed: string) =>
    fetch(url, { method: 'POST', body: new URLSearchParams({ deed }), redirect: 'manual' })
  expect((await (await fetch(url)).text()).includes('Stand-in')).toBe(true)
  expect((await press('back')).headers.get('location')).toBe(world.wish().cancelUrl)
  expect((await press('refuse')).headers.get('location')).toContain('refused=1')
  expect((await press('pay')).headers.get('location')).toBe(world.wish().successUrl)
  expect((await press('pay')).status).toBe(303)
  expect(chargesOf(wish.checkoutId)).toHaveLength(1)
  expect(await world.payments.look(false, id)).toMatchObject({ standing: 'paid' })
  const over = await begun()
  await world.payments.end(false, over.id)
  expect(await (await fetch(over.url)).text()).toContain('This payment is over')
})

test('webhooks are signed as Stripe signs them, and come again until they are taken', async () => {
  const told: { body: Buffer; signature: string }[] = []
  const shop = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray())
    told.push({ body, signature: String(request.headers['stripe-signature']) })
    response.writeHead(told.length < 3 ? 503 : 200).end()
  })
  const { url, close } = await listening(shop)
  const own = await startPaymentsWorld({ webhookUrls: [`${url}/hook`] })
  const { id } = await own.payments.begin(own.wish())
  own.standIn.control.act(id, 'pay')
  for (const seconds of [0, 1, 2, 4, 60]) {
    own.clock.nowEpochMs += seconds * 1000
    await own.standIn.tick()
  }
  expect(told).toHaveLength(3)
  for (const { body, signature } of told.slice(-1)) {
    const news = own.payments.readWebhook({ 'stripe-signature': signature }, body)
    expect(news).toMatchObject({ standing: 'paid', attempt: 1, sessionId: id, isTest: false })
    const changed = Buffer.from(body.toString().replace('2490', '1490'))
    expect(() => own.payments.readWebhook({ 'stripe-signature': signature }, changed)).toThrow()
  }
  await own.standIn.close()
  await close()
})

test('whoever tries the platform out sees at its payments what was asked, paid and given back, with what customers wrote shown as text', async () => {
  const { id } = await begun({ description: '<b>Poster</b>' })
  const listed = async () => {
    const response = await fetch(`${world.standIn.url}/`)
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    return response.text()
  }
  expect(await listed()).toContain(`<a href="/c/pay/${id}">&#60;b&#62;Poster&#60;/b&#62;</a>`)
  world.standIn.control.act(id, 'pay')
  expect(await listed()).not.toContain(`/c/pay/${id}`)
  expect(await listed()).toContain('<td>paid</td>')
})

test('money that somebody gave back by hand is not given back again, and nobody asks for ever', async () => {
  const { id } = await begun()
  world.standIn.control.act(id, 'pay')
  const paymentReference = (await world.payments.look(false, id)).payment?.reference ?? ''
  const byHand = await world.payments.refund({ isTest: false, paymentReference, amountMinor: 2490, key: 'by hand' })
  const wish = { isTest: false, paymentReference, amountMinor: 1000, key: 'ours' }
  expect(await world.payments.refund(wish)).toEqual(byHand)
})

test.each([
  ['nothing', '{}'],
  ['another thing', '{"object":"session","id":"cs_1","status":"complete"}'],
  ['a page', '<html>Sign in to the hotel</html>'],
  ['a list', '[]'],
])('an answer that is %s of Stripe moves no money and no state', async (_what, body) => {
  const server = createServer((_request, response) => void response.setHeader('request-id', 'req_1').end(body))
  const { url, close } = await listening(server)
  try {
    const patience = { timeoutMilliseconds: 2000, retries: 0 }
    const odd = createStripePayments({ ...world.config, STRIPE_URL: url }, world.now, patience)
    const transient = { name: 'Transient' }
    await expect(odd.begin(world.wish())).rejects.toMatchObject(transient)
    await expect(odd.look(false, 'cs_1')).rejects.toMatchObject(transient)
    await expect(odd.end(false, 'cs_1')).rejects.toMatchObject(transient)
    const refund = { isTest: false, paymentReference: 'pi_1', amountMinor: 1, key: 'k' }
    await expect(odd.refund(refund)).rejects.toMatchObject(transient)
  } finally {
    await close()
  }
})
