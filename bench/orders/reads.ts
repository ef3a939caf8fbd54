import { join } from 'node:path'
import { Type } from 'typebox'
import { parse } from '#contracts/parse.ts'
import { addressesFrom, listeners } from '../../local/platform/addresses.ts'
import type { Platform } from '../../local/platform/platform.ts'
import { startPlatform } from '../../local/platform/start-platform.ts'
import { freePorts } from '../../local/supervisor/ports.ts'
import { type Comparison, compare, type Pairs, type Side } from './compare.ts'
import { idle } from './idle.ts'
import { startLoadProcess } from './load-process.ts'
import { uploadPoster } from './upload-poster.ts'

export type ReadsOptions = Pairs & { readonly folder: string; readonly clients: number }

export type Reads = {
  readonly clients: number
  readonly bytes: number
  readonly api: Side
  readonly bare: Side
  readonly ratio: Comparison['ratio']
  readonly pairs: number
}

/** So many different orders are read, one after the other: none is warm in any cache that only holds a few. */
const ordersRead = 2000
const mostOfAPage = 100

const Page = Type.Object({
  data: Type.Array(Type.Object({ id: Type.String() })),
  next: Type.Union([Type.String(), Type.Null()]),
})

/** GET /v1/orders/:id beside bare Fastify that answers the same bytes, in turns. The platform is made for it and ended. */
export async function measureReads(options: ReadsOptions): Promise<Reads> {
  const port = await freePorts(listeners.length)
  const platform = await startPlatform({ dataFolder: options.folder, port, without: idle }, options.signal)
  const bench = (name: string) => join(import.meta.dirname, name)
  const started: { readonly close: () => Promise<void> }[] = []
  const start = async (name: string, environment: Readonly<Record<string, string>>) => {
    const process = await startLoadProcess(bench(name), environment)
    started.push(process)
    return process
  }
  try {
    const apiUrl = addressesFrom(port).url('order-api')
    const { secretKey } = platform.local
    const ids = await placedOrders(platform, options.folder, start, apiUrl)
    const body = await get(`${apiUrl}/v1/orders/${ids[0]}`, secretKey)
    const barePort = await freePorts(1)
    const server = await start('bare-fastify.ts', { LISTEN_PORT: String(barePort), BODY: body })
    const environment = { SECRET_KEY: secretKey, ORDER_IDS: ids.join(',') }
    const settle = async () => undefined
    const api = {
      client: await start('get-orders.ts', { ...environment, API_URL: apiUrl }),
      workers: ['order-api', 'data-api', 'postgres'].map((name) => ({ name, pid: () => platform.pidOf(name) })),
      ...{ clients: options.clients, settle },
    }
    const bare = {
      client: await start('get-orders.ts', { ...environment, API_URL: `http://127.0.0.1:${barePort}` }),
      workers: [{ name: 'bare Fastify', pid: () => server.pid }],
      ...{ clients: options.clients, settle },
    }
    const { first, second, ratio, pairs } = await compare(api, bare, options)
    return { clients: options.clients, bytes: Buffer.byteLength(body), api: first, bare: second, ratio, pairs }
  } finally {
    for (const process of started) await process.close()
    await platform.close()
  }
}

type Start = (name: string, environment: Readonly<Record<string, string>>) => ReturnType<typeof startLoadProcess>

async function placedOrders(platform: Platform, folder: string, start: Start, apiUrl: string): Promise<string[]> {
  const { secretKey } = platform.local
  const fileId = await uploadPoster(platform.local, folder)
  const posts = await start('post-orders.ts', { SECRET_KEY: secretKey, FILE_ID: fileId, API_URL: apiUrl })
  await posts.round(ordersRead, 16)
  const ids: string[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const text = await get(`${apiUrl}/v1/orders?limit=${mostOfAPage}${cursor && `&cursor=${cursor}`}`, secretKey)
    const page = parse('orders', Page, JSON.parse(text))
    ids.push(...page.data.map(({ id }) => id))
    cursor = page.next
  }
  return ids
}

async function get(url: string, key: string): Promise<string> {
  const response = await fetch(url, { headers: { authorization: `Bearer ${key}` } })
  const text = await response.text()
  if (!response.ok) throw new Error(`GET ${url}: ${response.status} ${text}`)
  return text
}
