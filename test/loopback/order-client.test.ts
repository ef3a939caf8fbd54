import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import {
  type ClientOptions,
  createClient,
  fileCache,
  fileSource,
  memoryCache,
  type OrderRequest,
  PrintcloudError,
  type Progress,
} from '../../services/order-client/node/index.ts'
import { type ApiUnderTest, startApi } from './order-api/platform.ts'
import { type FaultProxy, startFaultProxy } from './order-client/fault-proxy.ts'

let api: ApiUnderTest
let proxy: FaultProxy
let folder = ''
beforeAll(async () => {
  api = await startApi()
  proxy = await startFaultProxy(api.url)
  folder = await mkdtemp(join(tmpdir(), 'printcloud-client-'))
})
afterEach(() => proxy.always(undefined))
afterAll(async () => {
  await proxy?.close()
  await api?.close()
  await rm(folder, { recursive: true, force: true })
})

/** A client of its own, so that no test opens the breaker of another one. */
const clientOf = (options: Partial<ClientOptions> = {}) =>
  createClient({ baseUrl: proxy.url, apiKey: api.secretKey, ...options })

const poster = (changes: Partial<OrderRequest> = {}): OrderRequest => ({
  recipient: {
    name: 'Ada Lovelace',
    address: { line1: 'Oudegracht 1', city: 'Utrecht', postal_code: '3511 AA', country: 'NL' },
  },
  shipping_method: 'standard',
  items: [{ sku: 'poster-a3', quantity: 1, files: { image: 'https://example.com/a.jpg' } }],
  ...changes,
})

const faultOf = async (work: Promise<unknown>): Promise<PrintcloudError> => {
  const error = await work.then(
    () => undefined,
    (fault: unknown) => fault,
  )
  if (error instanceof PrintcloudError) return error
  throw new Error(`No PrintcloudError but ${String(error)}`)
}

test('an order is placed once, whatever the network does to it and to its answers', async () => {
  const reference = `once-${randomUUID()}`
  proxy.next('reset', 'lost', { status: 503, retryAfter: '0' }, 'cut')
  const from = proxy.seen.length
  const order = await clientOf().orders.create(poster({ reference }))
  const tries = proxy.seen.slice(from)
  expect(tries).toHaveLength(5)
  expect(new Set(tries.map(({ headers }) => headers['idempotency-key'])).size).toBe(1)
  expect(new Set(tries.map(({ headers }) => headers['x-request-id'])).size).toBe(1)
  const all: string[] = []
  for await (const each of clientOf().orders.list()) if (each.reference === reference) all.push(each.id)
  expect(all).toEqual([order.id])
})

test('the own Idempotency-Key of a shop gives the same order again', async () => {
  const { orders } = clientOf()
  const idempotencyKey = randomUUID()
  const one = await orders.create(poster(), { idempotencyKey })
  expect((await orders.create(poster(), { idempotencyKey })).id).toBe(one.id)
})

test('a refusal is one error with the API’s own words, and is not sent again', async () => {
  const from = proxy.seen.length
  const fault = await faultOf(clientOf().orders.create(poster({ items: [{ sku: 'no-such', quantity: 1 }] })))
  expect(proxy.seen.length - from).toBe(1)
  expect(fault).toMatchObject({ status: 422, code: 'invalid_request', isRetryable: false, isSpooled: false })
  expect(fault.errors[0]?.pointer).toBe('/items/0/sku')
  expect(fault.requestId).toMatch(/^req_/)
})

test('no call outlasts its time limit, and a caller who gives up gets the own reason', async () => {
  proxy.always('silent')
  const fault = await faultOf(clientOf({ timeoutMilliseconds: 80, retries: 1 }).catalogue.list())
  expect(fault).toMatchObject({ code: 'timeout', status: 0, isRetryable: true })
  const stopping = new AbortController()
  const waiting = clientOf().orders.page({ signal: stopping.signal })
  stopping.abort(new Error('enough'))
  await expect(waiting).rejects.toThrow('enough')
})

