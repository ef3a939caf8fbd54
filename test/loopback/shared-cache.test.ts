import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@redis/client'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Cache, createCache } from '#chassis/cache/cache.ts'
import { keyOfAccount } from '#chassis/cache/cache-key.ts'
import { createRedisStore, type RedisStore } from '#chassis/cache/redis.ts'
import { createLog } from '#chassis/log.ts'
import { freePorts } from '../../local/supervisor/ports.ts'

const program = ['/usr/bin', '/usr/local/bin', '/opt/homebrew/bin']
  .flatMap((folder) => [join(folder, 'redis-server'), join(folder, 'valkey-server')])
  .find((path) => existsSync(path))
const log = createLog('test', 'fatal')
const key = keyOfAccount('acc_1', 'terms')
const address = `printcloud:test:${key.text}`

let folder = ''
let port = 0
let server: ChildProcess | undefined
const stores: RedisStore[] = []

async function startServer(): Promise<void> {
  if (program === undefined) return
  const options = { port, bind: '127.0.0.1', save: '', dir: folder }
  const words = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)])
  const started = spawn(program, words, { stdio: ['ignore', 'pipe', 'ignore'] })
  server = started
  await new Promise<void>((resolve, reject) => {
    started.once('exit', () => reject(new Error('the server ended')))
    started.stdout?.on('data', (text: Buffer) => text.includes('eady to accept') && resolve())
  })
}

async function endServer(): Promise<void> {
  const ending = server
  server = undefined
  if (!ending || ending.exitCode !== null) return
  const ended = new Promise((resolve) => ending.once('exit', resolve))
  ending.kill('SIGKILL')
  await ended
}

const storeNow = (): RedisStore => {
  const store = createRedisStore({ url: `redis://127.0.0.1:${port}`, log, now: () => new Date() })
  stores.push(store)
  return store
}

/** A cache of a process of its own, whose loads find `finds`. */
function processWith(store: RedisStore, finds: { value: string }): { cache: Cache<string>; loads: () => number } {
  let loads = 0
  const cache = createCache<string>({
    name: 'test',
    load: async () => {
      loads += 1
      return finds.value
    },
    ...{ freshMilliseconds: 60_000, staleMilliseconds: 0, staleOnErrorMilliseconds: 0, absentMilliseconds: 0 },
    ...{ most: { entries: 10 }, now: () => new Date(), log },
    shared: { store, isValue: (value): value is string => typeof value === 'string' },
  })
  return { cache, loads: () => loads }
}

/** Until the store is there for this process: what it takes it gives back. */
const untilReady = (store: RedisStore) =>
  vi.waitFor(
    async () => {
      await store.set('ready', 'yes', 60_000)
      expect(await store.get('ready')).toBe('yes')
    },
    { timeout: 30_000 },
  )

describe.skipIf(program === undefined)(
  `a cache shared through ${program ?? 'Redis or Valkey, which is not installed here'}`,
  () => {
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'printcloud-redis-'))
      port = await freePorts(1)
      await startServer()
    })
    beforeEach(async () => {
      if (!server) await startServer()
      const client = await createClient({ url: `redis://127.0.0.1:${port}` }).connect()
      await client.flushAll()
      client.destroy()
    })
    afterAll(async () => {
      for (const store of stores) store.close()
      await endServer()
      await rm(folder, { recursive: true, force: true })
    })

    test('spares the second process the load, and forgetting in one reaches the store at once', async () => {
      const [one, two] = [storeNow(), storeNow()]
      await Promise.all([untilReady(one), untilReady(two)])
      const first = processWith(one, { value: 'a' })
      const second = processWith(two, { value: 'b' })
      expect(await first.cache.get(key)).toBe('a')
      await vi.waitFor(async () => expect(await one.get(address)).toBeDefined(), 20_000)
      expect([await second.cache.get(key), second.loads()]).toEqual(['a', 0])
      second.cache.forgetWhere(keyOfAccount('acc_1'))
      expect([await second.cache.get(key), second.loads()]).toEqual(['b', 1])
      first.cache.forget(key)
      expect([await first.cache.get(key), await first.cache.get(key), first.loads()]).toEqual(['a', 'a', 2])
    })

    test.each([
      ['garbage', 'no json {'],
      ['a list', '[]'],
      ['a value of another shape', JSON.stringify({ key: key.text, atEpochMs: Date.now(), value: { not: 'a text' } })],
      ['no time', JSON.stringify({ key: key.text, value: 'wrong' })],
      ['a time to come', JSON.stringify({ key: key.text, atEpochMs: Date.now() + 3_600_000, value: 'wrong' })],
      ['what is too old', JSON.stringify({ key: key.text, atEpochMs: Date.now() - 3_600_000, value: 'wrong' })],
      [
        'the entry of another account',
        JSON.stringify({ key: keyOfAccount('acc_2', 'terms').text, atEpochMs: Date.now(), value: 'wrong' }),
      ],
    ])('is never believed: %s in the place of an entry is loaded anew', async (_, text) => {
      const store = storeNow()
      await untilReady(store)
      await store.set(address, text, 60_000)
      const { cache, loads } = processWith(store, { value: 'right' })
      expect([await cache.get(key), loads()]).toEqual(['right', 1])
    })

    test('that is killed breaks nothing, and is used again when it is back', async () => {
      const store = storeNow()
      await untilReady(store)
      await endServer()
      const { cache, loads } = processWith(store, { value: 'a' })
      for (let round = 0; round < 20; round += 1) {
        expect(await cache.get(key)).toBe('a')
        cache.forget(key)
      }
      expect(loads()).toBe(20)
      await startServer()
      await untilReady(store)
    })

    test('that hangs answers nobody, and nobody waits for it; what was forgotten meanwhile does not come back with it', async () => {
      const store = storeNow()
      await untilReady(store)
      const { cache, loads } = processWith(store, { value: 'old' })
      await cache.get(key)
      await vi.waitFor(async () => expect(await store.get(address)).toBeDefined(), 20_000)
      const kept = await store.get(address)
      server?.kill('SIGSTOP')
      try {
        // It cannot answer: that these end at all shows that nobody waits for it.
        for (let round = 0; round < 50; round += 1) {
          cache.forget(key)
          expect(await cache.get(key)).toBe('old')
        }
      } finally {
        server?.kill('SIGCONT')
      }
      expect(loads()).toBe(51)
      await untilReady(store)
      cache.forget(key)
      await store.set(address, kept ?? '', 60_000)
      expect([await cache.get(key), loads()]).toEqual(['old', 52])
    })

    test('that was never there costs nothing, and the operator is told once', async () => {
      const lines: string[] = []
      const told = pino({ level: 'warn', messageKey: 'event' }, { write: (line: string) => lines.push(line) })
      const store = createRedisStore({
        url: `redis://127.0.0.1:${await freePorts(1)}`,
        log: told,
        now: () => new Date(),
      })
      stores.push(store)
      const { cache, loads } = processWith(store, { value: 'a' })
      expect([await cache.get(key), await cache.get(key), loads()]).toEqual(['a', 'a', 1])
      await vi.waitFor(
        () => expect(lines.map((line) => JSON.parse(line).event)).toEqual(['shared_cache_left_out']),
        20_000,
      )
    })
  },
)
