import type {
  CheckoutChange,
  CheckoutRequest,
  CheckoutView,
  PayAnswer,
  PayRequest,
  PriceRequest,
} from '#contracts/checkout/checkout-view.ts'
import type { CheckoutPrice } from '#contracts/checkout/price.ts'

/** What the server answered: what was asked for, a refusal with its words, or nothing. */
export type Answer<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'lost' }

/** Of problem+json, what the page decides by. */
export type Refusal = {
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly errors: readonly { readonly pointer: string; readonly detail: string }[]
}

export type Requests = {
  readonly price: (body: PriceRequest) => Promise<Answer<CheckoutPrice>>
  readonly begin: (body: CheckoutRequest) => Promise<Answer<CheckoutView>>
  readonly read: (path: string) => Promise<Answer<CheckoutView>>
  readonly change: (path: string, body: CheckoutChange) => Promise<Answer<CheckoutView>>
  readonly pay: (path: string, body: PayRequest) => Promise<Answer<PayAnswer>>
}

const limitMs = 20_000

/** The checkout's own addresses, and no others: everything is of the same origin. */
export const createRequests = (send: typeof fetch): Requests => {
  const ask = async <T>(method: string, path: string, body: object | undefined, is: (value: unknown) => value is T) => {
    try {
      const response = await send(path, {
        method,
        headers: { accept: 'application/json', ...(body ? { 'content-type': 'application/json' } : {}) },
        ...(body ? { body: JSON.stringify(body) } : {}),
        signal: AbortSignal.timeout(limitMs),
      })
      return answerOf(response.status, await response.json(), is)
    } catch {
      // No connection, no answer in time, or no JSON: nobody knows what became of it, and asking again is safe.
      return { kind: 'lost' } as const
    }
  }
  return {
    price: (body) => ask('POST', '/checkout/prices', body, isPrice),
    begin: (body) => ask('POST', '/checkout/sessions', body, isView),
    read: (path) => ask('GET', `${path}/state`, undefined, isView),
    change: (path, body) => ask('PATCH', path, body, isView),
    pay: (path, body) => ask('POST', `${path}/pay`, body, isPayAnswer),
  }
}

function answerOf<T>(status: number, value: unknown, is: (value: unknown) => value is T): Answer<T> {
  if (status < 300 && is(value)) return { kind: 'done', value }
  const { code = '', detail = '', errors = [] } = isObject(value) ? value : {}
  return {
    kind: 'refused',
    refusal: {
      status,
      code: String(code),
      detail: String(detail),
      errors: Array.isArray(errors) ? errors.filter(isError) : [],
    },
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
const isOf = (value: unknown, object: string): boolean => isObject(value) && value.object === object
const isView = (value: unknown): value is CheckoutView => isOf(value, 'checkout')
const isPrice = (value: unknown): value is CheckoutPrice => isOf(value, 'price')
const isPayAnswer = (value: unknown): value is PayAnswer => isObject(value) && typeof value.redirect_url === 'string'
const isError = (value: unknown): value is Refusal['errors'][number] =>
  isObject(value) && typeof value.pointer === 'string' && typeof value.detail === 'string'
