import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { documentPaths, immutablePaths } from '#contracts/published/document-paths.ts'
import {
  type ClientOptions,
  createClient,
  fileCache,
  memoryCache,
  PrintcloudError,
  type StaleAnswer,
} from '../../services/order-client/node/index.ts'
import { type DocumentSite, startDocumentSite } from './order-client/document-site.ts'

const publicationId = 'pub_01kvqj7d2e8w5x3n6a9b4c1f0g'
const publication = { object: 'publication', id: publicationId, title: 'Harbour Lights', version: 3, offers: [] }
const preview = documentPaths.preview(publicationId, 'abcdefghijklmnopqrstuv')
const product = { object: 'product', sku: 'poster-a3', title: 'Poster A3' }
const book = { facilityId: 'fac_haarlem', currency: 'EUR', products: {} }
const hashOf = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 22)
const productPath = immutablePaths.product('poster-a3', hashOf(product))
const bookPath = immutablePaths.priceBook('EUR', 'fac_haarlem', hashOf(book))
const at = '2026-11-21T20:00:00Z'
const platformStatus = { object: 'status', written_by: 'platform', at, next_at: at, condition: 'working', parts: [] }
const documents: Readonly<Record<string, unknown>> = {
  [documentPaths.catalogue]: { object: 'catalogue', data: [{ sku: 'poster-a3', document: productPath }] },
  [productPath]: product,
  [documentPaths.prices('EUR')]: { object: 'prices', currency: 'EUR', data: [{ document: bookPath }] },
  [bookPath]: book,
  [documentPaths.offers('EUR')]: { object: 'offers', currency: 'EUR', data: [] },
  [documentPaths.publication(publicationId)]: publication,
  [preview]: { ...publication, title: 'A draft' },
  [documentPaths.status]: platformStatus,
  [documentPaths.probe]: { ...platformStatus, written_by: 'probe' },
}

let site: DocumentSite
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'printcloud-published-'))
})
beforeEach(async () => {
  site = await startDocumentSite()
  for (const [path, document] of Object.entries(documents)) await site.put(path, document)
})
afterEach(() => site.close())
afterAll(() => rm(folder, { recursive: true, force: true }))

const secret = `sk_test_${'a'.repeat(36)}`
/** A client whose API is not there at all. */
const clientOf = (options: Partial<ClientOptions> = {}) =>
  createClient({ baseUrl: 'http://127.0.0.1:9', cdnUrl: site.url, apiKey: secret, retries: 0, ...options })

const faultOf = async (work: Promise<unknown>): Promise<PrintcloudError> => {
  const error = await work.then(
    () => undefined,
    (fault: unknown) => fault,
  )
  if (error instanceof PrintcloudError) return error
  throw new Error(`No PrintcloudError but ${String(error)}`)
}
const askedFor = (path: string): number => site.seen.filter((each) => each.path === path).length

test('everything that is published is read while the API is away, and the key is shown to nobody', async () => {
  const { published } = clientOf()
  expect((await published.catalogue()).data).toHaveLength(1)
  expect(await published.product('poster-a3')).toEqual(product)
  const { data } = await published.prices('EUR')
  expect(await published.priceBook(data[0] ?? { document: '' })).toEqual(book)
  expect(await published.offers('eur')).toMatchObject({ currency: 'EUR' })
  expect(await published.publication(publicationId)).toMatchObject({ title: 'Harbour Lights', isStale: false })
  expect(await published.preview(`${site.url}/public/v1/pages/preview.html#${preview}`)).toMatchObject({
    title: 'A draft',
  })
  expect((await published.status()).written_by).toBe('platform')
  expect((await published.status({ writtenBy: 'probe' })).written_by).toBe('probe')
  expect(site.seen.every(({ headers }) => headers.authorization === undefined)).toBe(true)
  expect(JSON.stringify(site.seen)).not.toContain(secret)
  expect(await faultOf(published.product('no-such'))).toMatchObject({ code: 'not_found', status: 404 })
  expect(() => published.publication('..')).toThrow('not_found')
  expect(await faultOf(published.preview('https://elsewhere.example/x'))).toMatchObject({ code: 'not_found' })
})

