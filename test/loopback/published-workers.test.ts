import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { Type } from 'typebox'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { documentPaths, keyOfPath } from '#contracts/published/document-paths.ts'
import { localPriceBooks } from '../../local/prices/local-price-books.ts'
import { publishDocuments } from '../../services/order-api/published/write/publish-documents.ts'
import { putPriceBook } from '../../services/order-api/quotes/price-book-store.ts'
import { clientWith, keyIn } from './published-client.ts'
import { buckets, documentAt, lyingAt, type PublishedWorld, startPublishedWorld, waiting } from './published-world.ts'

let world: PublishedWorld
const clients: S3Client[] = []

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

const clientOf = async (before: (input: object) => Promise<void> | void): Promise<S3Client> => {
  const client = await clientWith(world, before)
  clients.push(client)
  return client
}

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
    const losing = await clientOf(async (input) => {
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
    const slowS3 = await clientOf(async (input) => {
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

async function etagsOf(id: string, bucket: string): Promise<Readonly<Record<string, string>>> {
  const sql = `select copies->:bucket::text->'etags' as row from documents where path = :path::text`
  const [etags] = await world.api.database.rows(Type.Record(Type.String(), Type.String()), sql, {
    bucket,
    path: pathOf(id),
  })
  return etags ?? {}
}
