import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createKeyring } from '#chassis/keyring.ts'
import { createLog } from '#chassis/log.ts'
import { issuesOf } from '#contracts/parse.ts'
import { cacheRules } from '#contracts/published/cache-rules.ts'
import { documentPaths } from '#contracts/published/document-paths.ts'
import { FacilitiesDocument } from '#contracts/published/facilities-document.ts'
import { SaleDocument } from '#contracts/published/sale-document.ts'
import { salePathOf, salePathsOf } from '#contracts/published/sale-paths.ts'
import { localFacilities } from '../../local/facilities.ts'
import { createOperatorStore } from '../../services/order-api/operator/operator-store.ts'
import { publicationDocuments } from '../../services/order-api/publications/publication-documents.ts'
import { checkDocuments } from '../../services/order-api/published/check/check-documents.ts'
import { claimSeal, sealSales } from '../../services/order-api/published/sales/seal-sales.ts'
import { createClient } from '../../services/order-client/index.ts'
import { buckets, documentAt, lyingAt, type PublishedWorld, startPublishedWorld, waiting } from './published-world.ts'

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

const pathOf = (id: string, masterKeys = world.api.masterKeys): string => salePathOf(createKeyring(masterKeys).sign, id)
const saleOf = (id: string) => documentAt(world, pathOf(id))

describe('what the checkout sells a publication by', () => {
  test('holds whose it is, margins and content, in both stores, at an address that nobody guesses', async () => {
    const offers = [{ sku: 'magazine-a4', margin: { percent: 12.5 } }, { sku: 'softcover-a5' }]
    const id = await world.make({ offers, reference: 'ours' })
    await world.publishAll()
    const sale = await saleOf(id)
    expect(issuesOf(SaleDocument, sale)).toEqual([])
    expect(sale).toMatchObject({
      ...{ publication_id: id, is_test: true, version: 1, seller: 'Test account', reference: 'ours', currency: 'EUR' },
      offers,
    })
    expect(pathOf(id)).toMatch(new RegExp(`/sales/${id}-[\\w-]{22}\\.json$`))
    expect(await documentAt(world, pathOf(id), buckets.standby)).toEqual(sale)
    expect((await lyingAt(world, pathOf(id)))?.cacheControl).toBe(cacheRules.sale)
  })

  test('names an uploaded file by its id, and is no page’s to read: the publication says nothing of it', async () => {
    const announced = { filename: 'a.pdf', content_type: 'application/pdf', size_bytes: 10 }
    const { json } = await world.call('POST', '/v1/files', { body: announced })
    const file = json.id
    const id = await world.make({ content: { kind: 'file', file, pages: 48 } })
    await world.publishAll()
    expect((await saleOf(id)).content).toEqual({ kind: 'file', file, pages: 48 })
    const shown = JSON.stringify(await documentAt(world, documentPaths.publication(id)))
    for (const secret of [file, 'margin', 'acc_', pathOf(id).slice(-20)]) expect(shown).not.toContain(secret)
  })

  test('is there exactly while the publication is published, as it is published', async () => {
    const id = await world.make({ publish: false })
    await world.publishAll()
    expect(await saleOf(id)).toBeUndefined()
    await world.edit(id, { title: 'First' })
    await world.publishAll()
    expect(await saleOf(id)).toMatchObject({ title: 'First', version: 2 })
    await world.edit(id, { title: 'A draft', publish: false })
    await world.publishAll()
    expect(await saleOf(id)).toMatchObject({ title: 'First', version: 2 })
    await world.call('POST', `/v1/publications/${id}/publish`)
    await world.publishAll()
    expect(await saleOf(id)).toMatchObject({ title: 'A draft', version: 3 })
    await world.call('DELETE', `/v1/publications/${id}`)
    await world.publishAll()
    for (const bucket of Object.values(buckets)) {
      for (const ending of ['', '.br', '.gz']) expect(await lyingAt(world, pathOf(id) + ending, bucket)).toBeUndefined()
    }
  })

  test('follows an edit without a drop that is paid: caches keep it for five seconds', async () => {
    const id = await world.make()
    await world.publishAll()
    await world.edit(id, { title: 'Second printing', offers: [{ sku: 'magazine-a4', margin: { amount: 700 } }] })
    await world.publishAll()
    expect(await saleOf(id)).toMatchObject({ offers: [{ sku: 'magazine-a4', margin: { amount: 700 } }] })
    expect(world.cache.dropped).toEqual([`document:publications/${id}.json`])
  })

  test('says the name of the account as it is, whoever changed it', async () => {
    const id = await world.make()
    await world.publishAll()
    const change = (body: object) => world.call('PATCH', '/v1/account', { key: world.api.liveSecretKey, body })
    expect((await change({ name: 'Harbour Press' })).status).toBe(200)
    await world.publishAll()
    expect((await saleOf(id)).seller).toBe('Harbour Press')
    const store = createOperatorStore(world.api.database, world.publishing.now)
    const [account] = await store.named('Harbour Press')
    if (!account) throw new Error('There is no such account')
    await store.put({ ...account, name: 'Test account' })
    await world.publishAll()
    expect((await saleOf(id)).seller).toBe('Test account')
    await change({ grace_minutes: 0 })
    expect(await waiting(world)).toBe(0)
  })
})

