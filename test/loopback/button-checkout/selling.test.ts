import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { productOf } from '#contracts/catalogue/catalogue.ts'
import { readQuoteId } from '#pricing/quote-token.ts'
import { fresh } from '../order-api/client.ts'
import { type CheckoutWorld, startCheckoutWorld } from './checkout-world.ts'
import { type Ask, buyer, cart, filledIn, sessionOf, visitorOf } from './visitor.ts'

let world: CheckoutWorld
let ask: Ask
let magazine: string
let pictures: string
const pages = 48
const posters = ['poster-a3', 'canvas-30x40']

beforeAll(async () => {
  world = await startCheckoutWorld()
  ask = visitorOf(world.url)
  magazine = await world.publish()
  pictures = await world.publish({
    content: { kind: 'url', url: 'https://example.com/dunes.jpg' },
    offers: posters.map((sku) => ({ sku, margin: { amount: 500 } })),
  })
})
afterAll(() => world.close())

test('the first page needs nothing but published documents, and says who sells what at which price', async () => {
  const { status, text } = await ask('GET', `/checkout?publication=${magazine}&lang=en`)
  expect(status).toBe(200)
  expect(text).toContain('Harbour Lights, issue 12')
  expect(text).toContain('<html lang="en"')
  expect(text).not.toMatch(/<script(?![^>]*(src=|type="application\/json"))/)
  expect(text).not.toMatch(/\son\w+=|\sstyle=/)
})

/** What order-api quotes for the same things without a margin. */
async function quoted(sku: string, quantity: number, options: object, destination: object) {
  const isCounted = productOf(sku)?.construction.kind === 'book'
  const { status, json } = await world.published.call('POST', '/v1/quotes', {
    headers: fresh(),
    body: {
      currency: 'EUR',
      recipient: destination,
      items: [{ sku, quantity, options, ...(isCounted ? { pages } : {}) }],
    },
  })
  return status === 200 || status === 201 ? json.shipping_options : undefined
}

test('200 random carts cost what order-api quotes for them, plus the publisher’s margin', async () => {
  const things = [
    { publication: magazine, offer: 0, sku: 'magazine-a4', margin: (copy: number) => Math.round(copy * 0.2) },
    { publication: magazine, offer: 1, sku: 'softcover-a5', margin: () => 0 },
    { publication: pictures, offer: 0, sku: 'poster-a3', margin: () => 500 },
    {
      publication: pictures,
      offer: 1,
      sku: 'canvas-30x40',
      margin: () => 500,
    },
  ]
  const destination = fc.oneof(
    fc.constantFrom('NL', 'DE', 'FR', 'BE', 'AT', 'CH', 'GB', 'SE').map((country) => ({ country })),
    fc.constantFrom('CA', 'NY', 'OR').map((state) => ({ country: 'US', state })),
  )
  let compared = 0
  const carts = fc.record({
    thing: fc.constantFrom(...things),
    quantity: fc.integer({ min: 1, max: 300 }),
    destination,
  })
  await fc.assert(
    fc.asyncProperty(carts, fc.infiniteStream(fc.nat(9)), async ({ thing, quantity, destination }, choice) => {
      const { offer, sku, publication } = thing
      const options = Object.fromEntries(
        Object.entries(productOf(sku)?.options ?? {}).map(([name, { values }]) => {
          return [name, values[(choice.next().value ?? 0) % values.length]]
        }),
      )
      const wish = { start: { publication }, cart: { offer, quantity, options }, destination }
      const price = await ask('POST', '/checkout/prices', wish)
      const wanted = await quoted(sku, quantity, options, destination)
      if (wanted === undefined) {
        expect(price.status).toBe(422)
        return
      }
      expect(price.status, price.text).toBe(200)
      expect(price.json.methods.map((each: { shipping_method: string }) => each.shipping_method)).toEqual(
        wanted.map((each: { shipping_method: string }) => each.shipping_method),
      )
      for (const [index, { charges }] of price.json.methods.entries()) {
        const [line] = charges.lines
        const [plain] = wanted[index].charges.lines
        const { base, pages: ofPages, options: chosen } = plain.unit
        const surcharges: number[] = Object.values(chosen)
        const copy = surcharges.reduce((sum, each) => sum + each, base + ofPages)
        expect(line.net - plain.net).toBe(thing.margin(copy) * quantity)
        // It is part of the price of a copy: how much of it the publisher's is, is told to nobody.
        expect([line.margin, line.unit.margin, line.unit.base - base]).toEqual([
          undefined,
          undefined,
          thing.margin(copy),
        ])
        expect(charges.shipping.map((each: { gross: number }) => each.gross).length).toBe(1)
        expect(charges.gross).toBe(line.gross + charges.shipping[0].gross)
        expect(charges.net + charges.tax_amount).toBe(charges.gross)
      }
      compared += 1
    }),
    { numRuns: 200 },
  )
  expect(compared).toBeGreaterThan(120)
})

