import type { Cart, Destination } from '#contracts/checkout/cart.ts'
import {
  CheckoutChange,
  CheckoutRequest,
  type CheckoutView,
  PayRequest,
  PriceRequest,
} from '#contracts/checkout/checkout-view.ts'
import type { CheckoutPrice } from '#contracts/checkout/price.ts'
import type { Shop } from '#contracts/checkout/shop.ts'
import type { Charges } from '#contracts/order-api/charges.ts'
import { parse } from '#contracts/parse.ts'
import { type ProblemCode, problemCodes } from '#contracts/problem-codes.ts'

export const token = `chk_01k9x000000000000000000000.${'a'.repeat(43)}`
export const checkoutPath = `/checkout/c/${token}`

export type Answered = { readonly status: number; readonly body: object }

export function problem(code: ProblemCode, errors: readonly string[] = []): Answered {
  const { status, title, isRetryable } = problemCodes[code]
  const faults = errors.map((pointer) => ({ pointer, detail: 'was found to be wrong; it must be right' }))
  return {
    status,
    body: {
      type: `#${code}`,
      title,
      status,
      code,
      detail: title,
      request_id: 'req',
      retryable: isRetryable,
      errors: faults,
    },
  }
}

/** The checkout's JSON as its contracts say it, with prices by a short rule and a book of what was asked. */
export function scriptedCheckout(shop: Shop) {
  let view: CheckoutView | undefined
  let perCopy = 1286
  const asked: string[] = []
  /** What the next request of a kind is answered with instead. */
  const instead: { match: string; answer: Answered | 'hang' | 'cut' }[] = []

  const price = (cart: Cart, destination: Destination): CheckoutPrice => ({
    ...{ object: 'price', currency: shop.currency, as_of: '2026-11-21T12:00:00Z' },
    methods: (['standard', 'express'] as const).map((shipping_method, index) => ({
      shipping_method,
      charges: chargesOf(cart, destination, perCopy + cart.offer * 981, index === 0 ? 475 : 1250),
      ...(index === 0
        ? { earliest: '2026-11-26', latest: '2026-11-30' }
        : { earliest: '2026-11-24', latest: '2026-11-25' }),
    })),
  })
  const handlers = {
    'POST /checkout/prices': (body: unknown): Answered => {
      const { cart, destination } = parse('prices', PriceRequest, body)
      if (destination.country === 'US' && !destination.state) return problem('invalid_request', ['/destination/state'])
      return { status: 200, body: price(cart, destination) }
    },
    'POST /checkout/sessions': (body: unknown): Answered => {
      const { start, cart, destination = { country: 'NL' }, language } = parse('session', CheckoutRequest, body)
      view = {
        ...{ object: 'checkout', id: token.slice(0, 30), path: checkoutPath, version: 1, is_test: true, state: 'open' },
        ...{ start, cart, destination, language, price: price(cart, destination) },
      }
      return { status: 201, body: view }
    },
    [`PATCH ${checkoutPath}`]: (body: unknown): Answered => {
      const { version, ...change } = parse('change', CheckoutChange, body)
      if (!view) return problem('not_found')
      if (version !== view.version) return problem('version_conflict')
      const next = { ...view, ...change, version: version + 1 }
      view = { ...next, price: price(next.cart, next.destination ?? { country: 'NL' }) }
      return { status: 200, body: view }
    },
    [`GET ${checkoutPath}/state`]: (): Answered => (view ? { status: 200, body: view } : problem('not_found')),
    [`POST ${checkoutPath}/pay`]: (body: unknown): Answered => {
      const { version, amount } = parse('pay', PayRequest, body)
      if (!view) return problem('not_found')
      if (version !== view.version) return problem('version_conflict')
      const now = price(view.cart, view.destination ?? { country: 'NL' })
      const method =
        now.methods.find(({ shipping_method }) => shipping_method === view?.shipping_method) ?? now.methods[0]
      if (method?.charges.gross !== amount) {
        view = { ...view, price: now }
        return problem('price_changed')
      }
      return { status: 200, body: { redirect_url: '/payment-page' } }
    },
  }
  return {
    asked,
    instead,
    view: () => view,
    /** Another window, another price book. */
    edit: (part: Partial<CheckoutView>) => {
      if (view) view = { ...view, ...part, version: view.version + 1 }
    },
    setPrice: (wanted: number) => {
      perCopy = wanted
    },
    answer: (line: string, body: unknown): Answered | 'hang' | 'cut' | undefined => {
      asked.push(line)
      const at = instead.findIndex(({ match }) => line.startsWith(match))
      if (at >= 0) return instead.splice(at, 1)[0]?.answer
      const handler = Object.entries(handlers).find(([each]) => each === line)?.[1]
      return handler?.(body)
    },
  }
}
export type ScriptedCheckout = ReturnType<typeof scriptedCheckout>

/** VAT in the price in Europe, sales tax on top in the United States. */
function chargesOf(cart: Cart, { country }: Destination, perCopy: number, shipping: number): Charges {
  const isUs = country === 'US'
  const rate = isUs ? 7.25 : 21
  const tax = {
    ...{ kind: isUs ? ('sales_tax' as const) : ('vat' as const), jurisdiction: country, rate_percent: rate },
    is_inclusive: !isUs,
  }
  const priced = (amount: number) => {
    const net = isUs ? amount : Math.round(amount / 1.21)
    const tax_amount = isUs ? Math.round((amount * rate) / 100) : amount - net
    return { net, tax_amount, gross: net + tax_amount, tax }
  }
  const line = priced(perCopy * cart.quantity)
  const sent = priced(shipping)
  return {
    currency: 'EUR',
    ...{ net: line.net + sent.net, tax_amount: line.tax_amount + sent.tax_amount, gross: line.gross + sent.gross },
    lines: [
      {
        ...{ item: 0, sku: 'magazine-a4', quantity: cart.quantity, discount: 0, ...line },
        unit: { base: perCopy, pages: 0, options: {} },
      },
    ],
    shipping: [
      {
        ...{ facility_id: 'fac_a', method: 'standard', items: [0], parcels: 1, weight_grams: 300, ...sent },
        ...{ earliest: '2026-11-26', latest: '2026-11-30' },
      },
    ],
    duty: { terms: 'none', detail: '' },
  }
}