test('what was read a moment ago is not asked for again, what is older is asked for by its mark, what never changes never', async () => {
  const path = documentPaths.catalogue
  const patient = clientOf({ freshSeconds: 60 })
  await patient.published.catalogue()
  expect(await patient.published.catalogue()).toMatchObject({ isStale: false })
  expect(askedFor(path)).toBe(1)
  const hasty = clientOf({ freshSeconds: 0 })
  await hasty.published.product('poster-a3')
  await hasty.published.product('poster-a3')
  expect(site.seen.at(-1)?.headers['if-none-match']).toMatch(/^"/)
  expect([askedFor(path), askedFor(productPath)]).toEqual([3, 1])
})

test.each([
  ['memory', () => memoryCache()],
  ['a folder', () => fileCache(join(folder, 'cache'))],
])('with everything of ours killed, the next process reads from %s, and says how old it is', async (_name, storeOf) => {
  const cache = { store: storeOf() }
  const first = clientOf({ cache })
  const { storedAt } = await first.published.publication(publicationId)
  await first.published.product('poster-a3')
  await site.kill()
  const told: StaleAnswer[] = []
  // Another account as well: what everybody may read belongs to nobody.
  const next = clientOf({
    cache,
    freshSeconds: 0,
    apiKey: `sk_live_${'b'.repeat(36)}`,
    onStale: (each) => told.push(each),
  })
  const read = await next.published.publication(publicationId)
  expect(read).toMatchObject({ title: 'Harbour Lights', isStale: true, storedAt })
  expect(told).toEqual([
    {
      path: documentPaths.publication(publicationId),
      storedAt,
      ageSeconds: expect.any(Number),
      cause: expect.objectContaining({ code: 'network_error' }),
    },
  ])
  expect(await next.published.product('poster-a3')).toMatchObject({ sku: 'poster-a3', isStale: true })
  expect(told).toHaveLength(2)
  expect(await faultOf(next.published.offers('EUR'))).toMatchObject({ code: 'network_error' })
  const strict = clientOf({ cache: { ...cache, maximumStaleSeconds: 0 }, freshSeconds: 0 })
  expect(await faultOf(strict.published.publication(publicationId))).toMatchObject({ code: 'network_error' })
})

test.each([
  ['throws', () => expect.fail('not heard')],
  ['rejects', () => Promise.reject(new Error('not heard'))],
])('a listener that %s fails no read', async (_what, onStale) => {
  const { published } = clientOf({ onStale, freshSeconds: 0 })
  await published.catalogue()
  await site.kill()
  expect((await published.catalogue()).isStale).toBe(true)
})

test('a thousand readers of one document at once are one request, each with a copy of its own', async () => {
  const { published } = clientOf({ freshSeconds: 0 })
  const release = site.holdBack()
  const stopping = new AbortController()
  const waiting = Array.from({ length: 1000 }, () => published.publication(publicationId))
  const leaving = published.publication(publicationId, { signal: stopping.signal })
  stopping.abort(new Error('enough'))
  await expect(leaving).rejects.toThrow('enough')
  release()
  const [one, two] = await Promise.all(waiting)
  expect(askedFor(documentPaths.publication(publicationId))).toBe(1)
  expect(one).toEqual(two)
  expect(one).not.toBe(two)
})

test.each([
  ['that works', () => ({ store: memoryCache() })],
  ['that fails', () => ({ store: { get: fails, set: fails, delete: fails } })],
])('a storm of retries for a document that is not there is one request, with a store %s', async (_name, cacheOf) => {
  const { published } = clientOf({ cache: cacheOf(), retries: 4 })
  const path = documentPaths.publication('pub_unknown')
  const storm = await Promise.all(Array.from({ length: 500 }, () => faultOf(published.publication('pub_unknown'))))
  for (let more = 0; more < 500; more += 1) storm.push(await faultOf(published.publication('pub_unknown')))
  expect(askedFor(path)).toBe(1)
  expect(new Set(storm.map(({ code, status }) => `${code} ${status}`))).toEqual(new Set(['not_found 404']))
})
test('a store that hangs holds no read up for long, and names that nobody knows do not fill one', async () => {
  const hangs = () => new Promise<never>(() => undefined)
  const hanging = clientOf({ cache: { store: { get: hangs, set: hangs, delete: hangs } } })
  expect(await hanging.published.publication(publicationId)).toMatchObject({ isStale: false })
  const written: string[] = []
  const store = { ...memoryCache(), set: async (key: string) => void written.push(key) }
  const { published } = clientOf({ cache: { store } })
  for (let number = 0; number < 20; number += 1) await faultOf(published.publication(`pub_${number}`))
  expect(written).toEqual([])
})

const fails = (): Promise<never> => Promise.reject(new Error('the store is away'))

test('what was taken away is gone, and is not brought back by an outage', async () => {
  const { published } = clientOf({ freshSeconds: 0, cache: { store: memoryCache(), notFoundSeconds: 0 } })
  await published.publication(publicationId)
  site.instead({ status: 404, body: '' })
  expect(await faultOf(published.publication(publicationId))).toMatchObject({ code: 'not_found' })
  await site.kill()
  expect(await faultOf(published.publication(publicationId))).toMatchObject({ code: 'network_error' })
})

test.each([
  ['a page to log in', { status: 200, body: '<html>Welcome to the Wi-Fi</html>' }],
  ['words of a proxy', { status: 200, body: '{"message":"maintenance"}' }],
  ['another document', { status: 200, body: JSON.stringify(product) }],
  ['a refusal, which no public file knows', { status: 403, body: '<Error>AccessDenied</Error>' }],
  ['an outage', { status: 503, body: '' }],
])('%s neither is the document nor takes its place', async (_what, answer) => {
  const cache = { store: memoryCache() }
  await clientOf({ cache }).published.publication(publicationId)
  site.instead(answer)
  const next = clientOf({ cache, freshSeconds: 0 })
  expect(await next.published.publication(publicationId)).toMatchObject({ title: 'Harbour Lights', isStale: true })
  site.instead()
  expect(await next.published.publication(publicationId)).toMatchObject({ isStale: false })
})

test('a document that is not what its name promises is not kept for ever, nor is a path followed that leads elsewhere', async () => {
  const { published } = clientOf()
  await site.put(productPath, { ...product, title: 'Another one' })
  expect(await faultOf(published.product('poster-a3'))).toMatchObject({ code: 'malformed_answer' })
  await site.put(productPath, product)
  expect(await published.product('poster-a3')).toMatchObject({ title: 'Poster A3' })
  for (const document of ['@evil.example/x.json', '//evil.example/x.json', '/public/v1/../../v1/orders.json', '']) {
    expect(await faultOf(published.priceBook({ document }))).toMatchObject({ code: 'malformed_answer' })
  }
})

test('after five reads without any answer nothing is sent for a while; failures of the API do not count', async () => {
  const { published, catalogue } = clientOf({ baseUrl: site.url, freshSeconds: 0, timeoutMilliseconds: 100 })
  await published.catalogue()
  site.instead({ status: 503, body: '' })
  for (let call = 0; call < 6; call += 1) await faultOf(catalogue.list())
  expect(await faultOf(catalogue.list())).toMatchObject({ code: 'circuit_open' })
  site.instead()
  expect((await published.catalogue()).isStale).toBe(false)
  const letGo = site.holdBack()
  for (let read = 0; read < 5; read += 1) await faultOf(published.offers('EUR'))
  const asked = site.seen.length
  expect((await published.catalogue()).isStale).toBe(true)
  expect(await faultOf(published.offers('EUR'))).toMatchObject({ code: 'circuit_open' })
  expect(site.seen.length).toBe(asked)
  letGo()
})

test('a document that the CDN cannot give keeps nobody from those that it can', async () => {
  const { published } = clientOf()
  site.instead({ status: 502, body: '' })
  for (let read = 0; read < 6; read += 1) await faultOf(published.offers('EUR'))
  site.instead()
  expect(await published.publication(publicationId)).toMatchObject({ isStale: false })
})

test('calls that the API refuses use up no retry of a read', async () => {
  const { published, catalogue } = clientOf({ baseUrl: site.url, retries: 1 })
  site.instead({ status: 500, body: '' })
  await Promise.all(Array.from({ length: 30 }, () => faultOf(catalogue.list())))
  expect(askedFor('/v1/catalogue')).toBe(30 + 20)
  await faultOf(published.publication(publicationId))
  expect(askedFor(documentPaths.publication(publicationId))).toBe(2)
})

test('all reads together retry no more than the budget allows', async () => {
  const { published } = clientOf({ retries: 4, timeoutMilliseconds: 1_000 })
  site.instead({ status: 503, body: '' })
  const reads = Array.from({ length: 100 }, (_each, number) => faultOf(published.publication(`pub_${number}`)))
  await Promise.all(reads)
  expect(site.seen.length).toBeLessThanOrEqual(100 + 20 + 5)
})
