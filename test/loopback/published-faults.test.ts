import { PutObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3'
import { Type } from 'typebox'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { documentPaths, keyOfPath } from '#contracts/published/document-paths.ts'
import { localPriceBooks } from '../../local/prices/local-price-books.ts'
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
let clients: S3Client[] = []

beforeAll(async () => {
  world = await startPublishedWorld()
  await world.publishAll()
})
afterAll(async () => {
  for (const client of clients) client.destroy()
  await world?.close()
})
beforeEach(() => {
  world.cache.dropped = []
  world.cache.isRefusing = false
})

const { publication: pathOf } = documentPaths

/** The real client of the store, with something happening before each of its calls. */
async function clientWith(before: (input: object) => Promise<void> | void): Promise<S3Client> {
  const { config } = world.api.s3
  const client = new S3Client({
    region: config.region,
    credentials: config.credentials,
    endpoint: await endpointOf(world.api.s3),
    requestChecksumCalculation: 'WHEN_REQUIRED',
    maxAttempts: 1,
  })
  client.middlewareStack.add(
    (next) => async (argument) => {
      await before(argument.input)
      return await next(argument)
    },
    { step: 'initialize' },
  )
  clients = [...clients, client]
  return client
}

async function endpointOf({ config }: S3Client): Promise<string> {
  const { protocol, hostname, port } = (await config.endpoint?.()) ?? { protocol: '', hostname: '', port: 0 }
  return `${protocol}//${hostname}:${port}`
}

const keyIn = (input: object): string => ('Key' in input && 'Body' in input ? String(input.Key) : '')

describe('a worker that is gone in the middle', () => {
  test('after its puts: another one writes the same bytes, and says so', async () => {
    const id = await world.make({ title: 'Before' })
    await world.publishAll()
    await world.edit(id, { title: 'After' })
    await expect(publishDocuments(failingAt('settlements'), world.release)).rejects.toThrow('killed')
    const put = await lyingAt(world, pathOf(id))
    expect(await publishDocuments(world.publishing, world.release)).toBe(0)
    world.later(31)
    world.cache.dropped = []
    await world.publishAll()
    const again = await lyingAt(world, pathOf(id))
    expect([again?.body.equals(put?.body ?? Buffer.of()), again?.etag]).toEqual([true, put?.etag])
    expect(world.cache.dropped).toContain(`document:publications/${id}.json`)
    expect(await waiting(world)).toBe(0)
  })

  test('before it could say what it put: a publication that is deleted then is gone, also where it could not be read meanwhile', async () => {
    const id = await world.make()
    await expect(publishDocuments(failingAt('settlements'), world.release)).rejects.toThrow('killed')
    world.later(31)
    await world.publishAll(failingAt('join publication_versions'))
    expect(await lyingAt(world, pathOf(id))).toBeDefined()
    await remove(id)
    for (const ending of ['', '.br', '.gz']) expect(await lyingAt(world, pathOf(id) + ending)).toBeUndefined()
  })

  test('after it took a publication away: caches drop that all the same', async () => {
    const id = await world.make()
    await world.publishAll()
    await world.call('DELETE', `/v1/publications/${id}`)
    await expect(publishDocuments(failingAt('settlements'), world.release)).rejects.toThrow('killed')
    world.cache.dropped = []
    world.later(31)
    await world.publishAll()
    expect(world.cache.dropped).toContain(`document:publications/${id}.json`)
  })

  test('or a store whose answer was lost: what it took is gone with a publication that is deleted', async () => {
    const id = await world.make()
    const Key = `${keyOfPath(pathOf(id))}.br`
    const losing = await clientWith(async (input) => {
      if (keyIn(input) !== Key) return
      await world.api.s3.send(new PutObjectCommand({ Bucket: buckets.primary, Key, Body: 'taken' }))
      throw new Error('the answer was lost')
    })
    await publishDocuments(world.worker({ stores: world.storesOn({ primary: losing }) }), world.release)
    await remove(id)
    for (const ending of ['', '.br', '.gz']) expect(await lyingAt(world, pathOf(id) + ending)).toBeUndefined()
  })
})

/** Takes a publication away, and waits until workers have made up for what failed. */
async function remove(id: string): Promise<void> {
  await world.call('DELETE', `/v1/publications/${id}`)
  world.later(61)
  await world.publishAll()
  expect(await waiting(world)).toBe(0)
}

/** A worker that is killed at a statement, or whose statement fails each time. */
const failingAt = (words: string) =>
  world.worker({
    database: {
      rows: async (schema, sql, parameters) => {
        if (sql.includes(words)) throw new Error('killed')
        return await world.api.database.rows(schema, sql, parameters)
      },
    },
  })

describe('two workers at once', () => {
  test('never leave an older text: the slow one finds that another wrote meanwhile', async () => {
    const id = await world.make({ title: 'First' })
    await world.publishAll()
    const { promise: isReleased, resolve: release } = Promise.withResolvers<void>()
    const { promise: isSlow, resolve: slow } = Promise.withResolvers<void>()
    const slowS3 = await clientWith(async (input) => {
      if (!keyIn(input).includes(id)) return
      slow()
      await isReleased
    })
    await world.edit(id, { title: 'Older' })
    const slowly = publishDocuments(
      world.worker({ stores: world.storesOn({ primary: slowS3, standby: slowS3 }) }),
      world.release,
    )
    await isSlow
    world.later(31)
    await world.edit(id, { title: 'Newer' })
    await world.publishAll()
    release()
    await slowly
    for (const bucket of Object.values(buckets)) {
      for (const ending of ['', '.br', '.gz']) {
        expect((await lyingAt(world, pathOf(id) + ending, bucket))?.etag).toBe((await etagsOf(id, bucket))[ending])
      }
      expect(await documentAt(world, pathOf(id), bucket)).toMatchObject({ title: 'Newer', version: 3 })
    }
  })
})

describe('what changes while a document is being written', () => {
  test('is in it in the end, also in one that nobody knew to be made of it', async () => {
    world.api.clock.now = new Date('2027-06-01T12:00:00Z')
    const { database } = world.api
    const books = localPriceBooks.filter(({ currency }) => currency === 'GBP')
    const put = (base: number) =>
      Promise.all(
        books.map((book) => {
          const products = { ...book.products, 'poster-a3': { base } }
          const dated = {
            ...book,
            isTaxInclusive: false,
            products,
            validFrom: base === 70_000 ? '2027-06-01' : '2027-05-01',
          }
          return putPriceBook(database, dated, new Date('2027-04-01T00:00:00Z'))
        }),
      )
    await put(50_000)
    await world.publishAll()
    const offers = { content: { kind: 'asynchronous' }, offers: [{ sku: 'poster-a3' }], currency: 'GBP' }
    const id = await world.make(offers)
    let interruptions = 0
    const interrupted = world.worker({
      database: {
        rows: async (schema, sql, parameters) => {
          const isSettling = sql.includes('settlements')
          if (isSettling && interruptions === 0) {
            interruptions += 1
            await put(70_000)
          }
          return await database.rows(schema, sql, parameters)
        },
      },
    })
    await world.publishAll(interrupted)
    expect([interruptions, (await documentAt(world, pathOf(id))).offers[0].from.amount]).toEqual([1, 70_000])
  })
})

describe('a price book that cannot be read', () => {
  test('holds up what shows its prices, and nothing else', async () => {
    const [zloty, euro] = [await world.make({ currency: 'PLN', title: 'One' }), await world.make({ title: 'One' })]
    await world.publishAll()
    const { database } = world.api
    const breakSql = `insert into price_books (facility_id, currency, valid_from, doc)
      values ('fac_utrecht', 'PLN', '2026-01-01', '{}') returning to_jsonb(currency) as row`
    const mendSql = `delete from price_books where currency = 'PLN' returning to_jsonb(currency) as row`
    await database.rows(Type.String(), breakSql)
    for (const id of [zloty, euro]) await world.edit(id, { title: 'Two' })
    await world.publishAll()
    expect([await title(zloty), await title(euro), await waiting(world)]).toEqual(['One', 'Two', 2])
    await database.rows(Type.String(), mendSql)
    world.later(61)
    await world.publishAll()
    expect([await title(zloty), await waiting(world)]).toEqual(['Two', 0])
  })
})

describe('a store that does not take what it is given', () => {
  test('the standby: everyone reads the first one, and it is caught up as soon as it answers', async () => {
    const id = await world.make({ title: 'One' })
    await world.publishAll()
    await world.edit(id, { title: 'Two' })
    const refusing = await clientWith(() => {
      throw new Error('the region is away')
    })
    await world.publishAll(world.worker({ stores: world.storesOn({ standby: refusing }) }))
    expect([await title(id), await title(id, buckets.standby), await waiting(world)]).toEqual(['Two', 'One', 0])
    world.later(61)
    await world.publishAll()
    expect(await title(id, buckets.standby)).toBe('Two')
  })

  test('what a list names: the list is not published before it', async () => {
    const [book] = localPriceBooks.filter(({ currency }) => currency === 'USD')
    if (!book) throw new Error('There is no local price book in USD')
    const conflicting = await clientWith((input) => {
      if (!/prices\/usd\/.*gz$/.test(keyIn(input))) return
      const $metadata = { httpStatusCode: 409 }
      throw new S3ServiceException({ name: 'ConditionalRequestConflict', $fault: 'client', $metadata })
    })
    await putPriceBook(world.api.database, { ...book, validFrom: '2099-01-01' }, world.publishing.now())
    await world.publishAll(world.worker({ stores: world.storesOn({ primary: conflicting, standby: conflicting }) }))
    const named = async (): Promise<string[]> =>
      (await documentAt(world, documentPaths.prices('USD'))).data.map((each: { document: string }) => each.document)
    const before = await named()
    for (const path of before) expect(await lyingAt(world, `${path}.gz`)).toBeDefined()
    world.later(61)
    await world.publishAll()
    expect(await named()).toHaveLength(before.length + 1)
  })

  test('the first one: nothing counts as published, and it is tried again until it is', async () => {
    const id = await world.make({ title: 'One' })
    await world.publishAll()
    await world.edit(id, { title: 'Two' })
    const refusing = await clientWith((input) => {
      if (keyIn(input).endsWith('.br')) throw new Error('no room')
    })
    await world.publishAll(world.worker({ stores: world.storesOn({ primary: refusing }) }))
    expect(await waiting(world)).toBeGreaterThan(0)
    world.later(61)
    await world.publishAll()
    expect([await title(id), await waiting(world)]).toEqual(['Two', 0])
  })
})

describe('a cache that refuses to drop', () => {
  test('is asked until it does, and only then the edit counts as published', async () => {
    const id = await world.make({ title: 'One' })
    await world.publishAll()
    await world.edit(id, { title: 'Two' })
    world.cache.isRefusing = true
    await world.publishAll()
    expect([await title(id), await waiting(world)]).toEqual(['Two', 1])
    world.cache.isRefusing = false
    world.later(61)
    await world.publishAll()
    expect([await waiting(world), world.cache.dropped]).toEqual([0, [`document:publications/${id}.json`]])
  })

  test('what is owed to it stays owed when the worker ends', async () => {
    const id = await world.make({ title: 'One' })
    await world.publishAll()
    await world.edit(id, { title: 'Two' })
    await world.publishAll()
    world.cache.isRefusing = true
    await dropLater(world)
    world.cache.isRefusing = false
    world.cache.dropped = []
    await dropLater(world)
    expect(world.cache.dropped).toContain(`document:publications/${id}.json`)
  })
})

const title = async (id: string, bucket?: string): Promise<string> =>
  (await documentAt(world, pathOf(id), bucket)).title

async function etagsOf(id: string, bucket: string): Promise<Readonly<Record<string, string>>> {
  const sql = `select copies->:bucket::text->'etags' as row from documents where path = :path::text`
  const [etags] = await world.api.database.rows(Type.Record(Type.String(), Type.String()), sql, {
    bucket,
    path: pathOf(id),
  })
  return etags ?? {}
}
