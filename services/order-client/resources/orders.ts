import type { Read } from '../cache/freshness.ts'
import type {
  ItemFiles,
  Link,
  Order,
  OrderActionList,
  OrderEventEntry,
  OrderEventList,
  OrderList,
  OrderRequest,
  ReprintRequest,
} from '../contract-types.ts'
import { arrivedPerhaps, type CallOptions } from '../http/caller.ts'
import { everyEntry, segment, withQuery } from '../pages.ts'
import { PrintcloudError } from '../printcloud-error.ts'
import type { Spool } from '../spool/spool.ts'
import { placeBySpool, type SentOrders, sendSpooled, type World } from '../spool/spooled-orders.ts'
import { type Api, dataOf, type OnceOptions } from './api.ts'

export type OrderPageOptions = CallOptions & { readonly cursor?: string | undefined; readonly limit?: number }
export type OrderAction = OrderActionList['data'][number]
/** What is left out stays. */
export type OrderChange = Partial<Pick<OrderRequest, 'recipient' | 'shipping_method'>>

/** Placing orders, following them, changing what may still be changed. */
export type OrderCalls = {
  /** One order a key, for ever; the key is random unless you give your own. With a spool it is on disk before it is sent. */
  readonly create: (order: OrderRequest, options?: OnceOptions) => Promise<Order>
  readonly get: (id: string, options?: CallOptions) => Promise<Read<Order>>
  /** All of them, newest first; pages are fetched as you go. */
  readonly list: (options?: Omit<OrderPageOptions, 'cursor'>) => AsyncGenerator<Order>
  readonly page: (options?: OrderPageOptions) => Promise<Read<OrderList>>
  /** What is still possible, and until when. */
  readonly actions: (id: string, options?: CallOptions) => Promise<Read<OrderAction[]>>
  readonly confirm: (id: string, options?: CallOptions) => Promise<Order>
  readonly cancel: (id: string, options?: CallOptions) => Promise<Order>
  readonly hold: (id: string, options?: CallOptions) => Promise<Order>
  readonly release: (id: string, options?: CallOptions) => Promise<Order>
  readonly change: (id: string, change: OrderChange, options?: CallOptions) => Promise<Order>
  readonly replaceFiles: (id: string, itemId: string, files: ItemFiles, options?: CallOptions) => Promise<Order>
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
  const { read, readNow, write, writeOnce, remember } = api
  const at = (id: string): string => `/v1/orders/${segment(id)}`
  const known = async (order: Order): Promise<Order> => {
    await remember(at(order.id), order)
    return order
  }
  const send = async (order: OrderRequest, options: OnceOptions): Promise<Order> =>
    known(await writeOnce<Order>('/v1/orders', order, options))
  const page: OrderCalls['page'] = ({ cursor, limit, ...options } = {}) =>
    read(withQuery('/v1/orders', { cursor, limit }), options)
  const wish =
    (name: string, isDone: (order: Order) => boolean) =>
    async (id: string, options: CallOptions = {}): Promise<Order> =>
      known(await wished(api, at(id), name, isDone, options))
  return {
    create: (order, options = {}) =>
      spool === undefined ? send(order, options) : placeBySpool(spool, world, send, order, options),
    get: (id, options) => read(at(id), options),
    list: ({ limit = 100, ...options } = {}) => everyEntry((cursor) => page({ ...options, limit, cursor })),
    page,
    actions: async (id, options) => dataOf(await readNow<OrderActionList>(`${at(id)}/actions`, options)),
    confirm: wish('confirm', ({ stage }) => stage !== 'draft'),
    cancel: wish('cancel', ({ stage, cancel }) => stage === 'cancelled' || cancel?.state === 'asked'),
    hold: wish('hold', ({ is_held }) => is_held),
    release: wish('release', ({ is_held }) => !is_held),
    change: async (id, body, options) => known(await write<Order>({ ...options, method: 'PATCH', path: at(id), body })),
    replaceFiles: async (id, itemId, body, options) => {
      const path = `${at(id)}/items/${segment(itemId)}/files`
      return known(await write<Order>({ ...options, method: 'PUT', path, body }))
    },
    events: async (id, options) => dataOf(await read<OrderEventList>(`${at(id)}/events`, options)),
    reprint: async (id, request, options = {}) => known(await writeOnce<Order>(`${at(id)}/reprints`, request, options)),
    printFileLink: (id, itemId, { component, ...options } = {}) =>
      readNow(withQuery(`${at(id)}/items/${segment(itemId)}/print-file`, { component }), options),
    sendSpooled: async (options = {}) =>
      spool === undefined ? nothingSpooled : await sendSpooled(spool, world, send, options),
  }
}

/** Asks for a change of state. "Not possible now", said to a second try, may mean that the first one did it. */
async function wished(
  { write, readNow }: Api,
  path: string,
  name: string,
  isDone: (order: Order) => boolean,
  options: CallOptions,
): Promise<Order> {
  try {
    return await write<Order>({ ...options, method: 'POST', path: `${path}/${name}` })
  } catch (error) {
    if (!(error instanceof PrintcloudError) || error.status !== 409 || !arrivedPerhaps.has(error)) throw error
    const order = await readNow<Order>(path, options)
    if (isDone(order)) return order
    throw error
  }
}
