import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Problem } from '#contracts/order-api/problem.ts'
import { issuesOf } from '#contracts/parse.ts'
import { quoteIdOf, readQuoteId } from '#pricing/quote-token.ts'
import { createApp } from '../../../services/order-api/app.ts'
import { type Answer, callerOf, fresh, posterByUrl } from './client.ts'
import { type ApiUnderTest, startApi } from './platform.ts'

let api: ApiUnderTest
let call: ReturnType<typeof callerOf>
/** A good quote of one poster to NL. */
let quoteId: string

beforeAll(async () => {
  api = await startApi()
  call = callerOf(api)
  quoteId = (await call('POST', '/v1/quotes', { body: request() })).json.id
})
afterAll(() => api?.close())

const request = (changes: object = {}): object => ({
  recipient: { country: 'NL' },
  items: [{ sku: 'poster-a3', quantity: 1 }],
  ...changes,
})
const item = (changes: object): object => request({ items: [{ sku: 'poster-a3', quantity: 1, ...changes }] })
const to = (recipient: object): object => request({ recipient })
const place = (changes: object, key?: string) =>
  call('POST', '/v1/orders', { headers: fresh(), body: posterByUrl(changes), ...(key ? { key } : {}) })
const posters = (changes: object): object => ({
  items: [{ sku: 'poster-a3', quantity: 1, files: { image: 'https://example.com/a.jpg' }, ...changes }],
})
const toCountry = (address: object): object => ({
  recipient: { name: 'A', address: { line1: 'b', city: 'c', postal_code: 'd', country: 'NL', ...address } },
})

const withoutUtrecht = async () =>
  (await api.context.facilities.all()).map((each) =>
    each.id === 'fac_utrecht' ? { ...each, status: 'paused' as const } : each,
  )

function expectProblem(answer: Answer, status: number, code: string, pointers: readonly string[]) {
  expect(issuesOf(Problem, answer.json)).toEqual([])
  expect(answer.headers.get('content-type')).toContain('application/problem+json')
  const found = (answer.json.errors ?? []).map(({ pointer }: { pointer: string }) => pointer)
  expect([answer.status, answer.json.code, found]).toEqual([status, code, pointers])
}

