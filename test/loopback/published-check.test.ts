import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { Type } from 'typebox'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { documentPaths, keyOfPath } from '#contracts/published/document-paths.ts'
import { localPriceBooks } from '../../local/prices/local-price-books.ts'
import { runOperator } from '../../services/order-api/operator/run-operator.ts'
import { checkDocuments } from '../../services/order-api/published/check/check-documents.ts'
import { lockedSql } from '../../services/order-api/published/locked-sql.ts'
import { holdRelease, prepareRelease } from '../../services/order-api/published/prepare-release.ts'
import { spreadParameters, spreadSql, touchParameters, touchSql } from '../../services/order-api/published/touch-sql.ts'
import { publishDocuments } from '../../services/order-api/published/write/publish-documents.ts'
import { settleDocuments } from '../../services/order-api/published/write/settle-documents.ts'
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

const { publication: pathOf } = documentPaths

describe('the check of what lies in the stores', () => {
  const check = (isRepair: boolean) =>
    checkDocuments(world.publishing, world.release, { isRepair, signal: AbortSignal.timeout(30_000) })

  test('finds what is missing, what differs and what nothing names, and mends all of it', async () => {
    world.later(120)
    await world.publishAll()
    await dropLater(world)
    expect(await check(false)).toEqual([])
    const [missing, differing] = [await world.make(), await world.make()]
    await world.publishAll()
    const catalogue = await documentAt(world, documentPaths.catalogue)
    const part = catalogue.data[0].document
    await remove(`${pathOf(missing)}.gz`, buckets.primary)
    await remove(part, buckets.standby)
    await put(pathOf(differing), buckets.standby, '{}')
    await put(documentPaths.publication('pub_gone'), buckets.primary, '{}')
    world.later(3 * 24 * 3600)
    const told = ((await check(true)) ?? []).map(({ store, kind, path }) => `${store} ${kind} ${path}`)
    expect(told.sort()).toEqual(
      [
        `primary missing ${pathOf(missing)}`,
        `primary superfluous ${documentPaths.publication('pub_gone')}`,
        `standby differs ${pathOf(differing)}`,
        `standby missing ${part}`,
      ].sort(),
    )
    await world.publishAll()
    expect(await check(false)).toEqual([])
    expect(await title(differing, buckets.standby)).toBe(await title(differing))
    expect(await lyingAt(world, documentPaths.publication('pub_gone'))).toBeUndefined()
  })

  test('is a command of the operator too', async () => {
    const operate = (...options: readonly string[]): Promise<string> =>
      runOperator(
        ['documents', 'check', ...options],
        () => world.api.database,
        world.publishing.now,
        undefined,
        () => world.publishing.stores,
      )
    await world.publishAll()
    expect(await operate()).toBe('Every document lies where it should, as it was published.\n')
    await remove(documentPaths.offers('EUR'), buckets.standby)
    expect(await operate()).toMatch(/standby +missing +\/public\/v1\/offers\/eur.json\n1 found\. To mend it/)
    expect(JSON.parse(await operate('--repair', '--json'))).toEqual({
      is_repaired: true,
      data: [{ store: 'standby', kind: 'missing', path: '/public/v1/offers/eur.json' }],
    })
    await world.publishAll()
    expect(await lyingAt(world, documentPaths.offers('EUR'), buckets.standby)).toBeDefined()
  })

  test('lets what others write lie: the status, and thumbnails', async () => {
    await put(documentPaths.status, buckets.primary, '{}')
    await put('/public/v1/thumbnails/abc/160.webp', buckets.primary, 'picture')
    world.later(3 * 24 * 3600)
    await world.publishAll()
    expect(await check(true)).toEqual([])
    world.later(61 * 24 * 3600)
    await world.publishAll()
    world.cache.dropped = []
    expect((await check(true))?.map(({ path }) => path)).toEqual(['/public/v1/thumbnails/abc/160.webp'])
    expect([await lyingAt(world, '/public/v1/thumbnails/abc/160.webp'), world.cache.dropped]).toEqual([undefined, []])
    expect(await lyingAt(world, documentPaths.status)).toBeDefined()
  })
})