describe('a new master key in front', () => {
  const newKeys = () => `${randomBytes(32).toString('base64')},${world.api.masterKeys}`
  const sealingBy = (masterKeys: string) => ({
    ...world.publishing,
    log: createLog('test', 'fatal'),
    keyring: createKeyring(masterKeys),
  })

  test('has every sale written at its new address; the old one serves, and is right, until a day has gone', async () => {
    const id = await world.make()
    await claimSeal(sealingBy(world.api.masterKeys))
    await sealSales(sealingBy(world.api.masterKeys))
    await world.publishAll()
    const masterKeys = newKeys()
    const [newPath = '', oldPath] = salePathsOf(createKeyring(masterKeys).signatures, id)
    expect(oldPath).toBe(pathOf(id))
    expect(await documentAt(world, newPath)).toBeUndefined()
    await claimSeal(sealingBy(masterKeys))
    await sealSales(sealingBy(masterKeys))
    await world.publishAll()
    expect(await documentAt(world, newPath)).toEqual(await saleOf(id))
    // A process that does not have the new key yet.
    await world.edit(id, { title: 'Second printing' })
    await world.publishAll()
    for (const path of [newPath, pathOf(id)]) expect((await documentAt(world, path)).title).toBe('Second printing')
    await sealSales(sealingBy(world.api.masterKeys))
    world.later(25 * 3600)
    await sealSales(sealingBy(masterKeys))
    await checkDocuments(world.publishing, world.release, { isRepair: true, signal: AbortSignal.timeout(30_000) })
    expect([await saleOf(id), (await documentAt(world, newPath)).title]).toEqual([undefined, 'Second printing'])
  })

  test('and a deletion takes both away', async () => {
    const id = await world.make()
    await world.publishAll()
    const masterKeys = newKeys()
    await claimSeal(sealingBy(masterKeys))
    await sealSales(sealingBy(masterKeys))
    await world.publishAll()
    expect(await documentAt(world, pathOf(id, masterKeys))).toBeDefined()
    await world.call('DELETE', `/v1/publications/${id}`)
    await world.publishAll()
    expect([await saleOf(id), await documentAt(world, pathOf(id, masterKeys))]).toEqual([undefined, undefined])
  })

  test('does not move a draft: what nobody published is sold nowhere', async () => {
    const id = await world.make({ publish: false })
    const masterKeys = newKeys()
    await claimSeal(sealingBy(masterKeys))
    await sealSales(sealingBy(masterKeys))
    await world.publishAll()
    expect(await documentAt(world, pathOf(id, masterKeys))).toBeUndefined()
  })

  test('previews and sales of one publication have different seals', () => {
    const documents = publicationDocuments(world.api.context.keyring, { accountId: 'acc_1', isTest: true }, 'pub_1')
    expect(documents.preview.path.slice(-27)).not.toBe(documents.sale.path.slice(-27))
  })
})

describe('who makes what', () => {
  test('is published, and read with the SDK', async () => {
    const facilities = await documentAt(world, documentPaths.facilities)
    expect(issuesOf(FacilitiesDocument, facilities)).toEqual([])
    const ids = localFacilities.map(({ id }) => id).sort()
    expect(facilities.data.map(({ id }: { id: string }) => id)).toEqual(ids)
    expect((await lyingAt(world, documentPaths.facilities))?.tags).toContain('facilities')
    const client = createClient({
      baseUrl: world.api.url,
      fetch: async (input) => {
        const lying = await lyingAt(world, new URL(String(input)).pathname)
        return new Response(lying?.body.toString() ?? '', { status: lying ? 200 : 404 })
      },
    })
    expect((await client.published.facilities()).data).toEqual(facilities.data)
  })
})
