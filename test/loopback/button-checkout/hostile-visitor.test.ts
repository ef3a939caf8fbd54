import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CheckoutWorld, startCheckoutWorld } from './checkout-world.ts'
import { type Ask, buyer, cart, filledIn, fromOwnPage, sessionOf, visitorOf } from './visitor.ts'

let world: CheckoutWorld
let ask: Ask
let magazine: string

beforeAll(async () => {
  world = await startCheckoutWorld()
  ask = visitorOf(world.url)
  magazine = await world.publish({ offers: [{ sku: 'magazine-a4', margin: { amount: 317 } }] })
})
afterAll(() => world.close())

const idOf = (path: string): string => path.split('/')[3]?.split('.')[0] ?? ''
const sessions = (changes: object = {}) =>
  ask('POST', '/checkout/sessions', { start: { publication: magazine }, cart, language: 'en', ...changes })

test('what the publisher earns, whose account it is, and what a payment is made of are told to no visitor', async () => {
  const { path, version, amount, view } = await filledIn(ask, magazine)
  const answers = [JSON.stringify(view), (await ask('GET', path)).text, (await ask('GET', `${path}/state`)).text]
  const destination = { country: 'NL' }
  const price = await ask('POST', '/checkout/prices', { start: { publication: magazine }, cart, destination })
  const paying = await ask('POST', `${path}/pay`, { version, amount, currency: 'EUR' })
  const session = sessionOf(paying.json.redirect_url)
  answers.push(price.text, (await ask('GET', `/checkout?publication=${magazine}`)).text)
  world.payments.standIn.control.act(session, 'pay')
  const order = (await ask('GET', `${path}/done`)).headers.get('location') ?? ''
  answers.push((await ask('GET', order)).text, (await ask('GET', `${order}/state`)).text)
  const record = await world.context.store.find(idOf(path))
  const charged = record?.attempts[0]?.frozen.charges
  // It was charged all the same.
  expect(charged?.lines[0]?.margin).toBe(634)
  expect(charged?.gross).toBe(amount)
  const [, reference = ''] = /"reference":"(pi_\w+)"/.exec(JSON.stringify(record)) ?? []
  const secrets = ['"margin"', 'quo_', record?.accountId ?? '', reference, session, '/sales/', 'quoteId', 'acc_']
  for (const [place, text] of answers.entries()) {
    for (const secret of secrets) expect([place, secret, text.includes(secret)]).toEqual([place, secret, false])
  }
  const [line] = price.json.methods[0].charges.lines
  const { base, pages, options } = line.unit
  const sum = [base, pages, ...Object.values(options)].reduce((all: number, each) => all + Number(each), 0)
  expect(sum * line.quantity - line.discount).toBe(line.net)
})

test('mail goes to one address as people have them: others are refused field by field', async () => {
  const { path } = (await sessions()).json
  const change = (email: string) => ask('PATCH', path, { version: 1, buyer: { ...buyer, email } })
  const strange = ['"a,b"@example.com', '"x\\"<y>"@example.com', 'a@[127.0.0.1]', 'a@b', 'a@example.com,b@example.com']
  const steering = ['a@example.com\r\nBcc: b@example.com', 'Ada <a@example.com>', 'a@example.com;b@example.com']
  for (const email of [...strange, ...steering, 'a@example.com?cc=b@example.com', 'a@1.2.3.4', '@example.com']) {
    const { status, json } = await change(email)
    expect([email, status, json.errors?.[0]?.pointer]).toEqual([email, 422, '/buyer/email'])
  }
  expect((await change("o'neill+print@mail.example.museum")).status).toBe(200)
})

