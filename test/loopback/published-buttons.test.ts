import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ButtonSetting } from '#contracts/order-api/button.ts'
import { Problem } from '#contracts/order-api/problem.ts'
import { issuesOf } from '#contracts/parse.ts'
import { ButtonDocument } from '#contracts/published/button-document.ts'
import { cacheRules } from '#contracts/published/cache-rules.ts'
import { buttonKeyHash, documentPaths } from '#contracts/published/document-paths.ts'
import { hashOfApiKey } from '../../services/order-api/auth/api-key.ts'
import { createClient } from '../../services/order-client/index.ts'
import { makeTenant, type Tenant } from '../promises/tenants.ts'
import { fresh } from './order-api/client.ts'
import { buckets, documentAt, dropLater, lyingAt, type PublishedWorld, startPublishedWorld } from './published-world.ts'

let world: PublishedWorld
let other: Tenant

beforeAll(async () => {
  world = await startPublishedWorld()
  other = await makeTenant(world.api, 'Other')
  await world.publishAll()
})
afterAll(() => world?.close())
beforeEach(() => {
  world.api.clock.now = undefined
  world.cache.dropped = []
})

const content = { kind: 'page', origins: ['https://photos.example.com'] }
const pathOf = (key: string): string => documentPaths.button(buttonKeyHash(hashOfApiKey(key)))
const shownBy = (key: string) => documentAt(world, pathOf(key))
const choose = (publication: unknown, key = world.api.secretKey) =>
  world.call('PUT', '/v1/button', { key, body: { publication } })
const pageKey = async (changes: object = {}, key = world.api.secretKey) => {
  const body = { kind: 'publishable', name: `shop ${crypto.randomUUID()}`, ...changes }
  const { status, json } = await world.call('POST', '/v1/api_keys', { key, headers: fresh(), body })
  if (status !== 201) throw new Error(JSON.stringify(json))
  return { id: String(json.id), secret: String(json.secret) }
}

describe('a publication whose pages name their files', () => {
  test('says so to its buttons, has no picture, and its markup has a place for the file', async () => {
    const id = await world.make({ content })
    const { json } = await world.call('GET', `/v1/publications/${id}`)
    expect([json.thumbnail_state.status, json.content]).toEqual(['none', content])
    expect(json.embed.html).toContain('src="https://photos.example.com/your-file.pdf"')
    await world.publishAll()
    const shown = await documentAt(world, documentPaths.publication(id))
    expect([shown.needs_file, shown.file_comes_later]).toEqual([true, undefined])
    expect(JSON.stringify(shown)).not.toContain('photos.example.com')
  })

  test('is another thing than one whose file comes after the sale', async () => {
    const id = await world.make({ content: { kind: 'asynchronous' } })
    await world.publishAll()
    const shown = await documentAt(world, documentPaths.publication(id))
    expect([shown.needs_file, shown.file_comes_later]).toEqual([undefined, true])
  })

  test('may name this machine where that is exempt, and by url too', async () => {
    const local = 'http://127.0.0.1:1'
    const byPage = await world.make({ content: { kind: 'page', origins: [local] } })
    const byUrl = await world.make({ content: { kind: 'url', url: `${local}/a.pdf` } })
    expect([byPage, byUrl]).toEqual([expect.stringMatching(/^pub_/), expect.stringMatching(/^pub_/)])
  })
})

