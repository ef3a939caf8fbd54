import type { Read } from '../cache/freshness.ts'
import type {
  ConfirmRequest,
  ItemFiles,
  Link,
  Order,
  OrderActionList,
  OrderEventEntry,
  OrderEventList,
  OrderList,
  OrderPatch,
  OrderRequest,
  OrderRouting,
  ReprintRequest,
} from '../contract-types.ts'
import type { Call, CallOptions } from '../http/caller.ts'
import { malformed } from '../http/read-answer.ts'
import { everyEntry, segment, withQuery } from '../pages.ts'
import type { Spool } from '../spool/spool.ts'
import { placeBySpool, type SentOrders, sendSpooled, type World } from '../spool/spooled-orders.ts'
import { type Api, dataOf, type OnceOptions } from './api.ts'

export type OrderPageOptions = CallOptions & { readonly cursor?: string | undefined; readonly limit?: number }
export type OrderAction = OrderActionList['data'][number]

/** Placing orders, following them, changing what may still be changed. */
export type OrderCalls = {
  /** One order a key, for ever; the key is random unless you give your own. With a spool it is on disk before it is sent. */
  readonly create: (order: OrderRequest, options?: OnceOptions) => Promise<Order>
  readonly get: (id: string, options?: CallOptions) => Promise<Read<Order>>
  /** All of them, newest first; pages are fetched as you go. */
  readonly list: (options?: Omit<OrderPageOptions, 'cursor'>) => AsyncGenerator<Order>
  readonly page: (options?: OrderPageOptions) => Promise<Read<OrderList>>
  /** Why it is made where it is made. */
  readonly routing: (id: string, options?: CallOptions) => Promise<Read<OrderRouting>>
  /** What is still possible, and until when. */
  readonly actions: (id: string, options?: CallOptions) => Promise<Read<OrderAction[]>>
  /** A draft becomes an order and is charged: as quoted with a `quote_id`, else by the prices of the moment. */
  readonly confirm: (id: string, options?: OnceOptions & ConfirmRequest) => Promise<Order>
  /** Cancels it, or asks its facility to. */
  readonly cancel: (id: string, options?: OnceOptions) => Promise<Order>
  readonly hold: (id: string, options?: OnceOptions) => Promise<Order>
  readonly release: (id: string, options?: OnceOptions) => Promise<Order>
  /** What is left out stays. */
  readonly change: (id: string, change: OrderPatch, options?: OnceOptions) => Promise<Order>
  readonly replaceFiles: (id: string, itemId: string, files: ItemFiles, options?: OnceOptions) => Promise<Order>
  /** Everything that happened to it, oldest first. */
  readonly events: (id: string, options?: CallOptions) => Promise<Read<OrderEventEntry[]>>
  /** A new order that prints something of this one again. */
  readonly reprint: (id: string, request: ReprintRequest, options?: OnceOptions) => Promise<Order>
  /** A link to a print file, valid for a few minutes. */
  readonly printFileLink: (
    id: string,
    itemId: string,
    options?: CallOptions & { readonly component?: string },
  ) => Promise<Read<Link>>
  /** Sends what an earlier process left in the spool; to be called when yours starts, and now and then. */
  readonly sendSpooled: (options?: CallOptions) => Promise<SentOrders>
}

const nothingSpooled: SentOrders = { placed: [], refused: [], waiting: 0 }

export function orderCalls(api: Api, world: World, spool: Spool | undefined): OrderCalls {
  const { read, readNow, writeOnce, remember } = api
  const at = (id: string): string => `/v1/orders/${segment(id)}`
  const changed = async (call: Omit<Call, 'headers'>, options: OnceOptions = {}): Promise<Order> => {
    const order = await writeOnce<Order>(call, options)
    // Whatever says yes without being the order was not the API: a spooled one must stay on disk.
    if (order.object !== 'order' || typeof order.id !== 'string') throw malformed('There came no order')
    await remember(at(order.id), order)
    return order
  }
  const send = (order: OrderRequest, options: OnceOptions): Promise<Order> =>
    changed({ method: 'POST', path: '/v1/orders', body: order }, options)
  const page: OrderCalls['page'] = ({ cursor, limit, ...options } = {}) =>
    read(withQuery('/v1/orders', { cursor, limit }), options)
  const wish =
    (name: string) =>
    (id: string, options?: OnceOptions): Promise<Order> =>
      changed({ method: 'POST', path: `${at(id)}/${name}` }, options)
  return {
    create: (order, options = {}) =>
      spool === undefined ? send(order, options) : placeBySpool(spool, world, send, order, options),
    get: (id, options) => read(at(id), options),
    list: ({ limit = 100, ...options } = {}) => everyEntry((cursor) => page({ ...options, limit, cursor })),
    page,
    routing: (id, options) => read(`${at(id)}/routing`, options),
    actions: async (id, options) => dataOf(await readNow<OrderActionList>(`${at(id)}/actions`, options)),
    confirm: (id, { quote_id, ...options } = {}) =>
      changed({ method: 'POST', path: `${at(id)}/confirm`, body: quote_id === undefined ? {} : { quote_id } }, options),
    cancel: wish('cancel'),
    hold: wish('hold'),
    release: wish('release'),
    change: (id, body, options) => changed({ method: 'PATCH', path: at(id), body }, options),
    replaceFiles: (id, itemId, body, options) =>
      changed({ method: 'PUT', path: `${at(id)}/items/${segment(itemId)}/files`, body }, options),
    events: async (id, options) => dataOf(await read<OrderEventList>(`${at(id)}/events`, options)),
    reprint: (id, body, options) => changed({ method: 'POST', path: `${at(id)}/reprints`, body }, options),
    printFileLink: (id, itemId, { component, ...options } = {}) =>
      readNow(withQuery(`${at(id)}/items/${segment(itemId)}/print-file`, { component }), options),
    sendSpooled: async (options = {}) =>
      spool === undefined ? nothingSpooled : await sendSpooled(spool, world, send, options),
  }
}
