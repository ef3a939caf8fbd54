import { afterAll, beforeAll, expect, test } from 'vitest'
import { createLog } from '#chassis/log.ts'
import { startWebhooks } from '../../services/order-api/webhooks/start-webhooks.ts'
import {
  createClient,
  type OrderRequest,
  type PrintcloudClient,
  verifyWebhook,
} from '../../services/order-client/index.ts'
import { inProcess } from './cli-api/in-process.ts'
import { type ApiUnderTest, startApi } from './order-api/platform.ts'
import { type Receiver, startReceiver } from './order-api/receiver.ts'
import { type FaultProxy, startFaultProxy } from './order-client/fault-proxy.ts'

let api: ApiUnderTest
let proxy: FaultProxy
let receiver: Receiver
let worker: ReturnType<typeof startWebhooks>
let client: PrintcloudClient
const stopping = new AbortController()
beforeAll(async () => {
  receiver = await startReceiver()
  api = await startApi({ allowedWebhookOrigins: [receiver.origin] })
  proxy = await startFaultProxy(api.url)
  const { database, keyring, webhookRules: rules, now } = api.context
  worker = startWebhooks({ database, keyring, rules, log: createLog('test', 'fatal'), now, signal: stopping.signal })
  client = createClient({ baseUrl: proxy.url, apiKey: api.secretKey })
})
afterAll(async () => {
  stopping.abort()
  await receiver?.close()
  await worker?.drain()
  await proxy?.close()
  await api?.close()
})

const poster = (): OrderRequest => ({
  recipient: {
    name: 'Ada',
    address: { line1: 'Oudegracht 1', city: 'Utrecht', postal_code: '3511 AA', country: 'NL' },
  },
  shipping_method: 'standard',
  items: [{ sku: 'poster-a3', quantity: 1, files: { image: 'https://example.com/a.jpg' } }],
})
const account = () => ({ PRINTCLOUD_API_URL: api.url, PRINTCLOUD_API_KEY: api.secretKey })

test('whoever follows the events hears each once, in order, through an outage, and goes on where it was', async () => {
  const { id } = await client.orders.create(poster())
  const ending = new AbortController()
  const heard: string[] = []
  const follow = async (after: number): Promise<number> => {
    let last = after
    for await (const { order_id, sequence, type } of client.events.follow({ after, signal: ending.signal })) {
      expect(sequence).toBe(last + 1)
      last = sequence
      if (order_id === id) heard.push(type)
      if (type === 'order.created' || type === 'order.cancelled') break
    }
    return last
  }
  const known = await follow(0)
  proxy.next('reset', 'cut', 'garbage')
  const following = follow(known)
  // By another way: the faults are for the one who follows.
  const direct = createClient({ baseUrl: api.url, apiKey: api.secretKey })
  await direct.orders.hold(id)
  await direct.orders.cancel(id)
  await following
  expect(heard).toEqual(['order.created', 'order.held', 'order.cancelled'])
  ending.abort()
  expect((await client.events.follow({ signal: ending.signal }).next()).done).toBe(true)
})

test('a webhook that is added, tested and delivered is genuine for the client, also while its secret changes', async () => {
  const { id, secret = '' } = await client.webhooks.create({ url: `${receiver.origin}/shop`, event_types: ['*'] })
  const tested = await inProcess(['webhooks', 'test', id], account())
  expect([tested.code, tested.told, tested.out]).toEqual([
    0,
    '',
    expect.stringMatching(/^✓ Delivered in \d+ ms: status 204\n$/),
  ])
  const rotated = await client.webhooks.rotateSecret(id)
  expect((await inProcess(['webhooks', 'test', id], account())).code).toBe(0)
  const messages = receiver.at('/shop').filter(({ json }) => json.type === 'webhook.test')
  expect(messages).toHaveLength(2)
  for (const { headers, body } of messages) {
    expect(await verifyWebhook(headers, body, [rotated.secret ?? '', secret])).toMatchObject({ type: 'webhook.test' })
  }
  // Both secrets sign for a while: neither side has to hurry.
  const [, after] = messages
  for (const each of [secret, rotated.secret ?? '']) {
    await expect(verifyWebhook(after?.headers ?? {}, after?.body ?? '', each)).resolves.toBeDefined()
  }
  receiver.answer('/shop', (response) => response.writeHead(503).end('closed'))
  const failed = await inProcess(['webhooks', 'test', id], account())
  expect([failed.code, failed.out]).toEqual([1, expect.stringContaining('✗ Not delivered: status 503; next attempt')])
  expect((await inProcess(['webhooks', 'deliveries', id], account())).out).toMatch(/webhook\.test +delivered +1 +204/)
  await client.webhooks.delete(id)
})

test('the command follows events as lines for people and for programs', async () => {
  const { id } = await client.orders.create(poster())
  const ending = new AbortController()
  const hear = (text: string): void => {
    if (text.includes(id)) ending.abort()
  }
  const followed = await inProcess(['events', '--follow', '--json'], account(), { signal: ending.signal, hear })
  expect(followed.code).toBe(0)
  const sequences = followed.out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).sequence)
  expect(sequences).toEqual(sequences.map((_each, index) => sequences[0] + index))
  const few = await inProcess(['events', '--limit', '2'], account())
  expect(few.out.match(/^ +\d+ {2}\d{4}-\d\d-\d\d \d\d:\d\d {2}\w/gm)).toHaveLength(2)
  expect(few.out).toContain(id)
})

test('money that is paid in twice with one key is there once', async () => {
  const [before] = await client.ledger.balances()
  proxy.next('lost')
  await client.ledger.deposit({ amount: 5000, currency: 'EUR' })
  const [after] = await client.ledger.balances()
  // The account is on invoices: what it pays lowers what it owes.
  expect((before?.owed ?? 0) - (after?.owed ?? 0)).toBe(5000)
  const entries = []
  for await (const entry of client.ledger.entries()) if (entry.cause === 'deposit') entries.push(entry)
  expect(new Set(entries.map(({ transaction_id }) => transaction_id)).size).toBe(1)
})
