import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  createClient,
  fileSpool,
  type OrderRequest,
  PrintcloudError,
} from '../../../services/order-client/node/index.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'printcloud-spool-'))
})
afterEach(() => rm(folder, { recursive: true }))

const poster: OrderRequest = {
  recipient: {
    name: 'Ada',
    address: { line1: 'Oudegracht 1', city: 'Utrecht', postal_code: '3511 AA', country: 'NL' },
  },
  shipping_method: 'standard',
  items: [{ sku: 'poster-a3', quantity: 1, files: { image: 'https://example.com/a.jpg' } }],
}
const apiKey = `sk_test_${'a'.repeat(36)}`
const shop = (answer: () => Response, key = apiKey) =>
  createClient({
    baseUrl: 'https://api.example',
    apiKey: key,
    retries: 0,
    spool: fileSpool(folder),
    fetch: async (address, init) => {
      new Request(address, init)
      return answer()
    },
  })
const json = (value: unknown): Response => Response.json(value)
const fault = (error: unknown): PrintcloudError => {
  if (error instanceof PrintcloudError) return error
  throw error
}

test.each([
  ['an empty object', () => json({})],
  ['words of a proxy', () => json({ message: 'maintenance' })],
  ['a list', () => json([])],
  ['half of the answer', () => new Response('{"id":"ord_1","obj')],
  ['a page to log in', () => new Response('<html>Welcome to the Wi-Fi</html>')],
  ['nothing', () => new Response(null, { status: 204 })],
])('an order stays on disk when 2xx comes with %s: that was not the API', async (_what, answer) => {
  const client = shop(answer)
  const error = await client.orders.create(poster).catch(fault)
  expect(error).toMatchObject({ code: 'malformed_answer', isRetryable: true, isSpooled: true })
  expect(await client.orders.sendSpooled()).toEqual({ placed: [], refused: [], waiting: 1 })
  expect(await readdir(folder)).toHaveLength(1)
})

test('lists and the log of events are not ended by an answer that is none', async () => {
  const client = shop(() => json({ message: 'maintenance' }))
  await expect(client.orders.list().next()).rejects.toMatchObject({ code: 'malformed_answer' })
  const signal = AbortSignal.timeout(50)
  expect(await client.events.follow({ signal }).next()).toEqual({ done: true, value: undefined })
})

test('a key that no header can carry is never quoted, and one with a line break behind it works', async () => {
  const broken = await shop(() => json({}), `${apiKey}\nx`)
    .account.get()
    .catch(fault)
  expect(broken).toMatchObject({ code: 'unauthenticated', isRetryable: false })
  expect(`${JSON.stringify(broken)}${broken instanceof Error ? broken.message : ''}`).not.toContain(apiKey)
  expect(await shop(() => json({ id: 'acc_1' }), `${apiKey}\n`).account.get()).toEqual({ id: 'acc_1' })
})

test.each(['Bestellung № 5', 'two words', '', 'ä', 'x'.repeat(256)])(
  'an Idempotency-Key that cannot be sent ("%s") is refused before the order is kept, so that it blocks no other',
  async (idempotencyKey) => {
    const error = await shop(() => json({}))
      .orders.create(poster, { idempotencyKey })
      .catch(fault)
    expect(error).toMatchObject({ code: 'idempotency_key_invalid', isRetryable: false, isSpooled: false })
    expect(await readdir(folder)).toEqual([])
  },
)

test('storage that wants to be left alone for days is told to the caller, not waited for', async () => {
  const upload = { url: 'https://storage.example/x', method: 'PUT', headers: {} }
  const awaited = { id: 'fil_1', object: 'file', status: 'awaiting_upload', upload }
  const client = createClient({
    baseUrl: 'https://api.example',
    apiKey,
    fetch: async (address) =>
      address.startsWith('https://storage')
        ? new Response('', { status: 503, headers: { 'retry-after': '99999999' } })
        : json(awaited),
  })
  const upload1 = client.files.upload(new Uint8Array(3), { filename: 'a.pdf' })
  await expect(upload1).rejects.toMatchObject({ code: 'upload_failed', retryAfterSeconds: 99_999_999 })
})

test.each(['.', '..'])('the id "%s" is looked up nowhere: it would lead to another address', async (id) => {
  expect(() => shop(() => json({ id: 'not asked' })).orders.get(id)).toThrow('not_found')
})
