import type { OrderView } from '#contracts/checkout/order-view.ts'
import type { Recipient } from '#contracts/order-api/recipient.ts'

/** What the server said: the order, the same as before, a no with the fields that it is about, or nothing. */
export type Answer =
  | { readonly kind: 'order'; readonly view: OrderView }
  | { readonly kind: 'same' }
  | { readonly kind: 'refused'; readonly code: string; readonly fields: readonly string[] }
  | { readonly kind: 'lost' }

export type OrderRequests = {
  readonly state: () => Promise<Answer>
  readonly cancel: () => Promise<Answer>
  readonly changeRecipient: (recipient: Omit<Recipient, 'email'>) => Promise<Answer>
}

const limitMs = 20_000

/** All lie under the page's own address; what it knows already is not sent again. */
export function createOrderRequests(path: string, send: typeof fetch): OrderRequests {
  let known = ''
  const ask = async (method: string, name: string, body?: object): Promise<Answer> => {
    const headers = {
      accept: 'application/json',
      ...(method === 'GET' && known !== '' ? { 'if-none-match': known } : {}),
      ...(body ? { 'content-type': 'application/json' } : {}),
    }
    try {
      const signal = AbortSignal.timeout(limitMs)
      const response = await send(`${path}/${name}`, {
        ...{ method, headers, signal },
        ...(body ? { body: JSON.stringify(body) } : {}),
      })
      if (response.status === 304) return { kind: 'same' }
      const value: unknown = await response.json()
      known = response.headers.get('etag') ?? ''
      return answerOf(response.ok, value)
    } catch {
      // No connection, no answer in time or no JSON: nobody knows what became of it, and asking again is safe.
      return { kind: 'lost' }
    }
  }
  return {
    state: () => ask('GET', 'state'),
    cancel: () => ask('POST', 'cancel'),
    changeRecipient: (recipient) => ask('PATCH', 'recipient', recipient),
  }
}

function answerOf(isOk: boolean, value: unknown): Answer {
  if (isOk) return isView(value) ? { kind: 'order', view: value } : { kind: 'lost' }
  const { code, errors, retryable } = isObject(value) ? value : {}
  if (retryable === true) return { kind: 'lost' }
  const pointers = Array.isArray(errors) ? errors.map((each) => (isObject(each) ? String(each.pointer) : '')) : []
  return { kind: 'refused', code: String(code), fields: pointers.map((each) => each.split('/').at(-1) ?? '') }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
const isView = (value: unknown): value is OrderView => isObject(value) && value.object === 'order_view'