test('what is paid is what was shown, and order-api takes the quote of it, for this account and in this world', async () => {
  const { path, version, amount } = await filledIn(ask, magazine)
  const paying = await ask('POST', `${path}/pay`, { version, amount, currency: 'EUR' })
  expect(paying.status, paying.text).toBe(200)
  const id = path.split('/')[3]?.split('.')[0] ?? ''
  const [attempt] = (await world.context.store.find(id))?.attempts ?? []
  expect(attempt?.standing).toBe('open')
  expect(attempt?.frozen.charges.gross).toBe(amount)
  const content = readQuoteId(world.context.keyring, attempt?.frozen.quoteId ?? '')
  expect(content?.isTest).toBe(true)
  // Longer than any payment that was begun at the page takes to arrive.
  expect(Date.parse(content?.expiresAt ?? '') - world.payments.now().getTime()).toBeGreaterThan(14 * 86_400_000)
  const order = {
    recipient: buyer,
    shipping_method: 'standard',
    quote_id: attempt?.frozen.quoteId,
    items: [
      {
        sku: attempt?.frozen.sku,
        quantity: attempt?.frozen.cart.quantity,
        options: attempt?.frozen.cart.options,
        pages: attempt?.frozen.pages,
        publication: magazine,
        publication_version: attempt?.frozen.publicationVersion,
      },
    ],
  }
  const placed = await world.published.call('POST', '/v1/orders', { headers: fresh(), body: order })
  expect(placed.status, placed.text).toBe(201)
  expect(placed.json.charges.gross).toBe(amount)

  world.payments.standIn.control.act(sessionOf(paying.json.redirect_url), 'pay')
  const done = await ask('GET', `${path}/done`)
  expect(done.status).toBe(303)
  expect(done.headers.get('location')).toMatch(/^\/order\/chk_/)
  expect((await world.context.store.find(id))?.state).toBe('paid')
})

test('with the CDN away it goes on selling what it has read, and says so; a process that has read nothing says that as well', async () => {
  await ask('GET', `/checkout?publication=${magazine}`)
  const cold = visitorOf(await world.anotherApp())
  try {
    for (const mode of ['down', 'garbage'] as const) {
      world.cdn.mode = mode
      const { path, version, amount } = await filledIn(ask, magazine)
      expect((await ask('POST', `${path}/pay`, { version, amount, currency: 'EUR' })).status).toBe(200)
      const unknown = await cold('GET', `/checkout?publication=${magazine}&lang=en`)
      expect(unknown.status).toBe(503)
      expect(unknown.headers.get('content-type')).toContain('text/html')
      const price = { start: { publication: magazine }, cart, destination: { country: 'NL' } }
      expect((await cold('POST', '/checkout/prices', price)).json.code).toBe('unavailable')
    }
  } finally {
    world.cdn.mode = 'up'
  }
})

test('a publication by a publishable key alone, one that names its file, and files that it does not take', async () => {
  const page = await world.publish({
    content: { kind: 'page', origins: ['https://example.com'], pages },
    offers: [{ sku: 'magazine-a4' }],
  })
  const start = (src?: string) =>
    `/checkout?publication=${page}&title=My%20zine${src ? `&src=${encodeURIComponent(src)}` : ''}`
  expect((await ask('GET', start('https://example.com/a.pdf'))).status).toBe(200)
  expect((await ask('GET', start('https://example.com/a.pdf'))).text).toContain('My zine')
  for (const src of [
    undefined,
    'https://evil.example/a.pdf',
    'https://example.com.evil.example/a',
    'https://example.com@evil.example/a',
    'https://u:p@example.com/a',
    'http://example.com/a',
    'https://example.com:444/a',
  ]) {
    const { status, text } = await ask('GET', start(src))
    expect(status, src).toBe(422)
    expect(text).not.toContain('evil')
  }
  const button = (key: string) => ask('GET', `/checkout?account=${key}&src=https://example.com/a.pdf`)
  const { publishableKey } = world.published.api
  expect((await button(publishableKey)).status).toBe(404)
  const chosen = await world.published.call('PUT', '/v1/button', { body: { publication: page } })
  expect(chosen.status, chosen.text).toBe(200)
  await world.published.publishAll()
  expect(
    (
      await visitorOf(await world.anotherApp())(
        'GET',
        `/checkout?account=${publishableKey}&src=https://example.com/a.pdf`,
      )
    ).status,
  ).toBe(200)
  expect((await button(`pk_test_${'0'.repeat(36)}`)).status).toBe(404)
})

test('before and after its time nothing is sold, whatever the document said when it was written', async () => {
  const now = world.payments.now()
  const at = (hours: number) => new Date(now.getTime() + hours * 3_600_000).toISOString()
  const ending = await world.publish({ valid_until: at(1) })
  const { path, version, amount } = await filledIn(ask, ending)
  world.payments.clock.nowEpochMs += 2 * 3_600_000
  expect((await ask('POST', `${path}/pay`, { version, amount, currency: 'EUR' })).json.code).toBe('sale_closed')
  const begun = await ask('POST', '/checkout/sessions', { start: { publication: ending }, cart, language: 'en' })
  expect(begun.json.code).toBe('sale_closed')
  expect((await ask('GET', `/checkout?publication=${ending}&lang=en`)).status).toBe(200)
})
