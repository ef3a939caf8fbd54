import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { examplePublication, PublicationRequest } from '#contracts/order-api/publication.ts'
import { parse } from '#contracts/parse.ts'
import { createEdge } from '../../local/edge/edge.ts'
import { createS3Origin } from '../../local/edge/s3-origin.ts'
import { type EdgeServer, startEdge } from '../../local/edge/start-edge.ts'
import { createClient, memoryCache, PrintcloudError } from '../../services/order-client/index.ts'
import { inProcess } from './cli-api/in-process.ts'
import { type FaultProxy, startFaultProxy } from './order-client/fault-proxy.ts'
import { buckets, type PublishedWorld, startPublishedWorld } from './published-world.ts'

let world: PublishedWorld
let proxy: FaultProxy
let edge: EdgeServer
let folder = ''
/** How far the edge's clock is ahead. */
let aheadMilliseconds = 0
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'printcloud-publications-'))
  world = await startPublishedWorld()
  proxy = await startFaultProxy(world.api.url)
  const origin = createS3Origin(world.api.s3, buckets.primary)
  edge = await startEdge({ edge: createEdge({ origin, now: () => new Date(Date.now() + aheadMilliseconds) }) })
})
afterEach(() => proxy.always(undefined))
afterAll(async () => {
  await edge?.close()
  await proxy?.close()
  await world?.close()
  await rm(folder, { recursive: true, force: true })
})

const clientOf = (options: object = {}) =>
  createClient({ baseUrl: proxy.url, cdnUrl: edge.url, apiKey: world.api.secretKey, ...options })
const example = parse('example', PublicationRequest, examplePublication)
const faultOf = (work: Promise<unknown>): Promise<unknown> => work.catch((error: unknown) => error)

const as = (...words: readonly string[]) =>
  inProcess(words, { PRINTCLOUD_API_URL: world.api.url, PRINTCLOUD_API_KEY: world.api.secretKey })
async function jsonOf(...words: readonly string[]) {
  const { code, out, told } = await as(...words, '--json')
  expect([code, told]).toEqual([0, ''])
  return JSON.parse(out)
}
const urlWords = ['--url', 'https://example.com/harbour.pdf', '--pages', '48'] as const
const createWords = [
  'publications',
  'create',
  '--title',
  'Harbour Lights',
  '--sku',
  'magazine-a4',
  ...urlWords,
] as const

test('what is made and published on the command line is what every page reads, also when all of it is killed afterwards', async () => {
  const words = [...createWords, '--sku', 'softcover-a5', '--margin', '20%', '--currency', 'eur', '--country', 'nl']
  const made = await jsonOf(...words)
  expect(made).toMatchObject({
    state: 'draft',
    content: { kind: 'url', pages: 48 },
    offers: [
      { sku: 'magazine-a4', margin: { percent: 20 } },
      { sku: 'softcover-a5', margin: { percent: 20 } },
    ],
    ...{ currency: 'EUR', country: 'NL' },
  })
  await world.publishAll()
  const cache = { store: memoryCache() }
  const { published } = clientOf({ cache })
  expect(await faultOf(published.publication(made.id))).toMatchObject({ code: 'not_found' })
  expect(await published.preview(made.preview_url)).toMatchObject({ title: 'Harbour Lights' })
  const shown = await as('publications', 'publish', made.id)
  expect(shown.out).toContain(made.embed.html)
  await world.publishAll()
  const later = clientOf({ cache, freshSeconds: 0 })
  // What was not there a moment ago is asked for again after five seconds, by the edge and by us.
  aheadMilliseconds += 6_000
  const read = await clientOf({ cache: { ...cache, notFoundSeconds: 0 } }).published.publication(made.id)
  expect(read).toMatchObject({ id: made.id, version: 1, offers: [{ sku: 'magazine-a4' }, { sku: 'softcover-a5' }] })
  const product = await later.published.product('softcover-a5')
  expect(product).toEqual((await world.call('GET', '/v1/catalogue/softcover-a5')).json)
  const [first] = (await later.published.prices('EUR')).data
  expect((await later.published.priceBook(first ?? { document: '' })).currency).toBe('EUR')
  expect((await later.published.offers('EUR')).data.map(({ sku }) => sku)).toContain('softcover-a5')
  const gone = clientOf({
    cache,
    freshSeconds: 0,
    retries: 0,
    cdnUrl: edge.url,
    fetch: () => Promise.reject(new Error('killed')),
  })
  expect(await gone.published.publication(made.id)).toMatchObject({ title: 'Harbour Lights', isStale: true })
  expect(await gone.published.product('softcover-a5')).toMatchObject({ isStale: true })
})

