import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { listeners } from '../../local/platform/addresses.ts'
import { forgetData } from '../../local/platform/folders.ts'
import { readLocalFile } from '../../local/platform/local-file.ts'
import type { Platform } from '../../local/platform/platform.ts'
import { startPlatform } from '../../local/platform/start-platform.ts'
import { requireFreePorts } from '../../local/supervisor/ports.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 })

/** The supervisor's work is the same for all of them; the journeys start everything. */
const without = [
  'queue',
  'object-store',
  'mailbox',
  'order-api',
  'order-worker',
  'processor',
  'print-client-utrecht',
  'print-client-leipzig',
  'print-client-columbus',
  'simulated-shop',
]
let dataFolder = ''
const started: Platform[] = []

beforeEach(() => {
  dataFolder = mkdtempSync(join(tmpdir(), 'printcloud-platform-'))
  chmodSync(dataFolder, 0o755)
})
afterEach(async () => {
  for (const platform of started.splice(0)) await platform.close(AbortSignal.abort())
  await forgetData(dataFolder)
  rmSync(dataFolder, { recursive: true, force: true })
})

async function start(): Promise<Platform> {
  const platform = await startPlatform({ dataFolder, port: 0, without })
  started.push(platform)
  return platform
}

test('local.json tells what the issue promises, and follows a process over its restart', async () => {
  const platform = await start()
  const local = JSON.parse(readFileSync(join(dataFolder, 'local.json'), 'utf8'))
  expect(local).toEqual(platform.local)
  const keys = ['secretKey', 'publishableKey', 'hotFolders', 'printClientPages']
  const fields = ['baseUrl', 'apiUrl', ...keys, 'checkoutUrl', 'paymentsUrl', 'mailUrl', 'pids']
  expect(Object.keys(local)).toEqual(fields)
  expect(local.secretKey).toMatch(/^sk_test_/)
  expect(local.publishableKey).toMatch(/^pk_test_/)
  for (const folder of Object.values<string>(local.hotFolders)) expect(existsSync(folder)).toBe(true)

  platform.kill('front-door', 'SIGKILL')
  await vi.waitUntil(() => platform.restarts('front-door') === 1 && platform.isReady('front-door'), 30_000)
  const pid = readLocalFile(dataFolder)?.pids['front-door']
  expect(pid).toBe(platform.pidOf('front-door'))
  expect(pid).not.toBe(local.pids['front-door'])
  expect((await fetch(platform.local.baseUrl)).status).toBe(200)
})

test('an end at once leaves nothing running, not even the database, and the next start has the same keys', async () => {
  const first = await start()
  const { secretKey, baseUrl } = first.local
  await first.close(AbortSignal.abort())
  expect(existsSync(join(dataFolder, 'local.json'))).toBe(false)
  await requireFreePorts(Number(new URL(baseUrl).port), listeners)
  const second = await start()
  expect(second.local.secretKey).toBe(secretKey)
})
