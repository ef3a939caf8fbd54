import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, expect, test } from 'vitest'
import { listening } from '../../loopback/listening.ts'

const main = join(import.meta.dirname, '..', '..', '..', 'services', 'cli', 'main.ts')
let close = async (): Promise<void> => undefined
afterEach(() => close())

test('whoever stops an order on its way is told how to go on without a second one, also when npx passes the signal on', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'printcloud-stopped-'))
  const keys: unknown[] = []
  const arrived = Promise.withResolvers<void>()
  // Takes the order and never answers.
  const server = createServer((request) => {
    keys.push(request.headers['idempotency-key'])
    arrived.resolve()
  })
  const site = await listening(server)
  const body = {
    recipient: {
      name: 'Ada',
      address: { line1: 'Oudegracht 1', city: 'Utrecht', postal_code: '3511 AA', country: 'NL' },
    },
    shipping_method: 'standard',
    items: [{ sku: 'poster-a3', quantity: 1, files: { image: 'https://example.com/a.jpg' } }],
  }
  await writeFile(join(folder, 'order.json'), JSON.stringify(body))
  const api = { PRINTCLOUD_API_URL: site.url, PRINTCLOUD_API_KEY: `sk_test_${'a'.repeat(36)}` }
  const child = spawn(process.execPath, [main, 'order', '--body', join(folder, 'order.json')], {
    env: { ...process.env, ...api },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  close = async () => {
    child.kill('SIGKILL')
    await site.close()
    await rm(folder, { recursive: true })
  }
  const told = text(child.stderr)
  const ended = once(child, 'exit')
  await arrived.promise
  child.kill('SIGINT')
  child.kill('SIGINT')
  expect(await ended).toEqual([130, null])
  expect(await told).toBe(
    `Run it again with --idempotency-key ${String(keys[0])}: there will still be one order.\nStopped.\n`,
  )
}, 30_000)