test('what is no answer of the API is said as such', async () => {
  proxy.always('garbage')
  expect(await faultOf(clientOf({ retries: 0 }).catalogue.list())).toMatchObject({ code: 'malformed_answer' })
  proxy.always({ status: 502 })
  expect(await faultOf(clientOf({ retries: 0 }).catalogue.list())).toMatchObject({
    code: 'http_502',
    isRetryable: true,
  })
})

test('whoever is told to come back in an hour is not kept waiting', async () => {
  proxy.next({ status: 503, retryAfter: '3600' })
  const fault = await faultOf(clientOf().catalogue.list())
  expect(fault).toMatchObject({ status: 503, retryAfterSeconds: 3600 })
})

test('a change whose answer was lost is made once and is no failure', async () => {
  const { orders } = clientOf()
  const { id, recipient, items } = await orders.create(poster({ draft: true }))
  const calls = [
    () => orders.change(id, { recipient: { ...recipient, name: 'Ada King' }, shipping_method: 'express' }),
    () => orders.replaceFiles(id, items[0]?.id ?? '', { image: 'https://example.com/b.jpg' }),
    () => orders.confirm(id),
    () => orders.hold(id),
    () => orders.release(id),
    () => orders.cancel(id),
  ]
  for (const call of calls) {
    proxy.next('lost')
    await call()
  }
  expect(await orders.get(id)).toMatchObject({ stage: 'cancelled', is_held: false, shipping_method: 'express' })
  const types = (await orders.events(id)).map(({ type }) => type)
  expect(types.filter((type) => ['order.held', 'order.hold_released', 'order.cancelled'].includes(type))).toHaveLength(
    3,
  )
  expect(await faultOf(orders.hold(id))).toMatchObject({ code: 'action_not_allowed' })
  expect((await orders.actions(id)).every(({ allowed }) => allowed === 'no')).toBe(true)
})

test('members and settings are changed, and what is removed is gone, also when the answer was lost', async () => {
  const { account } = clientOf({ apiKey: api.liveSecretKey })
  const { id } = await account.addMember({ email: 'ada@example.com', name: 'Ada', role: 'viewer' })
  expect((await account.changeMember(id, { role: 'developer' })).role).toBe('developer')
  proxy.next('lost')
  await account.removeMember(id)
  const left: string[] = []
  for await (const member of account.members()) left.push(member.id)
  expect(left).not.toContain(id)
  expect(await faultOf(account.removeMember(id))).toMatchObject({ status: 404 })
  expect((await account.change({ grace_minutes: 0 })).grace_minutes).toBe(0)
  expect((await account.get()).grace_minutes).toBe(0)
})

test('a preflight is asked for, and waited for no longer than one wants', async () => {
  const { preflights } = clientOf()
  const { id, status } = await preflights.create({ sku: 'poster-a3', files: { image: 'https://example.com/a.jpg' } })
  expect(status).toBe('running')
  const stopping = new AbortController()
  const waiting = preflights.wait(id, { signal: stopping.signal })
  expect((await preflights.get(id)).status).toBe('running')
  stopping.abort(new Error('enough'))
  await expect(waiting).rejects.toThrow('enough')
})

test.each([
  ['memory', () => memoryCache()],
  ['a folder', () => fileCache(join(folder, 'cache'))],
])(
  'the catalogue and orders are still read from %s when the API is away, and say that they are old',
  async (_name, storeOf) => {
    const options = { cache: { store: storeOf(), maximumStaleSeconds: 3600 }, retries: 0 }
    const { catalogue, orders } = clientOf(options)
    const { id } = await orders.create(poster())
    const fresh = await catalogue.get('poster-a3')
    expect([fresh.isStale, JSON.stringify(fresh).includes('isStale')]).toEqual([false, false])
    proxy.always('reset')
    const stale = await catalogue.get('poster-a3')
    expect([stale.isStale, stale.storedAt, stale.sku]).toEqual([true, fresh.storedAt, 'poster-a3'])
    // What a write answered is known as well, also to the next process.
    expect((await clientOf(options).orders.get(id)).isStale).toBe(true)
    const strict = clientOf({ ...options, cache: { ...options.cache, maximumStaleSeconds: 0 } })
    expect(await faultOf(strict.catalogue.get('poster-a3'))).toMatchObject({ code: 'network_error' })
    proxy.always(undefined)
    expect((await catalogue.get('poster-a3')).isStale).toBe(false)
  },
)

