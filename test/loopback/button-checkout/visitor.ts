import { checkoutUrl } from './checkout-world.ts'

export type Reply = {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: expectations look into answers field by field, and judge what they find.
  readonly json: any
}

export type Ask = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Readonly<Record<string, string>>,
) => Promise<Reply>

/** What a browser sends from the checkout's own page. */
export const fromOwnPage = { origin: checkoutUrl, 'sec-fetch-site': 'same-origin' } as const

/** A visitor of the checkout at `url`; follows no redirects. */
export const visitorOf =
  (url: string): Ask =>
  async (method, path, body, headers = fromOwnPage) => {
    const response = await fetch(`${url}${path}`, {
      method,
      redirect: 'manual',
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, headers: response.headers, text, json: jsonOf(text) }
  }

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export const buyer = {
  name: 'Ada Lovelace-Canary',
  email: 'ada.canary@example.com',
  phone: '+31 30 123 4567',
  address: { line1: 'Canarystraat 1', city: 'Utrecht', postal_code: '3511 AA', country: 'NL' },
} as const

export const cart = { offer: 0, quantity: 2, options: {} } as const

/** A checkout that is filled in, and what it costs. */
export async function filledIn(ask: Ask, publication: string, changes: object = {}) {
  const begun = await ask('POST', '/checkout/sessions', { start: { publication }, cart, language: 'nl' })
  if (begun.status !== 201) throw new Error(begun.text)
  const { path } = begun.json
  const change = { version: 1, buyer, shipping_method: 'standard', ...changes }
  const { status, json, text } = await ask('PATCH', path, change)
  if (status !== 200) throw new Error(text)
  const amount: number = json.price.methods[0].charges.gross
  return { path: String(path), version: Number(json.version), amount, view: json }
}

/** The id of the session in the address of the payment page. */
export const sessionOf = (address: string): string => /cs_\w+/.exec(address)?.[0] ?? ''
