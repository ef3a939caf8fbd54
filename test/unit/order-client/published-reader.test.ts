import { expect, test } from 'vitest'
import { documentPaths } from '#contracts/published/document-paths.ts'
import { createReader } from '../../../services/order-client/cache/reader.ts'
import type { Call, Caller } from '../../../services/order-client/http/caller.ts'
import { memoryCache, PrintcloudError, type StaleAnswer } from '../../../services/order-client/index.ts'
import {
  isDocumentPath,
  previewPathIn,
  publishedPaths,
} from '../../../services/order-client/published/published-paths.ts'
import { createPublishedReader } from '../../../services/order-client/published/published-reader.ts'

const path = documentPaths.catalogue
const down = new PrintcloudError({ code: 'network_error', detail: '', isRetryable: true })
const missing = new PrintcloudError({ code: 'http_404', status: 404, detail: '', isRetryable: false })

/** A reader whose clock and CDN are ours. */
function world(options: { readonly store?: ReturnType<typeof memoryCache>; readonly hasHttpCache?: boolean } = {}) {
  const calls: Call[] = []
  const state: { nowEpochMs: number; answer: string | PrintcloudError } = {
    nowEpochMs: Date.parse('2026-11-21T12:00:00Z'),
    answer: '{"object":"catalogue","data":[]}',
  }
  const told: StaleAnswer[] = []
  const call: Caller = async (wanted) => {
    calls.push(wanted)
    if (state.answer instanceof PrintcloudError) throw state.answer
    return { answer: { status: 200, headers: new Headers({ etag: '"1"' }), text: state.answer }, isRepeated: false }
  }
  const { hasHttpCache = false } = options
  const surroundings = {
    fetch,
    nowEpochMs: () => state.nowEpochMs,
    random: () => 0,
    wait: async () => {},
    hasHttpCache,
  }
  const common = { call, surroundings, cache: { store: options.store ?? memoryCache() } }
  const onStale = (answer: StaleAnswer) => told.push(answer)
  const read = createPublishedReader({ ...common, cdnUrl: 'https://cdn.example', timeoutMilliseconds: 10_000, onStale })
  const { read: readApi } = createReader({ ...common, baseUrl: 'https://api.example', apiKey: undefined, onStale })
  return { state, calls, told, read: () => read({ path, object: 'catalogue', freshSeconds: 5 }), readApi }
}
const seconds = 1_000

test('a document serves for five seconds, is asked for after that, and serves for thirty days when there is no answer', async () => {
  const { state, calls, told, read } = world()
  await read()
  state.nowEpochMs += 4 * seconds
  await read()
  expect(calls).toHaveLength(1)
  state.nowEpochMs += 1 * seconds
  await read()
  expect(calls[1]).toMatchObject({ headers: { 'if-none-match': '"1"' }, retries: 1, timeoutMilliseconds: 2_000 })
  state.answer = down
  state.nowEpochMs += 29 * 86_400 * seconds
  expect(await read()).toMatchObject({ isStale: true })
  expect(told).toEqual([{ path, storedAt: '2026-11-21T12:00:05.000Z', ageSeconds: 29 * 86_400, cause: down }])
  state.nowEpochMs += 86_400 * seconds
  await expect(read()).rejects.toBe(down)
})

test('reads of the API tell of old answers as well', async () => {
  const { state, told, readApi } = world()
  await readApi('/v1/catalogue')
  state.answer = down
  state.nowEpochMs += 90 * seconds
  expect((await readApi('/v1/catalogue')).isStale).toBe(true)
  expect(told).toMatchObject([{ path: '/v1/catalogue', ageSeconds: 90, cause: { code: 'network_error' } }])
})

test('that a document is not there is known for five seconds, then asked again', async () => {
  const { state, calls, read } = world()
  state.answer = missing
  await expect(read()).rejects.toMatchObject({ code: 'not_found' })
  await expect(read()).rejects.toMatchObject({ code: 'not_found' })
  expect(calls).toHaveLength(1)
  state.nowEpochMs += 5 * seconds
  await expect(read()).rejects.toMatchObject({ code: 'not_found', status: 404 })
  expect(calls).toHaveLength(2)
})

test('processes that share a store share what each of them has read, and a clock that runs ahead freezes nothing', async () => {
  const store = memoryCache()
  const [one, two] = [world({ store }), world({ store })]
  await one.read()
  two.state.nowEpochMs += 3 * seconds
  await two.read()
  expect(two.calls).toHaveLength(0)
  // What the other one wrote comes from the future now: it may be served in need, and is asked for.
  two.state.nowEpochMs -= 3_600 * seconds
  await two.read()
  expect(two.calls).toHaveLength(1)
})

test('what a clock that ran ahead called missing is asked for again', async () => {
  const { state, calls, readApi } = world()
  const { answer } = state
  state.answer = missing
  await expect(readApi('/v1/orders/ord_1')).rejects.toBe(missing)
  state.answer = answer
  state.nowEpochMs -= 86_400 * seconds
  await readApi('/v1/orders/ord_1')
  expect(calls).toHaveLength(2)
})

test('in a browser no header makes it ask first whether it may', async () => {
  const { state, calls, read } = world({ hasHttpCache: true })
  await read()
  state.nowEpochMs += 10 * seconds
  await read()
  expect(calls.map(({ headers }) => headers)).toEqual([undefined, undefined])
})

test('what the store holds is served only when it is a document', async () => {
  for (const text of ['not JSON', '{}', '[]', '{"kind":"found","storedAtEpochMs":1,"text":"{}"}']) {
    const store = memoryCache()
    await store.set(`printcloud/1 https://cdn.example ${path}`, text)
    const { state, read } = world({ store })
    state.answer = down
    await expect(read()).rejects.toBe(down)
  }
})

test('the client asks where the contract says that documents are', () => {
  const id = 'pub_01kvqj7d2e8w5x3n6a9b4c1f0g'
  const seal = 'A-_bcdefghijklmnopqrst'
  expect(publishedPaths.catalogue).toBe(documentPaths.catalogue)
  expect(publishedPaths.facilities).toBe(documentPaths.facilities)
  expect(publishedPaths.prices('EUR')).toBe(documentPaths.prices('EUR'))
  expect(publishedPaths.offers('eur')).toBe(documentPaths.offers('EUR'))
  expect(publishedPaths.publication(id)).toBe(documentPaths.publication(id))
  expect(publishedPaths.status('platform')).toBe(documentPaths.status)
  expect(publishedPaths.status('probe')).toBe(documentPaths.probe)
  const page = `https://cdn.example${documentPaths.page('preview')}#${documentPaths.preview(id, seal)}`
  expect(previewPathIn(page)).toBe(documentPaths.preview(id, seal))
  expect(isDocumentPath('/public/v1/catalogue/poster-a3.A-_bcdefghijklmnopqrst.json')).toBe(true)
})