test('what another key may read is not served from a store that both share', async () => {
  const store = memoryCache()
  const { id } = await clientOf({ cache: { store } }).orders.create(poster())
  proxy.always('reset')
  const other = clientOf({ cache: { store }, apiKey: `sk_test_${'x'.repeat(40)}`, retries: 0 })
  expect(await faultOf(other.orders.get(id))).toMatchObject({ code: 'network_error' })
})

test('an unchanged answer is not sent twice, and nothing that is not there is asked for twice', async () => {
  const { catalogue } = clientOf({ cache: { store: memoryCache() } })
  await catalogue.list()
  const from = proxy.seen.length
  await catalogue.list()
  expect(proxy.seen[from]?.headers['if-none-match']).toBeDefined()
  expect(await faultOf(catalogue.get('no-such'))).toMatchObject({ status: 404 })
  const asked = proxy.seen.length
  expect(await faultOf(catalogue.get('no-such'))).toMatchObject({ status: 404, code: 'not_found' })
  expect(proxy.seen.length).toBe(asked)
})

test('a file that is cut off on its way is sent again from its beginning, with its progress told', async () => {
  const bytes = randomBytes(3_000_000)
  const path = join(folder, 'poster.jpg')
  await writeFile(path, bytes)
  let puts = 0
  const client = clientOf({
    baseUrl: api.url,
    fetch: async (address, init) => {
      if (init?.method !== 'PUT' || ++puts > 1 || !(init.body instanceof ReadableStream))
        return await fetch(address, init)
      await init.body.getReader().read()
      throw new TypeError('fetch failed')
    },
  })
  const told: Progress[] = []
  const file = await client.files.upload(await fileSource(path), {
    filename: 'poster.jpg',
    onProgress: (each) => told.push(each),
  })
  expect([file.status, file.content_type, puts]).toEqual(['uploaded', 'image/jpeg', 2])
  expect(told.at(-1)).toEqual({ sentBytes: bytes.byteLength, totalBytes: bytes.byteLength })
  const blob = await client.files.upload(new Blob([new Uint8Array(bytes)]), { filename: 'again.png' })
  const raw = await client.files.upload(new Uint8Array(bytes), { filename: 'raw', contentType: 'image/webp' })
  const stream = await client.files.upload(new Blob([new Uint8Array(bytes)]).stream(), {
    filename: 'stream.tif',
    sizeBytes: bytes.byteLength,
  })
  expect([blob.status, raw.status, stream.status]).toEqual(['uploaded', 'uploaded', 'uploaded'])
  const short = client.files.upload(new Blob(['x']).stream(), { filename: 'short.pdf', sizeBytes: 7 })
  expect(await faultOf(short)).toMatchObject({ code: 'upload_failed', isRetryable: false })
})

test('a list is walked page by page, as far as it is wanted', async () => {
  const { orders } = clientOf()
  const reference = randomUUID()
  for (let number = 0; number < 5; number += 1) await orders.create(poster({ reference: `${reference}-${number}` }))
  const seen: string[] = []
  for await (const order of orders.list({ limit: 2 })) {
    seen.push(order.reference ?? '')
    if (seen.length === 5) break
  }
  expect(seen).toEqual([4, 3, 2, 1, 0].map((number) => `${reference}-${number}`))
})