describe('a quote is refused', () => {
  test.each([
    ['an unknown field', request({ discount: -100 }), '/discount'],
    ['a price in the request', item({ price: 1 }), '/items/0/price'],
    ['no items', request({ items: [] }), '/items'],
    ['51 items', request({ items: Array(51).fill({ sku: 'poster-a3', quantity: 1 }) }), '/items'],
    ['a negative quantity', item({ quantity: -1 }), '/items/0/quantity'],
    ['a quantity of nothing', item({ quantity: 0 }), '/items/0/quantity'],
    ['half a copy', item({ quantity: 0.5 }), '/items/0/quantity'],
    ['a huge quantity', item({ quantity: 1e300 }), '/items/0/quantity'],
    ['a quantity in words', item({ quantity: '1' }), '/items/0/quantity'],
    ['an unknown product', item({ sku: 'mug' }), '/items/0/sku'],
    ['a name from Object', item({ sku: 'constructor' }), '/items/0/sku'],
    ['too many pages', item({ sku: 'softcover-a5', pages: 801 }), '/items/0/pages'],
    ['no pages where they have a price', item({ sku: 'softcover-a5' }), '/items/0/pages'],
    ['pages that are none', item({ sku: 'softcover-a5', pages: 'many' }), '/items/0/pages'],
    ['an option that it does not have', item({ options: { glitter: 'yes' } }), '/items/0/options/glitter'],
    ['an option from Object', item({ options: { toString: 'x' } }), '/items/0/options/toString'],
    ['a value that the option does not have', item({ options: { finish: 'wet' } }), '/items/0/options/finish'],
    ['a currency that is not sold in', request({ currency: 'XAU' }), '/currency'],
    ['a currency in lower case', request({ currency: 'eur' }), '/currency'],
    ['no country', to({}), '/recipient/country'],
    ['a country that does not exist', to({ country: 'XX' }), '/recipient/country'],
    ['a country in Cyrillic letters', to({ country: 'АТ' }), '/recipient/country'],
    ['a US address without its state', to({ country: 'US' }), '/recipient/state'],
    ['a list as recipient', to([]), '/recipient'],
  ])('%s', async (_name, body, pointer) => {
    expectProblem(await call('POST', '/v1/quotes', { body }), 422, 'invalid_request', [pointer])
  })

  test('what is not JSON, not UTF-8, too deep or too large', async () => {
    const deep = `{"recipient":${'['.repeat(50_000)}${']'.repeat(50_000)}}`
    for (const raw of ['{', '"\ud800"', deep, `{"a":"${'x'.repeat(1_100_000)}"}`]) {
      const { status, json } = await call('POST', '/v1/quotes', { raw })
      expect([400, 413, 422]).toContain(status)
      expect(issuesOf(Problem, json)).toEqual([])
    }
  })

  test('for want of a price, a tax or a rate, in the test world as in the live one', async () => {
    for (const key of [api.secretKey, api.liveSecretKey]) {
      const ask = (body: object) => call('POST', '/v1/quotes', { key, body })
      expectProblem(await ask(request({ currency: 'SEK' })), 422, 'price_unknown', ['/items/0/sku'])
      expectProblem(await ask(to({ country: 'JP' })), 422, 'tax_unknown', ['/recipient/country'])
      expectProblem(await ask(to({ country: 'US', state: 'ZZ' })), 422, 'tax_unknown', ['/recipient/state'])
      const canary = to({ country: 'ES', postal_code: '35001' })
      expectProblem(await ask(canary), 422, 'tax_unknown', ['/recipient/postal_code'])
    }
  })

  test('and so is an order, with the test key as with the live one', async () => {
    const express = { ...toCountry({ country: 'US', state: 'NY' }), shipping_method: 'express' }
    for (const key of [api.secretKey, api.liveSecretKey]) {
      expectProblem(await place(express, key), 422, 'shipping_unknown', [])
      expectProblem(await place(toCountry({ country: 'US' }), key), 422, 'invalid_request', [
        '/recipient/address/state',
      ])
      const pages = posters({
        sku: 'photobook-210x280',
        files: { images: Array(24).fill('https://a.eu/b') },
        pages: 26,
      })
      expectProblem(await place(pages, key), 422, 'invalid_request', ['/items/0/pages'])
    }
  })

  test('when no shipping method has a rate; nothing is sent for free', async () => {
    const books = (await api.context.prices.all()).map((book) => ({
      ...book,
      shipping: { ...book.shipping, zones: [] },
    }))
    const app = await createApp({ ...api.context, prices: { all: async () => books } }, 'http://127.0.0.1')
    const headers = { authorization: `Bearer ${api.secretKey}` }
    const answer = await app.inject({ method: 'POST', url: '/v1/quotes', headers, payload: request() })
    await app.close()
    expect([answer.statusCode, answer.json().code]).toEqual([422, 'shipping_unknown'])
    expect(answer.json().detail).toContain('fac_utrecht has no standard rate to NL in EUR')
  })

  test('by a key without the scope', async () => {
    const { status, json } = await call('POST', '/v1/quotes', { key: api.publishableKey, body: request() })
    expect([status, json.code]).toEqual([403, 'forbidden'])
  })
})