test('a picture that nothing names, and that is made again while the check runs, stays', async () => {
  const path = '/public/v1/thumbnails/again/160.webp'
  await put(path, buckets.primary, 'picture')
  const seconds = () => Math.floor(Date.now() / 1000)
  const before = seconds()
  await vi.waitUntil(() => seconds() > before, 20_000)
  world.later(61 * 24 * 3600)
  const { database } = world.api
  const meanwhile = world.worker({
    database: {
      rows: async (schema, sql, parameters) => {
        if (sql.includes('from thumbnails r')) await put(path, buckets.primary, 'picture')
        return await database.rows(schema, sql, parameters)
      },
    },
  })
  await checkDocuments(meanwhile, world.release, { isRepair: true, signal: AbortSignal.timeout(30_000) })
  expect(await lyingAt(world, path)).toBeDefined()
})

describe('a worker of another release', () => {
  test('writes every document anew when it starts, and one of before leaves them to it', async () => {
    const id = await world.make({ title: 'One' })
    await world.publishAll()
    const next = { ...world.release, fingerprint: 'next' }
    await world.api.database.rows(
      Type.String(),
      `update published_release set fingerprint = 'next' returning to_jsonb(name) as row`,
    )
    await world.edit(id, { title: 'Two' })
    expect(await publishDocuments(world.publishing, world.release)).toBe(0)
    expect(await title(id)).toBe('One')
    expect(await publishDocuments(world.publishing, next)).toBeGreaterThan(0)
    expect(await title(id)).toBe('Two')
    const back = await prepareRelease(world.publishing)
    expect(await waiting(world)).toBeGreaterThan(10)
    while ((await publishDocuments(world.publishing, back)) > 0);
    expect(await waiting(world)).toBe(0)
  })

  test('that started last and ended leaves nothing unpublished: one that is still there takes over after a minute', async () => {
    const id = await world.make({ title: 'One' })
    await world.publishAll()
    const before = { ...world.release, fingerprint: 'before' }
    await world.api.database.rows(
      Type.String(),
      `update published_release set fingerprint = 'before' returning to_jsonb(name) as row`,
    )
    await holdRelease(world.publishing, before)
    await world.edit(id, { title: 'Two' })
    world.later(40)
    await holdRelease(world.publishing, before)
    world.later(40)
    await holdRelease(world.publishing, world.release)
    await world.publishAll()
    expect(await title(id)).toBe('One')
    world.later(30)
    await holdRelease(world.publishing, world.release)
    await world.publishAll()
    expect([await title(id), await waiting(world)]).toEqual(['Two', 0])
  })
})

describe('many documents that change for one reason', () => {
  test('are dropped by the one tag that they share, once', async () => {
    for (let count = 0; count < 25; count += 1) await world.make({ currency: 'EUR' })
    await world.publishAll()
    world.later(120)
    await world.publishAll()
    await dropLater(world)
    world.cache.dropped = []
    const all = (status: string) =>
      world.api.database.rows(
        Type.String(),
        `with changed as (update facilities set doc = jsonb_set(doc, '{status}', :status::jsonb) returning id),
           ${spreadSql('changed')}
         select to_jsonb(id) as row from changed`,
        { status: JSON.stringify(status), ...spreadParameters(['facilities'], world.publishing.now()) },
      )
    await all('paused')
    await world.publishAll()
    await dropLater(world)
    await dropLater(world)
    expect(world.cache.dropped).toEqual(['facilities'])
    await all('open')
    await world.publishAll()
  })

  test('are dropped by it when that is the first day of new prices, too', async () => {
    const day = new Date(world.publishing.now().getTime() + 24 * 3_600_000).toISOString().slice(0, 10)
    for (const book of localPriceBooks.filter(({ currency }) => currency === 'EUR')) {
      const products = Object.entries(book.products).map(([sku, price]) => [sku, { ...price, base: price.base + 1 }])
      const dearer = { ...book, validFrom: day, products: Object.fromEntries(products) }
      await putPriceBook(world.api.database, dearer, world.publishing.now())
    }
    await world.publishAll()
    for (let time = 0; time < 3; time += 1) await dropLater(world)
    world.cache.dropped = []
    world.api.clock.now = new Date(`${day}T00:00:00Z`)
    await world.publishAll()
    await dropLater(world)
    await dropLater(world)
    expect(world.cache.dropped).toEqual(['prices:eur'])
  })

  test('of one account wait for their turn: another one’s edit is in the next batch', async () => {
    const id = await world.make({ title: 'One' })
    await world.publishAll()
    const made = await world.api.database.rows(
      Type.Integer(),
      `with made as (
         insert into documents (path, kind, subject, wanted, next_at)
         select '/public/v1/previews/busy-' || number || '.json', 'preview',
           '{"accountId": "acc_busy", "isTest": true, "publicationId": "pub_busy"}', 1, :at::timestamptz
         from generate_series(1, 500) number returning path)
       select to_jsonb(count(*)) as row from made`,
      { at: new Date(world.publishing.now().getTime() - 60_000).toISOString() },
    )
    await world.edit(id, { title: 'Two' })
    await publishDocuments(world.publishing, world.release)
    expect([made, await title(id)]).toEqual([[500], 'Two'])
    await world.publishAll()
  })
})

