import { randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { JobTicket } from '#contracts/messages/job-ticket.ts'
import { Order } from '#contracts/order-api/order.ts'
import { OrderEventList } from '#contracts/order-api/order-lists.ts'
import { parse } from '#contracts/parse.ts'
import type { LocalFile } from '../../local/platform/local-file.ts'
import { startPlatform } from '../../local/platform/start-platform.ts'
import { posterOrder } from './poster-order.ts'
import { percentile, spreadOf } from './statistics.ts'
import { uploadPoster } from './upload-poster.ts'

export type Delivery = {
  readonly orders: number
  /** From the 201 to the job folder, in ms. */
  readonly p50Ms: number
  readonly p99Ms: number
  readonly mostMs: number
  /** Median ms from the order's first event to each that every order had when its folder was seen, by order-api's clock. */
  readonly eventsAfterMs: Readonly<Record<string, number>>
}

export type DeliveryOptions = {
  readonly folder: string
  readonly orders: number
  /** Ends it between two orders. */
  readonly signal: AbortSignal
}

const warmUpOrders = 5
/** How late a job folder may be seen. */
const lookEveryMilliseconds = 5
const patienceMilliseconds = 60_000

/** Posters through a complete platform, one after the other; the platform is made for it and ended. */
export async function measureDelivery({ folder, orders, signal }: DeliveryOptions): Promise<Delivery> {
  const platform = await startPlatform({ dataFolder: folder, port: 0 }, signal)
  try {
    const { local } = platform
    const fileId = await uploadPoster(local, folder)
    const found = createJobWatch()
    for (let order = 0; order < warmUpOrders; order += 1) await deliverOne(local, fileId, found)
    const times: number[] = []
    const events = new Map<string, number[]>()
    for (let order = 0; order < orders; order += 1) {
      signal.throwIfAborted()
      const { id, milliseconds } = await deliverOne(local, fileId, found)
      times.push(milliseconds)
      for (const [type, after] of await eventsOf(local, id)) events.set(type, [...(events.get(type) ?? []), after])
    }
    return {
      orders: times.length,
      p50Ms: percentile(times, 0.5),
      p99Ms: percentile(times, 0.99),
      mostMs: Math.max(...times),
      eventsAfterMs: Object.fromEntries(
        [...events]
          .filter(([, after]) => after.length === times.length)
          .map(([type, after]) => [type, spreadOf(after).median]),
      ),
    }
  } finally {
    await platform.close()
  }
}

type JobWatch = (hotFolder: string, orderId: string) => Promise<boolean>

async function deliverOne(local: LocalFile, fileId: string, isThere: JobWatch) {
  const answer = await call(local, 'POST', '/v1/orders', posterOrder(fileId))
  const acceptedAt = performance.now()
  const order = parse('order', Order, answer)
  const hotFolder = local.hotFolders[order.items[0]?.facility_id ?? '']
  if (hotFolder === undefined) throw new Error(`Order ${order.id} went to a facility without a hot folder`)
  while (!(await isThere(hotFolder, order.id))) {
    if (performance.now() - acceptedAt > patienceMilliseconds) throw new Error(`Order ${order.id} never arrived`)
    await wait(lookEveryMilliseconds)
  }
  return { id: order.id, milliseconds: performance.now() - acceptedAt }
}

/** Reads the ticket of each job folder once: a folder appears whole, by a rename. */
function createJobWatch(): JobWatch {
  const known = new Set<string>()
  const arrived = new Set<string>()
  return async (hotFolder, orderId) => {
    for (const name of await readdir(hotFolder)) {
      if (known.has(name) || !name.startsWith('job_')) continue
      const ticket: unknown = JSON.parse(await readFile(join(hotFolder, name, 'ticket.json'), 'utf8'))
      arrived.add(parse('ticket.json', JobTicket, ticket).orderId)
      known.add(name)
    }
    return arrived.has(orderId)
  }
}

async function eventsOf(local: LocalFile, orderId: string): Promise<[string, number][]> {
  const { data } = parse('events', OrderEventList, await call(local, 'GET', `/v1/orders/${orderId}/events`))
  const first = Date.parse(data[0]?.at ?? '')
  return data.slice(1).map(({ type, at }) => [type, Date.parse(at) - first])
}

async function call({ apiUrl, secretKey }: LocalFile, method: string, path: string, body?: object): Promise<unknown> {
  const response = await fetch(`${apiUrl}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${secretKey}`,
      ...(body && { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
    },
    ...(body && { body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
  return response.json()
}