describe('an order that is not what was quoted', () => {
  test.each([
    ['another product', posters({ sku: 'poster-a2' }), ['/items/0/sku']],
    ['more copies', posters({ quantity: 2 }), ['/items/0/quantity']],
    ['another finish', posters({ options: { finish: 'satin' } }), ['/items/0/options/finish']],
    ['another country', toCountry({ country: 'DE' }), ['/recipient/address/country']],
    ['one item more', { items: Array(2).fill({ sku: 'poster-a3', quantity: 1, files_later: true }) }, ['/items']],
  ])('%s: refused at its place, with both values', async (_name, changes, pointers) => {
    const answer = await place({ quote_id: quoteId, ...changes })
    expectProblem(answer, 422, 'quote_mismatch', pointers)
    expect(answer.json.errors[0].detail).toMatch(/^was quoted as .+; found .+$/)
  })

  test('other pages, another state, a method that was not quoted', async () => {
    const items = [{ sku: 'softcover-a5', quantity: 1, pages: 40 }]
    const ask = (recipient: object) => call('POST', '/v1/quotes', { body: { recipient, items } })
    const send = (id: string, pages: number, address: object, method = 'standard') =>
      place({
        ...toCountry(address),
        ...{ quote_id: id, shipping_method: method },
        items: [{ ...items[0], pages, files: { interior: 'https://example.com/a.pdf' } }],
      })
    const { json: dutch } = await ask({ country: 'NL' })
    expectProblem(await send(dutch.id, 42, {}), 422, 'quote_mismatch', ['/items/0/pages'])
    const { json: american } = await ask({ country: 'US', state: 'NY' })
    const state = await send(american.id, 40, { country: 'US', state: 'NJ' })
    expectProblem(state, 422, 'quote_mismatch', ['/recipient/address/state'])
    const express = await send(american.id, 40, { country: 'US', state: 'New York' }, 'express')
    expectProblem(express, 422, 'quote_mismatch', ['/shipping_method'])
    expect((await send(american.id, 40, { country: 'US', state: 'New York' })).status).toBe(201)
  })

  test('a draft that is made elsewhere cannot be confirmed by it, and can without', async () => {
    const app = await createApp({ ...api.context, facilities: { all: withoutUtrecht } }, 'http://127.0.0.1')
    const headers = { ...fresh(), authorization: `Bearer ${api.secretKey}` }
    const payload = posterByUrl({ draft: true })
    const draft = await app.inject({ method: 'POST', url: '/v1/orders', headers, payload })
    await app.close()
    const confirm = (body?: object) => call('POST', `/v1/orders/${draft.json().id}/confirm`, body ? { body } : {})
    expectProblem(await confirm({ quote_id: quoteId }), 422, 'quote_mismatch', ['/quote_id'])
    expectProblem(await confirm({ quote_id: 'quo_a' }), 422, 'quote_invalid', ['/quote_id'])
    expectProblem(await confirm({ quote_id: 7 }), 422, 'invalid_request', ['/quote_id'])
    expectProblem(await confirm({ price: 0 }), 422, 'invalid_request', ['/price'])
    const confirmed = await confirm()
    expect([confirmed.status, confirmed.json.charges.shipping[0].facility_id]).toEqual([200, 'fac_leipzig'])
  })

  test('the default of an option may be said or not', async () => {
    const placed = await place({ quote_id: quoteId, ...posters({ options: { finish: 'matt' } }) })
    expect(placed.status).toBe(201)
  })
})

describe('a quote that is none', () => {
  const forged = async (id: string, key?: string) => {
    expectProblem(await place({ quote_id: id }, key), 422, 'quote_invalid', ['/quote_id'])
  }

  test('with any part changed', async () => {
    const [packed = '', signature = ''] = quoteId.slice(4).split('.')
    const flip = (text: string, place: number) =>
      `${text.slice(0, place)}${text[place] === 'A' ? 'B' : 'A'}${text.slice(place + 1)}`
    for (const place of [0, Math.floor(packed.length / 2), packed.length - 2]) {
      await forged(`quo_${flip(packed, place)}.${signature}`)
    }
    await forged(`quo_${packed}.${flip(signature, 5)}`)
    await forged(`quo_${packed}`)
    await forged(`quo_${packed}.`)
    await forged('quo_')
    await forged(`quo_${'A'.repeat(59_000)}.${signature}`)
  })

  test('of the other world, and of another account', async () => {
    await forged(quoteId, api.liveSecretKey)
    const content = readQuoteId(api.context.keyring, quoteId)
    if (!content) throw new Error('the quote cannot be read')
    await forged(quoteIdOf(api.context.keyring, { ...content, accountId: 'acc_other' }))
  })

  test('a bomb that is signed by nobody is not unpacked', async () => {
    const { deflateRawSync } = await import('node:zlib')
    const bomb = deflateRawSync(Buffer.alloc(20_000_000)).toString('base64url')
    await forged(`quo_${bomb}.${'A'.repeat(43)}`)
  })

  test('of a facility that no longer takes orders is over', async () => {
    const app = await createApp({ ...api.context, facilities: { all: withoutUtrecht } }, 'http://127.0.0.1')
    const headers = { ...fresh(), authorization: `Bearer ${api.secretKey}` }
    const payload = posterByUrl({ quote_id: quoteId })
    const answer = await app.inject({ method: 'POST', url: '/v1/orders', headers, payload })
    await app.close()
    expect([answer.statusCode, answer.json().code]).toEqual([409, 'quote_expired'])
  })

  test('too long, or of another form: a fault of the field', async () => {
    for (const id of ['ord_01k9zzzzzzzzzzzzzzzzzzzzzz', `quo_${'a'.repeat(60_000)}`, 7]) {
      expectProblem(await place({ quote_id: id }), 422, 'invalid_request', ['/quote_id'])
    }
  })
})
