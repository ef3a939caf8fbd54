import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createClient, fileSpool, type OrderRequest } from '../../services/order-client/node/index.ts'
import { type ApiUnderTest, startApi } from './order-api/platform.ts'
import { type FaultProxy, startFaultProxy } from './order-client/fault-proxy.ts'

const orderCount = 40
const killCount = 12
const shop = join(import.meta.dirname, 'order-client', 'spooling-shop.ts')
let api: ApiUnderTest
let proxy: FaultProxy
let folder = ''
let child: ChildProcess | undefined
beforeAll(async () => {
  api = await startApi()
  proxy = await startFaultProxy(api.url)
  folder = await mkdtemp(join(tmpdir(), 'printcloud-spool-'))
})
afterEach(() => child?.kill('SIGKILL'))
afterAll(async () => {
  await proxy?.close()
  await api?.close()
  await rm(folder, { recursive: true, force: true })
})

const poster = (reference: string): OrderRequest => ({
  reference,
  recipient: {
    name: 'Ada',
    address: { line1: 'Oudegracht 1', city: 'Utrecht', postal_code: '3511 AA', country: 'NL' },
  },
  shipping_method: 'standard',
  items: [{ sku: 'poster-a3', quantity: 1, files: { image: 'https://example.com/a.jpg' } }],
})

async function placed(prefix: string): Promise<string[]> {
  const found: string[] = []
  for await (const { reference } of createClient({ baseUrl: api.url, apiKey: api.secretKey }).orders.list()) {
    if (reference?.startsWith(prefix)) found.push(reference)
  }
  return found.sort()
}

/** What the shop said before it ended: killed somewhere between disk, wire, answer and disk, or by itself. */
async function oneLife(spoolFolder: string, first: number, isKilled: boolean): Promise<string[]> {
  const words = [proxy.url, api.secretKey, spoolFolder, 'kill', String(first), String(orderCount)]
  const running = spawn(process.execPath, [shop, ...words], { stdio: ['ignore', 'pipe', 'inherit'] })
  child = running
  const ended = once(running, 'exit')
  const said: string[] = []
  const linesToLive = isKilled ? 1 + Math.floor(Math.random() * 6) : Number.POSITIVE_INFINITY
  for await (const line of createInterface({ input: running.stdout })) {
    said.push(line)
    if (said.length < linesToLive) continue
    await wait(Math.random() * 12)
    running.kill('SIGKILL')
  }
  await ended
  return said
}

test('a shop that is killed at any moment loses no order that was on disk, and places none twice', async () => {
  const spoolFolder = join(folder, 'killed')
  const said: string[] = []
  const named = (word: string): string[] =>
    said.flatMap((line) => (line.startsWith(`${word} `) ? [line.slice(word.length + 1)] : []))
  for (let life = 0; life <= killCount && !said.includes('done'); life += 1) {
    if (life % 3 === 0) proxy.next('lost', 'reset', 'cut')
    said.push(...(await oneLife(spoolFolder, Number(named('begun').at(-1) ?? -1) + 1, life < killCount)))
  }
  const found = await placed('kill-')
  expect(found).toEqual([...new Set(found)])
  expect(named('stored').filter((reference) => !found.includes(reference))).toEqual([])
  expect(named('stored').length).toBeGreaterThan(orderCount / 2)
  expect(await readdir(spoolFolder).then((names) => names.filter((name) => name.endsWith('.json')))).toEqual([])
})

test('an order that has no answer stays on disk, says so, and is sent when the API is back', async () => {
  const options = { baseUrl: proxy.url, apiKey: api.secretKey, retries: 0, spool: fileSpool(join(folder, 'waiting')) }
  proxy.always('lost')
  await expect(createClient(options).orders.create(poster('later-1'))).rejects.toMatchObject({ isSpooled: true })
  expect(await createClient(options).orders.sendSpooled()).toMatchObject({ placed: [], waiting: 1 })
  const [{ idempotencyKey } = { idempotencyKey: '' }] = await options.spool.waiting()
  const other = createClient(options).orders.create(poster('later-2'), { idempotencyKey })
  await expect(other).rejects.toMatchObject({ code: 'idempotency_key_reused' })
  proxy.always(undefined)
  const { placed: sent, waiting } = await createClient(options).orders.sendSpooled()
  expect([sent.map(({ order }) => order.reference), waiting]).toEqual([['later-1'], 0])
  expect(await placed('later-')).toEqual(['later-1'])
})

test('an order that can never be taken is put aside with the reason, and the next ones go on', async () => {
  const spoolFolder = join(folder, 'refused')
  const spool = fileSpool(spoolFolder)
  const waiting = { baseUrl: api.url, isTest: true }
  const body = JSON.stringify({ ...poster('aside-1'), items: [] })
  await spool.put({ ...waiting, idempotencyKey: 'a', body, storedAt: '2026-01-01T00:00:00.000Z' })
  await spool.put({
    ...waiting,
    idempotencyKey: 'b',
    body: JSON.stringify(poster('aside-2')),
    storedAt: '2026-01-02T00:00:00.000Z',
  })
  await spool.put({ ...waiting, isTest: false, idempotencyKey: 'c', body, storedAt: '2026-01-03T00:00:00.000Z' })
  const { orders } = createClient({ baseUrl: api.url, apiKey: api.secretKey, spool })
  const result = await orders.sendSpooled()
  expect(result.refused.map(({ idempotencyKey, error }) => [idempotencyKey, error.code])).toEqual([
    ['a', 'invalid_request'],
  ])
  expect(result.placed.map(({ order }) => order.reference)).toEqual(['aside-2'])
  // A live order is not sent with a test key.
  expect((await spool.waiting()).map(({ idempotencyKey }) => idempotencyKey)).toEqual(['c'])
  expect((await readdir(spoolFolder)).filter((name) => name.endsWith('.refused.json'))).toHaveLength(1)
})