describe('a button that names only a key', () => {
  test('stands for the publication that was chosen, for every live key of the world, made before or after', async () => {
    const before = await pageKey()
    const id = await world.make({ content })
    const { status, json } = await choose(id)
    expect([status, issuesOf(ButtonSetting, json), json.publication]).toEqual([200, [], id])
    const after = await pageKey()
    await world.publishAll()
    for (const key of [world.api.publishableKey, before.secret, after.secret]) {
      expect(await shownBy(key)).toEqual({ object: 'button', is_test: true, publication_id: id })
    }
    expect(issuesOf(ButtonDocument, await shownBy(after.secret))).toEqual([])
    expect(await documentAt(world, pathOf(after.secret), buckets.standby)).toBeDefined()
    const lying = await lyingAt(world, pathOf(after.secret))
    expect(lying?.cacheControl).toBe(cacheRules.document)
    expect(lying?.tags).toContain(`publication:${id}`)
    expect((await world.call('GET', '/v1/button')).json.publication).toBe(id)
  })

  test('stands for another one from the moment on that another is chosen, and caches drop what was', async () => {
    const [first, second] = [await world.make({ content }), await world.make({ content })]
    await choose(first)
    await world.publishAll()
    world.cache.dropped = []
    await choose(second)
    await world.publishAll()
    await dropLater(world)
    expect((await shownBy(world.api.publishableKey)).publication_id).toBe(second)
    const tag = `document:${pathOf(world.api.publishableKey).replace('/public/v1/', '')}`
    expect(world.cache.dropped).toContain(tag)
  })

  test('stands for nothing after its key was revoked or has expired, or its publication was deleted', async () => {
    const id = await world.make({ content })
    await choose(id)
    const revoked = await pageKey()
    const expiring = await pageKey({ expires_at: new Date(Date.now() + 3_600_000).toISOString() })
    await world.publishAll()
    for (const { secret } of [revoked, expiring]) expect(await shownBy(secret)).toBeDefined()
    await world.call('DELETE', `/v1/api_keys/${revoked.id}`)
    await world.publishAll()
    expect([await shownBy(revoked.secret), (await shownBy(expiring.secret)).publication_id]).toEqual([undefined, id])
    world.later(3_601)
    await world.publishAll()
    expect([await shownBy(expiring.secret), (await shownBy(world.api.publishableKey)).publication_id]).toEqual([
      undefined,
      id,
    ])
    await world.call('DELETE', `/v1/publications/${id}`)
    await world.publishAll()
    expect(await shownBy(world.api.publishableKey)).toBeUndefined()
    expect((await world.call('GET', '/v1/button')).json.publication).toBeNull()
  })

  test('stands for nothing while what everyone sees of its publication is no longer of pages', async () => {
    const id = await world.make({ content })
    await choose(id)
    await world.publishAll()
    await world.edit(id, { content: { kind: 'asynchronous' } })
    await world.publishAll()
    expect(await shownBy(world.api.publishableKey)).toBeUndefined()
    await world.call('POST', `/v1/publications/${id}/undo`)
    await world.publishAll()
    expect((await shownBy(world.api.publishableKey)).publication_id).toBe(id)
  })

  test('stands for nothing once none is chosen; that twice is no fault', async () => {
    await choose(await world.make({ content }))
    await world.publishAll()
    for (const _ of [1, 2]) {
      const { status, json } = await world.call('DELETE', '/v1/button')
      expect([status, json]).toEqual([200, { object: 'button', is_test: true, publication: null }])
    }
    await world.publishAll()
    expect(await shownBy(world.api.publishableKey)).toBeUndefined()
    expect(await shownBy((await pageKey()).secret)).toBeUndefined()
  })

  test('is of its own account and world', async () => {
    const id = await world.make({ content })
    await choose(id)
    const [live, foreign] = [await pageKey({}, world.api.liveSecretKey), await pageKey({}, other.test)]
    await world.publishAll()
    expect([await shownBy(live.secret), await shownBy(foreign.secret)]).toEqual([undefined, undefined])
    const settings = [world.api.liveSecretKey, other.test].map((key) => world.call('GET', '/v1/button', { key }))
    for (const { json } of await Promise.all(settings)) expect(json.publication).toBeNull()
  })
})

describe('what cannot be chosen is refused, and nothing changes', () => {
  test('a draft, another kind of content, one of another account or world, one that is not there', async () => {
    const chosen = await world.make({ content })
    await choose(chosen)
    const draft = await world.make({ content, publish: false })
    const ofUrl = await world.make()
    for (const [key, publication, words] of [
      [world.api.secretKey, draft, 'publish it first'],
      [world.api.secretKey, ofUrl, 'kind "page"'],
      [other.test, chosen, 'no such publication in your account'],
      [world.api.liveSecretKey, chosen, 'no such publication in your account'],
      [world.api.secretKey, `pub_${'0'.repeat(26)}`, 'no such publication in your account'],
      [world.api.secretKey, 'pub_1', 'must'],
      [world.api.secretKey, 'pub_1\u0000', 'must'],
      [world.api.secretKey, null, 'must'],
    ] as const) {
      const { status, json } = await choose(publication, key)
      expect([status, issuesOf(Problem, json), json.errors[0].pointer]).toEqual([422, [], '/publication'])
      expect(json.errors[0].detail).toContain(words)
    }
    expect((await world.call('GET', '/v1/button')).json.publication).toBe(chosen)
  })

  test('by a publishable key, or by nobody', async () => {
    expect((await choose('pub_1', world.api.publishableKey)).status).toBe(403)
    expect((await choose('pub_1', '')).status).toBe(401)
    expect((await world.call('PUT', '/v1/button', { raw: '{' })).status).toBe(400)
  })
})

test('the SDK chooses, reads and forgets', async () => {
  const client = createClient({ baseUrl: world.api.url, apiKey: world.api.secretKey })
  const id = await world.make({ content })
  expect((await client.button.choose(id)).publication).toBe(id)
  expect((await client.button.get()).publication).toBe(id)
  expect((await client.button.forget()).publication).toBeNull()
  await expect(client.button.choose(`pub_${'0'.repeat(26)}`)).rejects.toMatchObject({ code: 'invalid_request' })
})
