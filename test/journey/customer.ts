import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Static, TSchema } from 'typebox'
import { File, type FileRequest } from '#contracts/order-api/file.ts'
import { Order } from '#contracts/order-api/order.ts'
import { OrderEventList } from '#contracts/order-api/order-lists.ts'
import type { OrderRequest } from '#contracts/order-api/order-request.ts'
import { Link } from '#contracts/order-api/problem.ts'
import { parse } from '#contracts/parse.ts'
import { eventually } from './eventually.ts'

export type Upload = {
  readonly filename: string
  readonly type: FileRequest['content_type']
  readonly bytes: Uint8Array
}
type Call = { readonly body?: unknown; readonly key?: string }

/** A caller of the public API who does what the docs tell: the same request again after a lost answer or a 5xx. */
export type Customer = {
  /** The answer's JSON, checked against the contract. */
  readonly read: <S extends TSchema>(schema: S, path: string) => Promise<Static<S>>
  readonly send: (path: string, call: Call) => Promise<Response>
  readonly announce: (
    upload: Pick<Upload, 'filename' | 'type'> & { readonly size: number },
  ) => Promise<Static<typeof File>>
  /** Uploads and returns the id of the file. */
  readonly upload: (upload: Upload) => Promise<string>
  readonly place: (order: OrderRequest, key?: string) => Promise<Order>
  readonly order: (id: string) => Promise<Order>
  readonly events: (id: string) => Promise<Static<typeof OrderEventList>['data']>
  /** Waits until the order is `shipped` (or `delivered`), `rejected` or `cancelled`. */
  readonly arrival: (id: string, seconds?: number) => Promise<Order>
  /** The same, and a shipped one until it is `delivered`, with all its parcels: the last word of a shop, lost when the queue is. */
  readonly delivery: (id: string, seconds?: number) => Promise<Order>
  /** The bytes behind one of an item's links, such as `print-file?component=cover`. */
  readonly fetchLink: (order: Order, itemId: string, link: string) => Promise<Response>
}

/** Long enough for any restart of a process that a test kills. */
const patienceMilliseconds = 60_000
const pauseMilliseconds = 100

export function createCustomer(baseUrl: () => string, secretKey: string): Customer {
  const send = (path: string, { body, key }: Call = {}) =>
    untilAnswered(() =>
      fetch(`${baseUrl()}${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers: {
          authorization: `Bearer ${secretKey}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(key === undefined ? {} : { 'idempotency-key': key }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(30_000),
      }),
    )
  const call = async <S extends TSchema>(schema: S, path: string, rest: Call = {}): Promise<Static<S>> => {
    const answer = await send(path, rest)
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${text}`)
    return parse(path, schema, JSON.parse(text))
  }
  const announce: Customer['announce'] = ({ filename, type, size }) =>
    call(File, '/v1/files', { body: { filename, content_type: type, size_bytes: size } })
  const order = (id: string) => call(Order, `/v1/orders/${id}`)
  return {
    read: (schema, path) => call(schema, path),
    send,
    announce,
    upload: async ({ filename, type, bytes }) => {
      const { id, upload } = await announce({ filename, type, size: bytes.length })
      if (!upload) throw new Error('no place to upload to')
      const stored = await untilAnswered(() => fetch(upload.url, { ...upload, body: Buffer.from(bytes) }))
      if (!stored.ok) throw new Error(`storage answered ${stored.status}: ${await stored.text()}`)
      await stored.body?.cancel()
      return id
    },
    place: (body, key = randomUUID()) => call(Order, '/v1/orders', { body, key }),
    order,
    events: async (id) => (await call(OrderEventList, `/v1/orders/${id}/events`)).data,
    arrival: (id, seconds) => arrival(order, id, seconds),
    delivery: (id, seconds) => arrival(order, id, seconds, isDelivered),
    fetchLink: async ({ id }, itemId, link) => {
      const { url } = await call(Link, `/v1/orders/${id}/items/${itemId}/${link}`)
      const file = await fetch(url)
      if (!file.ok) throw new Error(`${link} of ${itemId}: the link answered ${file.status}`)
      return file
    },
  }
}

async function untilAnswered(attempt: () => Promise<Response>): Promise<Response> {
  const end = performance.now() + patienceMilliseconds
  for (;;) {
    try {
      const answer = await attempt()
      if (answer.status < 500 || performance.now() > end) return answer
      await answer.body?.cancel()
    } catch (error) {
      if (performance.now() > end) throw error
    }
    await pause(pauseMilliseconds)
  }
}

export const arrived: readonly Order['stage'][] = ['shipped', 'delivered']
const endedBadly = ({ stage }: Order): boolean => stage === 'rejected' || stage === 'cancelled'
const isArrived = (order: Order): boolean => endedBadly(order) || arrived.includes(order.stage)

/** Statuses overtake each other on their way: `delivered` may be there before the parcel that was. */
const isDelivered = (order: Order): boolean =>
  endedBadly(order) ||
  (order.stage === 'delivered' &&
    order.items.every(({ id, status }) => status === 'failed' || order.shipments.some(({ item_id }) => item_id === id)))

function arrival(
  read: (id: string) => Promise<Order>,
  id: string,
  seconds: number | undefined,
  isOver: (order: Order) => boolean = isArrived,
): Promise<Order> {
  let last: Order | undefined
  const seen = () => `${id}: ${last?.stage} ${last?.items.map(({ sku, status }) => `${sku} ${status}`).join(', ')}`
  const look = async () => {
    last = await read(id)
    return isOver(last) ? last : undefined
  }
  return eventually('the order ends', look, { seen, ...(seconds === undefined ? {} : { seconds }) })
}
