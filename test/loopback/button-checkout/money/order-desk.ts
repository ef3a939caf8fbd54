import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { newId } from '#chassis/ids.ts'
import type { Keyring } from '#chassis/keyring.ts'
import { OrderRequest } from '#contracts/order-api/order-request.ts'
import { parse } from '#contracts/parse.ts'
import { readQuoteId } from '#pricing/quote-token.ts'
import { quotedItemOf } from '#pricing/quoted-charges.ts'

export type DeskOrder = {
  readonly id: string
  readonly checkoutId: string
  readonly accountId: string
  readonly isTest: boolean
  readonly request: OrderRequest
  readonly body: string
  stage: 'grace' | 'in_production' | 'shipped' | 'cancelled'
  refunded: number
  updatedAt: string
}

/** down: nobody there. broken: 503. lost: it is done and nobody hears of it. refuses: it will never be taken. shut: our key is not known. */
export type Weather = 'fine' | 'down' | 'broken' | 'lost' | 'refuses' | 'shut'

/**
 * What the checkout asks of order-api, over HTTP, with its rules for paid orders: one order a key, the quote must be ours, of this account and
 * world, of these items, and paid to the unit. Its news come as order-api sends them: in the order of changes, the last one twice.
 */
export async function startDesk(keyring: Keyring, now: () => Date) {
  const orders = new Map<string, DeskOrder>()
  const news: { checkoutId: string; at: string; shown: object }[] = []
  const state: { weather: Weather; asked: number } = { weather: 'fine', asked: 0 }
  const tell = (order: DeskOrder): void => {
    order.updatedAt = now().toISOString()
    news.push({ checkoutId: order.checkoutId, at: order.updatedAt, shown: standingOf(order) })
  }
  const place = (request: IncomingMessage, text: string): readonly [number, object] => {
    const key = String(request.headers['idempotency-key'])
    const known = orders.get(key)
    if (known) return known.body === text ? [201, orderOf(known)] : [422, problem('idempotency_key_reused')]
    if (state.weather === 'refuses') return [422, problem('price_unknown')]
    const order: DeskOrder = {
      id: newId('ord', now()),
      checkoutId: key,
      accountId: String(request.headers['printcloud-account']),
      isTest: String(request.headers.authorization).includes('_test_'),
      request: parse('order', OrderRequest, JSON.parse(text)),
      body: text,
      ...{ stage: 'grace', refunded: 0, updatedAt: '' },
    }
    const wrong = faultOf(keyring, order)
    if (wrong !== undefined) return [422, problem('quote_mismatch', wrong)]
    orders.set(key, order)
    tell(order)
    return [201, orderOf(order)]
  }
  const answer = async (request: IncomingMessage, text: string): Promise<readonly [number, object]> => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://desk')
    if (state.weather === 'shut') return [401, problem('unauthenticated')]
    if (pathname === '/v1/orders') return place(request, text)
    if (pathname === '/v1/sales') {
      const isTest = String(request.headers.authorization).includes('_test_')
      return [200, salesFrom(news, searchParams.get('after'), isTest)]
    }
    const known = [...orders.values()].find(({ id }) => pathname.startsWith(`/v1/orders/${id}`))
    if (known && pathname.endsWith('/cancel')) {
      Object.assign(known, { stage: 'cancelled', refunded: known.request.sale?.amount })
      tell(known)
    }
    return known ? [200, orderOf(known)] : [404, problem('not_found')]
  }
  const server = createServer((request, response) => {
    void respond(request, response)
  })
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(Buffer.from(chunk))
    state.asked += 1
    if (state.weather === 'down') return void request.socket.destroy()
    const [status, body] =
      state.weather === 'broken'
        ? [503, problem('unavailable')]
        : await answer(request, Buffer.concat(chunks).toString())
    if (state.weather === 'lost') return void request.socket.destroy()
    response.writeHead(status, { 'content-type': status < 300 ? 'application/json' : 'application/problem+json' })
    response.end(JSON.stringify(body))
  }
  const port = await new Promise<number>((done) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      done(typeof address === 'object' && address ? address.port : 0)
    })
  })
  return {
    url: `http://127.0.0.1:${port}`,
    orders,
    state,
    /** Takes place at order-api: what goes back to the customer in all, and how the order stands then. */
    change: (checkoutId: string, stage: DeskOrder['stage'], refunded: number) => {
      const order = orders.get(checkoutId)
      if (!order) throw new Error(`There is no order of ${checkoutId}`)
      Object.assign(order, { stage, refunded })
      tell(order)
    },
    close: () =>
      new Promise<void>((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

export type Desk = Awaited<ReturnType<typeof startDesk>>

const retryable = ['unavailable']
const problem = (code: string, detail = 'as told') => ({
  type: 'about:blank',
  title: code,
  ...{ code, detail, retryable: retryable.includes(code) },
})

function salesFrom(news: readonly { shown: object }[], after: string | null, isTest: boolean) {
  const from = Number(after ?? 0)
  const page = news.slice(from, from + 20)
  const data = page.map(({ shown }) => shown).filter((shown) => 'is_test' in shown && shown.is_test === isTest)
  // The last one comes again.
  const next = Math.max(from, from + page.length - 1)
  return { data, next: String(news.length - from <= 1 ? from : next) }
}

/** What is wrong with an order that says it was paid. */
function faultOf(keyring: Keyring, { request, accountId, isTest, checkoutId }: DeskOrder): string | undefined {
  const { sale, quote_id: quoteId = '', items, shipping_method: method, recipient } = request
  const quote = readQuoteId(keyring, quoteId)
  const charges = quote?.options.find((each) => each.method === method)?.charges
  if (!sale || !quote || !charges) return 'no sale, or no quote of ours'
  if (quote.accountId !== accountId || quote.isTest !== isTest) return 'another account or world'
  if (sale.checkout_id !== checkoutId) return 'another checkout'
  if (quote.expiresAt <= sale.paid_at) return 'paid after the quote was over'
  if (sale.amount !== charges.gross || sale.currency !== charges.currency) return 'not what was paid'
  if (quote.country !== recipient.address.country) return 'another country'
  const [item] = items
  const [quoted] = quote.items
  if (items.length !== 1 || item === undefined) return 'not one item'
  const { sku, quantity, pages, options = {} } = item
  const wanted = quotedItemOf({ sku, quantity, options, ...(pages === undefined ? {} : { pages }) })
  const isSame = JSON.stringify(wanted) === JSON.stringify(quoted)
  return isSame ? undefined : 'other items than were quoted'
}

const itemsOf = ({ id }: DeskOrder) => [{ id: `itm_${id.slice(4)}`, status: 'ready' }]

const orderOf = (order: DeskOrder) => ({
  object: 'order',
  id: order.id,
  is_test: order.isTest,
  stage: order.stage,
  payment: 'paid',
  is_held: false,
  items: itemsOf(order),
  shipments: [],
  sale: { checkout_id: order.checkoutId, refunded: order.refunded },
  updated_at: order.updatedAt,
})

const standingOf = (order: DeskOrder) => ({
  checkout_id: order.checkoutId,
  order_id: order.id,
  account_id: order.accountId,
  is_test: order.isTest,
  stage: order.stage,
  payment: 'paid',
  is_held: false,
  refunded: order.refunded,
  items: itemsOf(order),
  shipments: [],
  updated_at: order.updatedAt,
})
