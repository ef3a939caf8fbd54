import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Read, rawStatus, read } from './edge-requests.ts'
import { type EdgeWorld, startEdgeWorld } from './edge-world.ts'
import { hostileRequests, hostileTargets, requestOf } from './hostile-targets.ts'

/** An edge under test. */
export type Subject = {
  readonly url: string
  /** Lets so much time go by for the cache. */
  readonly pass: (seconds: number) => Promise<void>
  readonly close: () => Promise<void>
}

const minute = 60
/** Fresh for a minute; then shown for hours while a new one is fetched. */
const renewing = 's-maxage=60, stale-while-revalidate=20000, stale-if-error=90000'
/** Fresh for a minute; then shown only when nobody answers. */
const onError = 's-maxage=60, stale-if-error=90000'
const json = { accept: 'application/json' }

export const purge = (url: string, tags: string): Promise<Read> => read(url, '/', { 'xkey-purge': tags }, 'PURGE')

/** What every cache in front of the documents must hold, ours and any other; on real stores behind it. */
export function edgeGuarantees(name: string, start: (world: EdgeWorld) => Promise<Subject>): void {
  describe(name, () => {
    let world: EdgeWorld
    let edge: Subject
    let count = 0
    const fresh = () => {
      count += 1
      return `/public/v1/publications/pub_${count}.json`
    }
    const get = (path: string, headers: Record<string, string> = json) => read(edge.url, path, headers)
    /** Reads until it says so: a fetch in the background is never announced. */
    const until = async (path: string, text: string): Promise<Read> => {
      for (;;) {
        const answer = await get(path)
        if (answer.text === text) return answer
      }
    }
    beforeAll(async () => {
      world = await startEdgeWorld()
      edge = await start(world)
    })
    afterAll(async () => {
      await edge?.close()
      await world?.close()
    })
    afterEach(() => {
      for (const gate of Object.values(world.gates)) gate.set('open')
    })

    test('a document is fetched once and then served from the cache, with its age and its tag for browsers', async () => {
      const path = fresh()
      await world.publish(path, { body: '{"a":1}', tags: ['publication:1'] })
      const before = world.asked()
      const first = await get(path)
      expect(first).toMatchObject({ status: 200, text: '{"a":1}', cache: 'Miss' })
      const second = await get(path)
      expect(second).toMatchObject({ status: 200, text: '{"a":1}', cache: 'Hit' })
      expect(Number(second.headers.age)).toBeGreaterThanOrEqual(0)
      expect(second.headers['cache-control']).toContain('stale-if-error=2592000')
      expect(second.headers['access-control-allow-origin']).toBe('*')
      expect(second.headers['x-content-type-options']).toBe('nosniff')
      expect(Object.keys(second.headers).filter((each) => each.startsWith('x-amz'))).toEqual([])
      expect(world.asked() - before).toBe(1)
      const again = await get(path, { 'if-none-match': String(second.headers.etag) })
      expect(again).toMatchObject({ status: 304, text: '' })
      expect((await read(edge.url, path, json, 'HEAD')).headers['content-length']).toBe('7')
    })

    test('two hundred visitors at once cost one fetch', async () => {
      const path = fresh()
      await world.publish(path, { body: '"many"' })
      const before = world.asked()
      world.gates.first.set('held')
      const all = Array.from({ length: 200 }, () => get(path))
      await expect.poll(() => world.asked() - before).toBe(1)
      world.gates.first.set('open')
      for (const each of await Promise.all(all)) expect(each.text).toBe('"many"')
      expect(world.asked() - before).toBe(1)
    })

    test('each caller gets the form it takes, and every form is the same text', async () => {
      const path = fresh()
      const body = JSON.stringify({ words: 'ä'.repeat(500) })
      await world.publish(path, { body })
      // Somebody came before and asked for it by the name of the object.
      expect((await get(`${path}.br`)).status).toBe(200)
      const forms = [
        ['br;q=1.0, gzip', 'br', brotliDecompressSync],
        ['br;q=0, GZIP;q=0.5', 'gzip', gunzipSync],
        ['*', undefined, (bytes: Buffer) => bytes],
      ] as const
      for (const [accepted, encoding, unpack] of forms) {
        const answer = await get(path, { 'accept-encoding': accepted })
        expect(answer.headers['content-encoding'], accepted).toBe(encoding)
        expect(answer.headers.vary).toBe('Accept-Encoding')
        expect(unpack(answer.body).toString()).toBe(body)
      }
    })

    test('each browser gets the picture format it takes', async () => {
      const path = '/public/v1/thumbnails/abcdefghijklmnopqrstuv/320'
      for (const [ending, type] of [
        ['.avif', 'image/avif'],
        ['.webp', 'image/webp'],
        ['.jpg', 'image/jpeg'],
      ] as const) {
        await world.publish(path + ending, { body: Buffer.from(type), type })
      }
      const wishes = {
        'image/avif,image/webp,*/*': 'image/avif',
        'image/avif;q=0, image/webp': 'image/webp',
        '*/*': 'image/jpeg',
      }
      for (const [accept, type] of Object.entries(wishes)) {
        const answer = await get(path, { accept })
        expect(answer.text, accept).toBe(type)
        expect(answer.headers['content-type']).toBe(type)
        expect(answer.headers.vary).toBe('Accept')
      }
    })

    test('a stale document is served at once while the new one is fetched', async () => {
      const path = fresh()
      await world.publish(path, { body: '"old"', cacheControl: renewing })
      await get(path)
      await world.publish(path, { body: '"new"', cacheControl: renewing })
      await edge.pass(2 * minute)
      expect(await get(path)).toMatchObject({ text: '"old"', cache: 'Stale' })
      await until(path, '"new"')
    })

    test('what is too old to be shown unasked is shown when no store answers, and the new one when one does', async () => {
      const path = fresh()
      await world.publish(path, { body: '"old"', cacheControl: onError })
      await get(path)
      await world.publish(path, { body: '"new"', cacheControl: onError })
      await edge.pass(2 * minute)
      for (const gate of Object.values(world.gates)) gate.set('broken')
      expect(await get(path)).toMatchObject({ status: 200, text: '"old"', cache: 'Stale' })
      expect(await get(path)).toMatchObject({ status: 200, text: '"old"', cache: 'Stale' })
      for (const gate of Object.values(world.gates)) gate.set('open')
      await edge.pass(minute)
      expect(await get(path)).toMatchObject({ status: 200, text: '"new"' })
    })

    test('what may not be shown any more is an honest 502 when no store answers, and so is what was never known', async () => {
      const path = fresh()
      await world.publish(path, { body: '"old"', cacheControl: 's-maxage=60, stale-if-error=60' })
      await get(path)
      await edge.pass(3 * minute)
      for (const gate of Object.values(world.gates)) gate.set('refused')
      expect(await get(path)).toMatchObject({ status: 502, cache: 'Error' })
      expect(await get(fresh())).toMatchObject({ status: 502, cache: 'Error' })
      for (const gate of Object.values(world.gates)) gate.set('open')
      expect(await get(path)).toMatchObject({ status: 200, text: '"old"' })
    })

    test.each(['refused', 'silent', 'broken'] as const)(
      'the standby answers when the first store is %s',
      async (weather) => {
        const path = fresh()
        await world.publish(path, { body: '"documents"' })
        world.gates.first.set(weather)
        expect(await get(path)).toMatchObject({ status: 200, text: '"documents"', cache: 'Miss' })
      },
    )

    test('a 404 of the first store is a 404, whatever the standby still has', async () => {
      const path = fresh()
      await world.publish(path, { body: '"gone"', side: 'standby' })
      expect((await get(path)).status).toBe(404)
    })

    test('a purge drops exactly what carries one of its tags, in whatever case they are said', async () => {
      const [both, one, none] = [fresh(), fresh(), fresh()] as const
      const tags = { [both]: ['product:a', 'prices:eur'], [one]: ['product:b', 'prices:eur'], [none]: ['product:ab'] }
      const all = async (text: string) => {
        for (const [path, its] of Object.entries(tags)) await world.publish(path, { body: text, tags: its })
      }
      const seen = async () => [(await get(both)).text, (await get(one)).text, (await get(none)).text]
      await all('1')
      expect(await seen()).toEqual(['1', '1', '1'])
      await all('2')
      expect((await purge(edge.url, 'product:A')).headers['x-purged']).toBe('1')
      expect(await seen()).toEqual(['2', '1', '1'])
      await all('3')
      expect((await purge(edge.url, 'publication:unknown prices:EUR')).headers['x-purged']).toBe('2')
      expect(await seen()).toEqual(['3', '3', '1'])
      expect((await purge(edge.url, 'product:unknown')).headers['x-purged']).toBe('0')
    })

    test('what is not there is asked for again after seconds', async () => {
      const path = fresh()
      expect((await get(path)).status).toBe(404)
      await world.publish(path, { body: '"there"' })
      await edge.pass(6)
      expect(await get(path)).toMatchObject({ status: 200, text: '"there"' })
    })

    test('drafts and status that must not be kept are asked for each time', async () => {
      const path = fresh()
      for (const text of ['1', '2', '3']) {
        await world.publish(path, { body: text, cacheControl: 'private, no-cache, stale-if-error=86400' })
        expect((await get(path)).text).toBe(text)
      }
    })

    test('documents are only read', async () => {
      for (const method of ['POST', 'PUT', 'DELETE', 'PATCH']) {
        const answer = await read(edge.url, fresh(), json, method)
        expect(answer.status, method).toBe(405)
        expect(answer.headers.allow).toBe('GET, HEAD, OPTIONS')
      }
      const told = await read(edge.url, fresh(), { origin: 'https://shop.example' }, 'OPTIONS')
      expect(told).toMatchObject({ status: 204, headers: { 'access-control-allow-methods': 'GET, HEAD' } })
    })

    test('hostile requests never reach a store under another key, and never end in a 5xx', async () => {
      const before = world.asked()
      for (const target of hostileTargets) {
        const status = await rawStatus(edge.url, requestOf(target))
        expect(status, target.slice(0, 80)).toBeLessThan(500)
        expect(status, target.slice(0, 80)).not.toBe(200)
      }
      for (const request of hostileRequests) {
        expect(await rawStatus(edge.url, request), request.slice(0, 80)).toBeLessThan(500)
      }
      expect(world.asked()).toBe(before)
      expect((await get('/public/v1/catalogue.exe?v=1')).status).toBe(404)
      expect(world.gates.first.asked.at(-1)).toBe('public/v1/catalogue.exe')
    })
  })
}
