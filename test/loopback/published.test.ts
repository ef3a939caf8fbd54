import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { CatalogueProduct } from '#contracts/order-api/catalogue.ts'
import { issuesOf } from '#contracts/parse.ts'
import { PriceBook } from '#contracts/prices/price-book.ts'
import { cacheRules } from '#contracts/published/cache-rules.ts'
import { CatalogueDocument } from '#contracts/published/catalogue-document.ts'
import { documentPaths } from '#contracts/published/document-paths.ts'
import { OffersDocument, PricesDocument } from '#contracts/published/prices-document.ts'
import { PublicationDocument } from '#contracts/published/publication-document.ts'
import { localPriceBooks } from '../../local/prices/local-price-books.ts'
import { startPublishing } from '../../services/order-api/published/start-publishing.ts'
import { publishDocuments } from '../../services/order-api/published/write/publish-documents.ts'
import { putPriceBook } from '../../services/order-api/quotes/price-book-store.ts'
import {
  buckets,
  documentAt,
  dropLater,
  lyingAt,
  type PublishedWorld,
  startPublishedWorld,
  waiting,
} from './published-world.ts'

let world: PublishedWorld

beforeAll(async () => {
  world = await startPublishedWorld()
  await world.publishAll()
})
afterAll(() => world?.close())
beforeEach(() => {
  world.api.clock.now = undefined
  world.cache.dropped = []
})

const { publication: pathOf } = documentPaths

describe('what comes with the release is there once a worker runs', () => {
  test('the catalogue, with a document of each product that holds what the API says of it', async () => {
    const catalogue = await documentAt(world, documentPaths.catalogue)
    expect(issuesOf(CatalogueDocument, catalogue)).toEqual([])
    const [first] = catalogue.data
    const product = await documentAt(world, first.document)
    expect(issuesOf(CatalogueProduct, product)).toEqual([])
    expect(product).toEqual((await world.call('GET', `/v1/catalogue/${first.sku}`)).json)
    expect((await lyingAt(world, first.document))?.cacheControl).toBe(cacheRules.immutable)
  })

  test('prices and offers of every currency that has a price book', async () => {
    const prices = await documentAt(world, documentPaths.prices('EUR'))
    expect(issuesOf(PricesDocument, prices)).toEqual([])
    expect(issuesOf(PriceBook, await documentAt(world, prices.data[0].document))).toEqual([])
    const offers = await documentAt(world, documentPaths.offers('EUR'))
    expect([issuesOf(OffersDocument, offers), offers.data.length > 10]).toEqual([[], true])
  })

  test('the pages with what they load', async () => {
    const page = await lyingAt(world, documentPaths.page('status'))
    expect([page?.contentType, page?.cacheControl]).toEqual(['text/html; charset=utf-8', cacheRules.document])
  })
})

describe('an edit that was saved', () => {
  test('lies in both stores in all three packings, with what caches need to know', async () => {
    const id = await world.make({ title: 'Harbour Lights' })
    await world.publishAll()
    for (const bucket of Object.values(buckets)) {
      const plain = await lyingAt(world, pathOf(id), bucket)
      const document = JSON.parse(plain?.body.toString() ?? '')
      expect(issuesOf(PublicationDocument, document)).toEqual([])
      expect(document).toMatchObject({ id, is_test: true, version: 1, state: 'open', title: 'Harbour Lights' })
      const said = {
        contentType: 'application/json; charset=utf-8',
        cacheControl: cacheRules.document,
        tags: expect.stringContaining(`publication:${id}`),
      }
      expect(plain).toMatchObject({ ...said, contentEncoding: undefined })
      const brotli = await lyingAt(world, `${pathOf(id)}.br`, bucket)
      expect(brotli).toMatchObject({ ...said, contentEncoding: 'br' })
      const gzip = await lyingAt(world, `${pathOf(id)}.gz`, bucket)
      expect(gzip).toMatchObject({ ...said, contentEncoding: 'gzip' })
      expect(brotliDecompressSync(brotli?.body ?? '').equals(plain?.body ?? Buffer.of())).toBe(true)
      expect(gunzipSync(gzip?.body ?? '').equals(plain?.body ?? Buffer.of())).toBe(true)
    }
  })

  test('takes the place of what was there, and caches drop exactly that, twice', async () => {
    const id = await world.make()
    await world.publishAll()
    expect(world.cache.dropped).toEqual([])
    await world.edit(id, { title: 'Second printing' })
    await world.publishAll()
    expect(await documentAt(world, pathOf(id))).toMatchObject({ version: 2, title: 'Second printing' })
    const tag = `document:publications/${id}.json`
    expect(world.cache.dropped).toEqual([tag])
    await dropLater(world)
    expect(world.cache.dropped).toEqual([tag, tag])
    await dropLater(world)
    expect(world.cache.dropped).toHaveLength(2)
  })

  test('is a draft until it is published: only who has the link sees it', async () => {
    const id = await world.make({ title: 'As it was' })
    const answer = await world.edit(id, { title: 'Not yet', publish: false })
    await world.publishAll()
    expect(await documentAt(world, pathOf(id))).toMatchObject({ title: 'As it was', version: 1 })
    const [, preview = ''] = /#(\S+)$/.exec(answer.json.preview_url) ?? []
    expect(await documentAt(world, preview)).toMatchObject({ title: 'Not yet', version: 2 })
    expect((await lyingAt(world, preview))?.cacheControl).toBe(cacheRules.preview)
  })

  test('that changes nothing of the text puts nothing and drops nothing', async () => {
    const id = await world.make()
    await world.publishAll()
    const before = await lyingAt(world, pathOf(id))
    await world.edit(id, { reference: 'ours', publish: false })
    await world.publishAll()
    expect((await lyingAt(world, pathOf(id)))?.etag).toBe(before?.etag)
    expect(world.cache.dropped).toEqual([])
  })
})

