import { request } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { linkPath } from '../../../services/button-checkout/checkouts/links.ts'
import { type CheckoutWorld, startCheckoutWorld } from './checkout-world.ts'
import { type Ask, filledIn, fromOwnPage, sessionOf, visitorOf } from './visitor.ts'

/** `link`: the kind that opens it. `answer`: of a request that is in order but for its body, which is `{}`. `file`: kept for good. */
type Row = {
  readonly route: string
  readonly link?: 'checkout' | 'order'
  readonly answer: number
  readonly kind?: 'file' | 'signed'
}

/** Who may ask for what; a route without a row fails. What writes (all but GET, and what is signed) is for our own pages alone. */
const table: readonly Row[] = [
  { route: 'GET /checkout', answer: 200 },
  { route: 'POST /checkout/prices', answer: 422 },
  { route: 'POST /checkout/sessions', answer: 422 },
  { route: 'GET /checkout/c/:token', link: 'checkout', answer: 200 },
  { route: 'GET /checkout/c/:token/state', link: 'checkout', answer: 200 },
  { route: 'PATCH /checkout/c/:token', link: 'checkout', answer: 422 },
  { route: 'POST /checkout/c/:token/pay', link: 'checkout', answer: 422 },
  { route: 'GET /checkout/c/:token/done', link: 'checkout', answer: 303 },
  { route: 'GET /checkout/c/:token/back', link: 'checkout', answer: 303 },
  { route: 'GET /order/:token', link: 'order', answer: 200 },
  { route: 'GET /order/:token/state', link: 'order', answer: 200 },
  { route: 'GET /order/:token/invoice.pdf', link: 'order', answer: 200 },
  { route: 'PATCH /order/:token/recipient', link: 'order', answer: 422 },
  { route: 'POST /order/:token/cancel', link: 'order', answer: 200 },
  { route: 'GET /checkout/assets/:file', answer: 200, kind: 'file' },
  { route: 'GET /checkout/healthz', answer: 200 },
  { route: 'POST /checkout/webhooks/stripe', answer: 401, kind: 'signed' },
]

type Caller = {
  readonly name: string
  readonly isStranger: boolean
  readonly headers: Readonly<Record<string, string>>
}
const evil = 'https://evil.example'
const callers: readonly Caller[] = [
  { name: 'no browser', isStranger: false, headers: {} },
  { name: 'our own page', isStranger: false, headers: fromOwnPage },
  { name: 'another site', isStranger: true, headers: { origin: evil, 'sec-fetch-site': 'cross-site' } },
  { name: 'another site in an old browser', isStranger: true, headers: { origin: evil } },
  { name: 'a sandboxed frame', isStranger: true, headers: { origin: 'null' } },
  { name: 'a sibling of our site', isStranger: true, headers: { 'sec-fetch-site': 'same-site' } },
]

let world: CheckoutWorld
let ask: Ask
let magazine: string
/** Tokens of one checkout that is being filled in, and of one that was paid. */
const tokens = { checkout: '', order: '', otherOrder: '', otherCheckout: '' }
let file = ''

beforeAll(async () => {
  world = await startCheckoutWorld()
  ask = visitorOf(world.url)
  magazine = await world.publish()
  tokens.checkout = tokenOf((await filledIn(ask, magazine)).path)
  const { path, version, amount } = await filledIn(ask, magazine)
  const { json } = await ask('POST', `${path}/pay`, { version, amount, currency: 'EUR' })
  world.payments.standIn.control.act(sessionOf(json.redirect_url), 'pay')
  tokens.order = tokenOf((await ask('GET', `${path}/done`)).headers.get('location') ?? '')
  tokens.otherCheckout = tokenOf(linkPath(world.context.keyring, 'checkout', idOf(tokens.order)))
  tokens.otherOrder = tokenOf(linkPath(world.context.keyring, 'order', idOf(tokens.checkout)))
  const page = await ask('GET', `/checkout?publication=${magazine}`)
  file = /\/checkout\/assets\/([\w.-]+\.css)/.exec(page.text)?.[1] ?? ''
})
afterAll(() => world.close())

