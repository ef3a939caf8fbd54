import { request } from 'node:http'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { linkPath } from '../../../services/button-checkout/checkouts/links.ts'
import { type CheckoutWorld, checkoutUrl, startCheckoutWorld } from './checkout-world.ts'
import { type Ask, buyer, cart, filledIn, fromOwnPage, visitorOf } from './visitor.ts'

let world: CheckoutWorld
let ask: Ask
let magazine: string
let known: { readonly path: string; readonly version: number; readonly amount: number }

beforeAll(async () => {
  world = await startCheckoutWorld()
  ask = visitorOf(world.url)
  magazine = await world.publish()
  known = await filledIn(ask, magazine)
})
afterAll(() => world.close())

test('every answer refuses frames, foreign scripts, guessing of types, and being kept; no address leaves in a Referer', async () => {
  const paths = [
    `/checkout?publication=${magazine}`,
    known.path,
    `${known.path}/state`,
    '/checkout/c/none',
    '/checkout/none',
    '/checkout/healthz',
  ]
  for (const path of paths) {
    const { headers } = await ask('GET', path)
    const policy = headers.get('content-security-policy') ?? ''
    for (const rule of [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "require-trusted-types-for 'script'",
    ]) {
      expect(policy.split('; '), path).toContain(rule)
    }
    expect(policy).not.toContain('unsafe')
    expect(policy).toContain(`form-action 'self' ${world.payments.standIn.url}`)
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('strict-transport-security')).toMatch(/^max-age=\d{8}/)
    // Anything but the default would cut off the page that opened it, which is told of the order.
    expect(headers.get('cross-origin-opener-policy')).toBeNull()
    expect(headers.get('set-cookie')).toBeNull()
    expect(headers.get('access-control-allow-origin')).toBeNull()
  }
})

test('pages load files that never change under their name, and no others', async () => {
  const { text } = await ask('GET', `/checkout?publication=${magazine}`)
  const files = [...text.matchAll(/\/checkout\/assets\/[\w.-]+/g)].map(([path]) => path)
  expect(files.length).toBeGreaterThan(1)
  for (const file of files) {
    const { status, headers } = await ask('GET', file)
    expect(status).toBe(200)
    expect(headers.get('cache-control')).toContain('immutable')
  }
  for (const path of ['manifest.json', '..%2f..%2fpackage.json', '%2e%2e/secret', 'checkout.js', '.']) {
    expect((await ask('GET', `/checkout/assets/${path}`)).status, path).toBe(404)
  }
})

const sites = [undefined, 'same-origin', 'same-site', 'cross-site', 'none'] as const
const origins = [
  undefined,
  checkoutUrl,
  'https://evil.example',
  `${checkoutUrl}.evil.example`,
  'http://checkout.example',
  'null',
] as const

test('whatever changes something is asked for by our own pages only: every pair of Sec-Fetch-Site and Origin', async () => {
  const writes = [
    ['POST', '/checkout/prices'],
    ['POST', '/checkout/sessions'],
    ['PATCH', known.path],
    ['POST', `${known.path}/pay`],
  ] as const
  const pairs = sites.flatMap((site) => origins.map((origin) => ({ site, origin })))
  for (const pair of pairs) {
    const wanted = isOwn(pair) ? [422, 'invalid_request'] : [403, 'cross_site']
    for (const [method, path] of writes) {
      const { status, json } = await raw(method, path, headersOf(pair))
      expect([status, json.code], `${method} ${path} ${JSON.stringify(pair)}`).toEqual(wanted)
    }
  }
})

type Pair = { readonly site: string | undefined; readonly origin: string | undefined }
const isOwn = ({ site, origin }: Pair): boolean =>
  [undefined, 'same-origin'].includes(site) && [undefined, checkoutUrl].includes(origin)
const headersOf = ({ site, origin }: Pair): Readonly<Record<string, string>> => ({
  ...(site ? { 'sec-fetch-site': site } : {}),
  ...(origin ? { origin } : {}),
})

/** As it stands: fetch adds headers of its own. */
function raw(method: string, path: string, headers: Readonly<Record<string, string>>) {
  return new Promise<{ readonly status: number; readonly json: { readonly code?: string } }>((resolve, reject) => {
    const sent = request(`${world.url}${path}`, { method, headers: { 'content-type': 'application/json', ...headers } })
    sent.once('error', reject)
    sent.once('response', async (response) => {
      const chunks = await response.toArray()
      resolve({ status: response.statusCode ?? 0, json: JSON.parse(Buffer.concat(chunks).toString()) })
    })
    sent.end('{}')
  })
}

test('1,000 hostile starts: a page each time, never a fault of ours, and nothing of them that runs', async () => {
  const names = [
    'publication',
    'account',
    'src',
    'title',
    'thumbnail',
    'pages',
    'width',
    'sku',
    'quantity',
    'currency',
    'country',
    'lang',
    'reference',
    'origin',
    'x',
  ]
  const nasty = fc.constantFrom(
    '</script><script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    'javascript:alert(1)',
    '\u0000',
    '%00',
    '%zz',
    '../../..',
    '__proto__',
    '99999999999999',
    '-1',
    'NaN',
    '\u202e',
    '\ud800',
  )
  const value = fc.oneof(nasty, fc.string({ unit: 'binary', maxLength: 60 }), fc.constant('a'.repeat(1500)))
  const query = fc.array(fc.tuple(fc.constantFrom(...names), value), { maxLength: 8 })
  await fc.assert(
    fc.asyncProperty(query, fc.boolean(), async (pairs, isKnown) => {
      const params = new URLSearchParams()
      for (const [name, text] of pairs) params.append(name, text.toWellFormed())
      if (isKnown) params.set('publication', magazine)
      const { status, text, headers } = await ask('GET', `/checkout?${params}`, undefined, {
        'accept-language': pairs[0]?.[1].replaceAll(/[^ -~]/g, '') ?? '',
      })
      expect(status).toBeLessThan(500)
      expect(headers.get('content-type')).toContain('text/html')
      expect(text).not.toContain('<script>alert')
      expect(text).not.toContain('<img src=x')
    }),
    { numRuns: 1000 },
  )
}, 180_000)

