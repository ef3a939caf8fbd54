import { setTimeout as wait } from 'node:timers/promises'
import { Type } from 'typebox'
import { matches, parse } from '#contracts/parse.ts'
import type { CanaryBuyer } from './canaries.ts'

export type Answer = {
  readonly status: number
  readonly text: string
  readonly location: string
  readonly json: unknown
}
export type Ask = (method: string, path: string, body?: unknown) => Promise<Answer>

/** As the checkout's own page asks, through the front door. Follows no redirect. */
export const browserAt =
  (baseUrl: string, signal: AbortSignal): Ask =>
  async (method, path, body) => {
    const headers = new Headers({ origin: baseUrl, 'sec-fetch-site': 'same-origin' })
    if (body !== undefined) headers.set('content-type', 'application/json')
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const response = await fetch(`${baseUrl}${path}`, {
      ...{ method, headers, redirect: 'manual', signal },
      ...(body === undefined ? {} : { body: text }),
    })
    const said = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json')
    const location = response.headers.get('location') ?? ''
    return { status: response.status, text: said, location, json: isJson ? JSON.parse(said) : undefined }
  }

const Priced = Type.Object({
  path: Type.String(),
  version: Type.Integer(),
  price: Type.Object({ methods: Type.Array(Type.Object({ charges: Type.Object({ gross: Type.Integer() }) })) }),
})
const Begun = Type.Object({ path: Type.String() })
const Payment = Type.Object({ redirect_url: Type.String() })
const cart = { offer: 0, quantity: 1, options: {} }

export type Filled = { readonly path: string; readonly version: number; readonly amount: number }

/** From the first page to an address that is filled in. */
export async function fillIn(ask: Ask, publication: string, buyer: CanaryBuyer): Promise<Filled> {
  const start = { publication, reference: 'page-7' }
  await until(async () => (await ask('GET', `/checkout?publication=${publication}`)).status === 200)
  await ask('POST', '/checkout/prices', { start, cart, destination: { country: 'NL', postal_code: '3511 AA' } })
  const begun = parse(
    'checkout',
    Begun,
    (await ask('POST', '/checkout/sessions', { start, cart, language: 'nl' })).json,
  )
  const { json } = await ask('PATCH', begun.path, { version: 1, buyer, shipping_method: 'standard' })
  const { path, version, price } = parse('checkout', Priced, json)
  return { path, version, amount: price.methods[0]?.charges.gross ?? 0 }
}

/** Address of the payment page. */
export async function goToPay(ask: Ask, { path, version, amount }: Filled): Promise<string> {
  const { json } = await ask('POST', `${path}/pay`, { version, amount, currency: 'EUR' })
  return parse('payment', Payment, json).redirect_url
}

/**
 * What people and their programs get wrong, with what they typed in hand. Gives the refusals of personal fields, which never say it again; what
 * stands where one of a few words belongs is told to who sent it.
 */
export async function goWrong(ask: Ask, { path, version }: Filled, buyer: CanaryBuyer): Promise<readonly Answer[]> {
  const { email, name } = buyer
  const wrong = { ...buyer, address: { ...buyer.address, country: 'Nowhere' } }
  await ask('PATCH', path, { version: version + 7, shipping_method: email })
  await ask('POST', `${path}/pay`, { version, amount: 1, currency: name })
  await ask('POST', '/checkout/sessions', { start: { publication: email }, cart, language: name })
  return Promise.all([
    ask('PATCH', path, { version, buyer: wrong }),
    ask('PATCH', path, { version, buyer: { ...buyer, note: email } }),
    ask('PATCH', path, { version, buyer: { ...buyer, phone: name } }),
    ask('PATCH', path, `{"version":${version},"buyer":{"email":"${email}",}`),
    ask('GET', `/checkout?publication=${encodeURIComponent(email)}`),
    ask('GET', `/order/${path.split('/').at(-1)}`),
    ask('POST', '/checkout/webhooks/stripe', { email, name }),
    ask('GET', `/checkout/c/${encodeURIComponent(email)}`),
    ask('GET', `/checkout/${encodeURIComponent(name)}`),
  ])
}

/** Waits for something that comes by itself; throws when it does not. */
export async function until(isSo: () => Promise<boolean>, withinMilliseconds = 300_000): Promise<void> {
  const end = performance.now() + withinMilliseconds
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error('What was waited for did not come')
    await wait(250)
  }
}

const Shown = Type.Object({ progress: Type.String() })

/** How far the order is, as its page says it. */
export async function progressOf(ask: Ask, order: string): Promise<string> {
  const { json } = await ask('GET', `${order}/state`)
  return matches(Shown, json) ? json.progress : 'unknown'
}