describe('edits, new prices and workers at the same time', () => {
  const count = 1000
  const pathsOf = (number: number) => [`/public/v1/previews/${number}.json`, `/public/v1/publications/${number}.json`]
  const makeSql = `
    with made as (
      insert into documents (path, kind, subject, tags, wanted, written, next_at)
      select path, 'publication', '{}', array['prices:eur'], 1, 1, :at::timestamptz from jsonb_array_elements_text(:paths::jsonb) path
      returning path)
    select to_jsonb(count(*)) as row from made`
  const takeSql = `
    update documents d set lease = 'ours' from (${lockedSql('d.path = any(:paths::text[])')}) found where d.path = found.path
    returning to_jsonb(d.path) as row`
  const touchOneSql = `with edited as (select 1), ${touchSql('edited')} select to_jsonb(true) as row`

  test('do not wait for each other in a circle: the database undoes none of them', async () => {
    const { database } = world.api
    const now = world.publishing.now()
    const numbers = Array.from({ length: count }, (_, index) => index + 1)
    // In the table they lie in another order than their paths have.
    const paths = JSON.stringify([...numbers].reverse().flatMap((number) => pathsOf(number).reverse()))
    await database.rows(Type.Integer(), makeSql, { paths, at: now.toISOString() })
    const some = (size: number) =>
      Array.from({ length: size }, () => pathsOf(1 + Math.floor(Math.random() * count))).flat()
    let isOver = false
    const until = async (work: () => Promise<unknown>) => {
      while (!isOver) await work()
    }
    const edits = () =>
      database.rows(
        Type.Boolean(),
        touchOneSql,
        touchParameters(
          some(1)
            .map((path) => ({ path, kind: 'publication' as const, subject: {} }))
            .reverse(),
          now,
        ),
      )
    const worker = async () => {
      const held = some(100)
      const settled = { wanted: 1, isWritten: true, tags: null, sha256: null, copies: {}, renderAt: null, nextAt: now }
      const owed = { isUnsure: false, tries: 0, purgeTags: [], purgeAt: null }
      await database.rows(Type.String(), takeSql, { paths: `{${held.join(',')}}` })
      await settleDocuments(
        database,
        'ours',
        [...new Set(held)].map((path) => ({ path, ...settled, ...owed })),
        now,
      )
    }
    const [book] = localPriceBooks.filter(({ currency }) => currency === 'EUR')
    if (!book) throw new Error('There is no local price book in EUR')
    const prices = async () => {
      for (let day = 1; day <= 8; day += 1) await putPriceBook(database, { ...book, validFrom: `2090-01-0${day}` }, now)
      isOver = true
    }
    await expect(Promise.all([prices(), ...[edits, edits, edits, worker, worker].map(until)])).resolves.toHaveLength(6)
  })
})

const title = async (id: string, bucket?: string): Promise<string> =>
  (await documentAt(world, pathOf(id), bucket)).title

const remove = (path: string, Bucket: string) =>
  world.api.s3.send(new DeleteObjectCommand({ Bucket, Key: keyOfPath(path) }))
const put = (path: string, Bucket: string, Body: string) =>
  world.api.s3.send(new PutObjectCommand({ Bucket, Key: keyOfPath(path), Body }))