test('links cannot be guessed, and one kind of link is none of the other kind', async () => {
  const [, token = ''] = known.path.split('/c/')
  const [id = '', signature = ''] = token.split('.')
  const last = signature.endsWith('A') ? 'B' : 'A'
  const others = [
    `${id}.${signature.slice(0, -1)}${last}`,
    `${id}.`,
    id,
    `${id}.${'A'.repeat(43)}`,
    `${id.slice(0, -1)}0.${signature}`,
    `${token}x`,
    'x'.repeat(190),
    linkPath(world.context.keyring, 'order', id).split('/')[2] ?? '',
  ]
  for (const other of others) {
    expect((await ask('GET', `/checkout/c/${other}`)).status, other).toBe(404)
    expect((await ask('GET', `/checkout/c/${other}/state`)).status).toBe(404)
    expect((await ask('PATCH', `/checkout/c/${other}`, { version: 1 })).status).toBe(404)
    expect((await ask('POST', `/checkout/c/${other}/pay`, { version: 1, amount: 1, currency: 'EUR' })).status).toBe(404)
  }
})

test('bodies are small and strict: what a page would not send is refused with the field at fault', async () => {
  const large = await ask('POST', '/checkout/sessions', JSON.stringify({ start: {}, padding: 'x'.repeat(70_000) }))
  expect(large.json).toMatchObject({ status: 413, detail: 'The body may have 65536 bytes.' })
  expect((await ask('POST', '/checkout/prices', '{"start":', fromOwnPage)).json.code).toBe('malformed_json')
  const text = await ask('POST', '/checkout/prices', '{}', { ...fromOwnPage, 'content-type': 'text/plain' })
  expect(text.json.code).toBe('unsupported_media_type')
  const start = { publication: magazine }
  const price = (changes: object) =>
    ask('POST', '/checkout/prices', { start, cart: { ...cart, ...changes }, destination: { country: 'NL' } })
  const faults: readonly (readonly [object, string])[] = [
    [{ offer: 5 }, '/cart/offer'],
    [{ quantity: 0 }, '/cart/quantity'],
    [{ quantity: 1001 }, '/cart/quantity'],
    [{ options: { __proto: 'x' } }, '/cart/options/__proto'],
    [{ options: { finish: 'gold' } }, '/cart/options/finish'],
    [{ design: { crop: { x: 0, y: 0, width: 1, height: 1 } } }, '/cart/design'],
    [{ price: 1 }, '/cart/price'],
    [{ margin: { percent: 0 } }, '/cart/margin'],
  ]
  for (const [changes, pointer] of faults) {
    const { status, json } = await price(changes)
    expect([status, json.errors?.[0]?.pointer]).toEqual([422, pointer])
  }
})

test('one address, and the visitors of one account, are slowed down; others are not', async () => {
  const url = await world.anotherApp({ REQUESTS_OF_AN_ADDRESS: 5, CHECKOUTS_OF_AN_ACCOUNT: 2 })
  const visitor = visitorOf(url)
  const from = (address: string) =>
    visitor('GET', `/checkout?publication=${magazine}`, undefined, { 'x-forwarded-for': address })
  for (let times = 0; times < 5; times += 1) expect((await from('203.0.113.9')).status).toBe(200)
  const slowed = await from('198.51.100.1, 203.0.113.9')
  expect(slowed.status).toBe(429)
  expect(Number(slowed.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await from('203.0.113.9, 198.51.100.1')).status).toBe(200)
  const begin = (address: string) =>
    visitor(
      'POST',
      '/checkout/sessions',
      { start: { publication: magazine }, cart, language: 'en' },
      { 'x-forwarded-for': address },
    )
  expect((await begin('192.0.2.1')).status).toBe(201)
  expect((await begin('192.0.2.2')).status).toBe(201)
  expect((await begin('192.0.2.3')).json.code).toBe('rate_limited')
})

test('logs name routes and checkouts, and hold no address, mail, token or secret of a document', async () => {
  world.cdn.mode = 'down'
  await ask('GET', known.path)
  world.cdn.mode = 'up'
  await ask('GET', `${known.path}?x=canary-query`)
  await ask('GET', `/checkout?publication=${magazine}&reference=canary-reference`)
  const lines = world.logged.join('\n')
  expect(world.logged.length).toBeGreaterThan(100)
  expect(lines).toContain('"route":"/checkout/c/:token"')
  const [, token = ''] = known.path.split('/c/')
  const secrets = [
    buyer.name,
    buyer.email,
    buyer.address.line1,
    buyer.phone,
    token.split('.')[1] ?? '',
    'canary',
    '/sales/pub_',
    'quo_',
    'cs_test_',
    magazine,
  ]
  for (const secret of secrets) expect(lines.includes(secret), secret).toBe(false)
})