test('a publication is changed, shown, undone, listed with its versions, and deleted, each with words and with JSON', async () => {
  const { id } = await jsonOf(...createWords, '--currency', 'EUR', '--margin', '3.00', '--publish')
  const renamed = await jsonOf('publications', 'update', id, '--title', 'Harbour Lights 12')
  expect(renamed).toMatchObject({ version: 2, published_version: 1, title: 'Harbour Lights 12' })
  const offered = await jsonOf('publications', 'update', id, '--sku', 'magazine-a4', '--sku', 'softcover-a5')
  expect(offered.offers).toEqual([{ sku: 'magazine-a4', margin: { amount: 300 } }, { sku: 'softcover-a5' }])
  expect((await jsonOf('publications', 'update', id, '--margin', '10%')).offers).toMatchObject([
    { margin: { percent: 10 } },
    { margin: { percent: 10 } },
  ])
  expect((await jsonOf('publications', 'update', id, '--pages', '52')).content).toMatchObject({
    kind: 'url',
    pages: 52,
  })
  expect((await as('publications', 'show', id)).out).toContain('● published, version 1; version 5 is a draft')
  const conflict = await as('publications', 'update', id, '--title', 'X', '--version', '2')
  expect([conflict.code, conflict.told]).toEqual([2, expect.stringContaining('version_conflict')])
  expect((await as('publications', 'undo', id, '--version', '5')).out).toContain(`Undone ${id}`)
  const { data } = await jsonOf('publications', 'versions', id)
  expect(data.map((each: { version: number }) => each.version)).toEqual([6, 5, 4, 3, 2, 1])
  const versions = (await as('publications', 'versions', id)).out
  expect(versions).toMatch(/^ +6 .+ as version 4/m)
  expect(versions).toMatch(/^ +1 .+ made +● published$/m)
  expect((await as('publications', 'list', '--limit', '1')).out).toContain(id)
  expect((await jsonOf('publications', 'publish', id, '--version', '3')).published_version).toBe(3)
  expect((await as('publications', 'delete', id)).out).toBe(`Deleted ${id}.\n`)
  expect((await as('publications', 'show', id)).told).toContain('not_found')
})

test('a publication is made of a file of this machine, of JSON, and once for a key', async () => {
  const path = join(folder, 'harbour.pdf')
  await writeFile(path, '%PDF-1.7\n')
  const words = ['publications', 'create', '--title', 'A', '--sku', 'poster-a3', '--currency', 'EUR', '--file', path]
  const made = await jsonOf(...words, '--idempotency-key', 'publication-1')
  expect(made.content).toEqual({ kind: 'file', file: expect.stringMatching(/^fil_/) })
  const json = join(folder, 'publication.json')
  await writeFile(json, JSON.stringify(examplePublication))
  const twice = ['publications', 'create', '--json-file', json, '--idempotency-key', 'publication-2']
  expect((await jsonOf(...twice)).id).toBe((await jsonOf(...twice)).id)
  const refused = await as(
    'publications',
    'create',
    '--title',
    'A',
    '--sku',
    'no-such',
    '--currency',
    'EUR',
    ...urlWords,
  )
  expect([refused.code, refused.told]).toEqual([2, expect.stringContaining('--sku')])
})

test('a change whose answer was lost is made once, and one that could be made twice is not sent again', async () => {
  const { publications } = clientOf()
  proxy.next('lost', 'reset')
  const { id } = await publications.create({ ...example, reference: 'lost-1' })
  const all: string[] = []
  for await (const each of publications.list({ limit: 2 })) if (each.reference === 'lost-1') all.push(each.id)
  expect(all).toEqual([id])
  proxy.next('lost')
  expect((await publications.update(id, { title: 'Second' })).version).toBe(2)
  proxy.next('lost')
  expect((await publications.publish(id)).published_version).toBe(2)
  const unsure = [
    () => publications.update(id, { title: 'Third', version: 2 }),
    () => publications.undo(id, { version: 3 }),
    () => publications.undo(id),
  ]
  for (const call of unsure) {
    proxy.next('lost')
    const from = proxy.seen.length
    expect(await faultOf(call())).toMatchObject({ code: 'network_error', isRetryable: true })
    expect(proxy.seen.length - from).toBe(1)
  }
  expect((await publications.version(id, 3)).title).toBe('Third')
  expect((await publications.get(id)).version).toBe(5)
  proxy.next('lost')
  await publications.delete(id)
  const fault = await faultOf(publications.get(id))
  expect(fault).toBeInstanceOf(PrintcloudError)
  expect(fault).toMatchObject({ status: 404 })
})
