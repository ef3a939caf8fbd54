import { type S3Client, S3ServiceException } from '@aws-sdk/client-s3'
import { Type } from 'typebox'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { documentPaths } from '#contracts/published/document-paths.ts'
import { localPriceBooks } from '../../local/prices/local-price-books.ts'
import { putPriceBook } from '../../services/order-api/quotes/price-book-store.ts'
import { clientWith, keyIn } from './published-client.ts'
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
    const refusing = await clientOf(() => {
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
    const conflicting = await clientOf((input) => {
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
    const refusing = await clientOf((input) => {
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