const nasty = fc.oneof(
  fc.constantFrom(
    '</script><script>alert(1)</script>',
    '\u202egnp',
    '\ud800',
    '\u0000',
    'a\r\nBcc: x',
    '{{7*7}}',
    '=1+1',
  ),
  fc.constantFrom<unknown>(-1, 0, 1e308, 0.1, null, [], {}, true, [[[]]], '9'.repeat(400), 2 ** 53),
  fc.jsonValue({ maxDepth: 4 }),
)
const places = ['start', 'cart', 'destination', 'buyer', 'shipping_method', 'language', 'version', 'amount', 'currency']
const inside = [
  'publication',
  'src',
  'title',
  'origin',
  'offer',
  'quantity',
  'options',
  'design',
  'country',
  'state',
  'email',
]

test('500 hostile bodies: refused or taken, never a fault of ours; what stands elsewhere is never changed by them', async () => {
  const { path, version, amount } = await filledIn(ask, magazine)
  const other = await filledIn(ask, magazine)
  const untouched = JSON.stringify(await world.context.store.find(idOf(other.path)))
  const sound = {
    '/checkout/prices': { start: { publication: magazine }, cart, destination: { country: 'NL' } },
    '/checkout/sessions': { start: { publication: magazine }, cart, language: 'en' },
    [path]: { version, buyer, cart, shipping_method: 'standard' },
    [`${path}/pay`]: { version, amount: amount + 1, currency: 'EUR' },
  }
  const body = fc.record({
    target: fc.constantFrom(...Object.entries(sound)),
    place: fc.constantFrom(...places),
    inner: fc.option(fc.constantFrom(...inside), { nil: undefined }),
    value: nasty,
  })
  await fc.assert(
    fc.asyncProperty(body, async ({ target: [address, whole], place, inner, value }) => {
      const known: unknown = Reflect.get(whole, place)
      const within = typeof known === 'object' && inner !== undefined ? { ...known, [inner]: value } : value
      const method = address === path ? 'PATCH' : 'POST'
      const { status, text } = await ask(method, address, { ...whole, [place]: within })
      expect([status < 500 || status === 503, status, text]).toEqual([true, status, text])
    }),
    { numRuns: 500 },
  )
  expect(JSON.stringify(await world.context.store.find(idOf(other.path)))).toBe(untouched)
}, 120_000)

test('bodies that are deep, say a field twice, or name what JavaScript keeps for itself end nothing and reach no object', async () => {
  const deep = `${'[{"a":'.repeat(5000)}1${'}]'.repeat(5000)}`
  const proto = `{"start":{"publication":"${magazine}","__proto__":{"is_test":false}},"cart":{"offer":0,"quantity":1,"options":{}},"language":"en"}`
  const built = proto.replace('__proto__', 'constructor')
  for (const text of [deep, proto, built, `${'['.repeat(30_000)}`, '{"__proto__":{"a":1}}']) {
    const { status } = await ask('POST', '/checkout/sessions', text, fromOwnPage)
    expect([400, 413, 415, 422]).toContain(status)
  }
  expect(Reflect.get({}, 'is_test')).toBeUndefined()
})

test('one address begins few checkouts, whatever it says of itself: those of others are not used up', async () => {
  const url = await world.anotherApp({ REQUESTS_OF_AN_ADDRESS: 50 })
  const visitor = visitorOf(url)
  const begin = (address: string) =>
    visitor(
      'POST',
      '/checkout/sessions',
      { start: { publication: magazine }, cart, language: 'en' },
      {
        'x-forwarded-for': address,
        'content-type': 'application/json',
      },
    )
  const spoofed = await Promise.all(Array.from({ length: 20 }, (_, n) => begin(`10.0.0.${n}, 203.0.113.7`)))
  expect(spoofed.filter(({ status }) => status === 201).length).toBeLessThanOrEqual(6)
  const household = await Promise.all(Array.from({ length: 20 }, (_, n) => begin(`2001:db8:0:1::${n}`)))
  expect(household.filter(({ status }) => status === 201).length).toBeLessThanOrEqual(6)
  expect((await begin('198.51.100.1')).status).toBe(201)
})
