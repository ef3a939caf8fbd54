import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { Type } from 'typebox'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { documentPaths, keyOfPath } from '#contracts/published/document-paths.ts'
import { runOperator } from '../../services/order-api/operator/run-operator.ts'
import { checkDocuments } from '../../services/order-api/published/check/check-documents.ts'
import { prepareRelease } from '../../services/order-api/published/prepare-release.ts'
import { publishDocuments } from '../../services/order-api/published/write/publish-documents.ts'
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
const edit = (id: string, body: object) =>
  world.call('PATCH', `/v1/publications/${id}`, { body: { publish: true, ...body } })
const later = (seconds: number) => {
  world.api.clock.now = new Date(world.publishing.now().getTime() + seconds * 1000)
}

describe('the check of what lies in the stores', () => {
  const check = (isRepair: boolean) =>
    checkDocuments(world.publishing, world.release, { isRepair, signal: AbortSignal.timeout(30_000) })

  test('finds what is missing, what differs and what nothing names, and mends all of it', async () => {
    later(120)
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
    later(3 * 24 * 3600)
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
    later(3 * 24 * 3600)
    await world.publishAll()
    expect(await check(true)).toEqual([])
    later(61 * 24 * 3600)
    await world.publishAll()
    expect((await check(true))?.map(({ path }) => path)).toEqual(['/public/v1/thumbnails/abc/160.webp'])
    expect(await lyingAt(world, documentPaths.status)).toBeDefined()
  })
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
    await edit(id, { title: 'Two' })
    expect(await publishDocuments(world.publishing, world.release)).toBe(0)
    expect(await title(id)).toBe('One')
    expect(await publishDocuments(world.publishing, next)).toBeGreaterThan(0)
    expect(await title(id)).toBe('Two')
    const back = await prepareRelease(world.publishing)
    expect(await waiting(world)).toBeGreaterThan(10)
    while ((await publishDocuments(world.publishing, back)) > 0);
    expect(await waiting(world)).toBe(0)
  })
})

const title = async (id: string, bucket?: string): Promise<string> =>
  (await documentAt(world, pathOf(id), bucket)).title

const remove = (path: string, Bucket: string) =>
  world.api.s3.send(new DeleteObjectCommand({ Bucket, Key: keyOfPath(path) }))
const put = (path: string, Bucket: string, Body: string) =>
  world.api.s3.send(new PutObjectCommand({ Bucket, Key: keyOfPath(path), Body }))