const tokenOf = (path: string): string => path.split('/').at(-1) ?? ''
const idOf = (token: string): string => token.split('.')[0] ?? ''

test('every route of the checkout has a row, and every row is a route', () => {
  expect(world.routes.toSorted()).toEqual(table.map(({ route }) => route).toSorted())
})

const hidden = ['set-cookie', 'access-control-allow-origin', 'server', 'x-powered-by']

test('every route × who asks: reading is the same for all, writing is for our own pages alone, and nothing is kept or shared', async () => {
  for (const [row, { name, isStranger, headers }] of table.flatMap((each) =>
    callers.map((one) => [each, one] as const),
  )) {
    const found = await knock(row, row.link ? tokens[row.link] : '', headers)
    const isBarred = isWriting(row) && isStranger
    const what = `${row.route} by ${name}`
    const wanted = isBarred ? [403, 'cross_site'] : [row.answer, found.code]
    expect([what, found.status, found.code]).toEqual([what, ...wanted])
    const kept = row.kind === 'file' ? expect.stringContaining('immutable') : 'no-store'
    expect([what, found.headers['cache-control']]).toEqual([what, kept])
    expect([what, hidden.filter((header) => found.headers[header] !== undefined)]).toEqual([what, []])
  }
})

test('a link opens the routes of its own kind alone, also where its checkout was bought and where it was not', async () => {
  const wrong = { checkout: [tokens.order, tokens.otherOrder], order: [tokens.checkout, tokens.otherCheckout] }
  for (const row of table.filter(({ link }) => link !== undefined)) {
    for (const token of row.link ? wrong[row.link] : []) {
      const { status } = await knock(row, token, fromOwnPage)
      // What is sent is looked at first; that tells nothing of the link.
      expect([row.route, status]).toEqual([row.route, row.answer === 422 ? 422 : 404])
    }
  }
  // The right kind, of something that nobody bought.
  const { status } = await knock({ route: 'GET /order/:token', answer: 404 }, tokens.otherOrder, {})
  expect(status).toBe(404)
})

test('no header and no form makes a reading request write, or another type of body be read', async () => {
  for (const name of ['x-http-method-override', 'x-http-method', 'x-method-override']) {
    const path = `/checkout/c/${tokens.checkout}/pay?_method=POST`
    expect((await ask('GET', path, undefined, { [name]: 'POST' })).status).toBe(405)
  }
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonp',
  ]) {
    const { status } = await ask('POST', '/checkout/prices', '{}', { ...fromOwnPage, 'content-type': type })
    expect([type, status]).toEqual([type, 415])
  }
})

const isWriting = ({ route, kind }: Row): boolean => !route.startsWith('GET ') && kind !== 'signed'

/** Without the headers that fetch adds of its own. */
function knock({ route }: Row, token: string, headers: Readonly<Record<string, string>>) {
  const [method, pattern = ''] = route.split(' ')
  const path = pattern.replace(':token', token).replace(':file', file)
  const query = path === '/checkout' ? `?publication=${magazine}` : ''
  type Answer = { status: number; headers: NodeJS.Dict<string | string[]>; code: unknown }
  return new Promise<Answer>((resolve, reject) => {
    const body = method === 'GET' || path.endsWith('/cancel') ? undefined : '{}'
    const sent = request(`${world.url}${path}${query}`, {
      method,
      headers: { ...(body ? { 'content-type': 'application/json' } : {}), ...headers },
    })
    sent.once('error', reject)
    sent.once('response', async (response) => {
      const text = Buffer.concat(await response.toArray()).toString()
      const isJson = response.headers['content-type']?.includes('json')
      resolve({
        status: response.statusCode ?? 0,
        headers: response.headers,
        code: isJson ? JSON.parse(text).code : undefined,
      })
    })
    sent.end(body)
  })
}