describe('a worker that runs', () => {
  test('publishes what is saved without being told, drops it twice, and finishes what it has in hand when it ends', async () => {
    const ending = new AbortController()
    const { drain, look } = startPublishing(world.publishing, ending.signal)
    const id = await world.make()
    const title = async () => (await documentAt(world, pathOf(id)))?.title
    await expect.poll(title, { timeout: 10_000 }).toBe('Harbour Lights, issue 12')
    await world.edit(id, { title: 'Second printing' })
    look()
    await expect.poll(title, { timeout: 10_000 }).toBe('Second printing')
    const drops = () => world.cache.dropped.filter((tag) => tag === `document:publications/${id}.json`).length
    await expect.poll(drops, { timeout: 10_000 }).toBe(1)
    await expect.poll(() => waiting(world), { timeout: 10_000 }).toBe(0)
    world.api.clock.now = new Date(Date.now() + 6_000)
    await expect.poll(drops, { timeout: 10_000 }).toBe(2)
    ending.abort()
    await drain()
    expect(await waiting(world)).toBe(0)
  })
})

describe('an edit that was not saved', () => {
  test('leaves nothing: neither a document nor anything to be written', async () => {
    const id = await world.make({ title: 'Kept' })
    await world.publishAll()
    const refused = await world.edit(id, { title: 'Lost', version: 7 })
    expect(refused.status).toBe(409)
    expect(await publishDocuments(world.publishing, world.release)).toBe(0)
    expect(await documentAt(world, pathOf(id))).toMatchObject({ title: 'Kept', version: 1 })
  })
})

describe('a deleted publication', () => {
  test('is gone from both stores in every packing, and from caches', async () => {
    const id = await world.make()
    await world.publishAll()
    expect((await world.call('DELETE', `/v1/publications/${id}`)).status).toBe(200)
    await world.publishAll()
    for (const bucket of Object.values(buckets)) {
      for (const ending of ['', '.br', '.gz']) {
        expect(await lyingAt(world, pathOf(id) + ending, bucket)).toBeUndefined()
      }
    }
    expect(world.cache.dropped).toEqual([`document:publications/${id}.json`])
  })
})

describe('what changes by itself', () => {
  test('a publication opens and ends by its validity', async () => {
    const id = await world.make({ valid_from: '2027-03-01T10:00:00Z', valid_until: '2027-03-02T10:00:00+01:00' })
    const stateAt = async (moment: string) => {
      world.api.clock.now = new Date(moment)
      await world.publishAll()
      return (await documentAt(world, pathOf(id))).state
    }
    expect(await stateAt('2027-03-01T09:59:59Z')).toBe('upcoming')
    expect(await stateAt('2027-03-01T10:00:00Z')).toBe('open')
    expect(await stateAt('2027-03-02T08:59:59Z')).toBe('open')
    expect(await stateAt('2027-03-02T09:00:00Z')).toBe('ended')
  })

  test('new prices hold from their first day on, and stand in the list of prices before', async () => {
    world.api.clock.now = new Date('2027-04-01T12:00:00Z')
    const id = await world.make({ content: { kind: 'asynchronous' }, offers: [{ sku: 'poster-a3' }] })
    await world.publishAll()
    const amount = async () => (await documentAt(world, pathOf(id))).offers[0].from.amount
    const before = await amount()
    const dearer = localPriceBooks.filter(({ currency }) => currency === 'EUR').map(withDearPosters('2027-05-01'))
    for (const book of dearer) expect(await putPriceBook(world.api.database, book, world.api.clock.now)).toBe(true)
    await world.publishAll()
    expect(await amount()).toBe(before)
    const listed = await documentAt(world, documentPaths.prices('EUR'))
    expect(listed.data.map((each: { valid_from: string }) => each.valid_from)).toContain('2027-05-01')
    world.api.clock.now = new Date('2027-05-01T00:00:00Z')
    await world.publishAll()
    expect(await amount()).toBe(before + 100_000)
    const then = await documentAt(world, documentPaths.prices('EUR'))
    expect(then.data).toHaveLength(dearer.length)
  })

  test('a currency that nobody sold in has its documents with its first price book', async () => {
    const [book] = localPriceBooks
    if (!book) throw new Error('There is no local price book')
    await putPriceBook(world.api.database, { ...book, currency: 'PLN' }, new Date())
    await world.publishAll()
    expect((await documentAt(world, documentPaths.offers('PLN'))).data.length).toBeGreaterThan(0)
    expect((await documentAt(world, documentPaths.prices('PLN'))).data).toHaveLength(1)
  })
})

const withDearPosters =
  (validFrom: string) =>
  (book: PriceBook): PriceBook => {
    const { 'poster-a3': poster, ...others } = book.products
    if (!poster) return { ...book, validFrom }
    const extra = book.isTaxInclusive ? 121_000 : 100_000
    return { ...book, validFrom, products: { ...others, 'poster-a3': { ...poster, base: poster.base + extra } } }
  }
