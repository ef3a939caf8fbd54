import { S3Client } from '@aws-sdk/client-s3'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { failedSeconds, missingSeconds } from '#contracts/published/cache-rules.ts'
import { createEdge, type Edge } from '../../local/edge/edge.ts'
import { createOriginGroup } from '../../local/edge/origin-group.ts'
import { createS3Origin } from '../../local/edge/s3-origin.ts'
import { type EdgeWorld, startEdgeWorld, type Weather } from './edge-world.ts'

const day = 86_400
const patient = { answerWithinMilliseconds: 10_000 }
let world: EdgeWorld
let edge: Edge
let nowSeconds = 0
let count = 0

beforeAll(async () => {
  world = await startEdgeWorld()
})
afterAll(() => world.close())
beforeEach(() => {
  nowSeconds = 0
  edge = edgeOf()
})
afterEach(async () => {
  both('open')
  await edge.settled()
})

const edgeOf = (options: { readonly capacityBytes?: number } = {}): Edge =>
  createEdge({
    origin: createOriginGroup({ ...world.origins, ...patient }),
    now: () => new Date(nowSeconds * 1000),
    ...options,
  })
const both = (weather: Weather): void => {
  for (const gate of Object.values(world.gates)) gate.set(weather)
}
const fresh = (): string => {
  count += 1
  return `public/v1/publications/pub_${count}.json`
}
const publish = (key: string, body: string, tags: readonly string[] = []) => world.publish(`/${key}`, { body, tags })
const textOf = async (key: string) => Buffer.from((await edge.read(key)).body).toString()

describe('our edge', () => {
  test('serves a document for thirty days after its day when every store is away, and then says honestly that it cannot', async () => {
    const key = fresh()
    await publish(key, '1')
    await edge.read(key)
    both('refused')
    nowSeconds = 31 * day - 1
    const date = new Date(0).toUTCString()
    const stale = { status: 200, outcome: 'Stale', ageSeconds: 31 * day - 1, headers: { date } }
    expect(await edge.read(key)).toMatchObject(stale)
    nowSeconds = 31 * day
    expect(await edge.read(key)).toMatchObject({ status: 502, outcome: 'Error' })
    both('open')
    expect(await edge.read(key)).toMatchObject({ status: 200, outcome: 'Miss', ageSeconds: 0 })
  })

  test('a thousand visitors at once cost one fetch', async () => {
    const key = fresh()
    await publish(key, '1')
    const answers = await Promise.all(Array.from({ length: 1000 }, () => edge.read(key)))
    expect(new Set(answers.map(({ body }) => Buffer.from(body).toString()))).toEqual(new Set(['1']))
    expect(edge.stats()).toMatchObject({ originRequests: 1, joined: 999 })
  })

  test('a purge while a document is fetched leaves nothing old, and whoever comes after it does not wait for the old one', async () => {
    const key = fresh()
    await publish(key, 'old', ['publication:1'])
    let release = (): void => undefined
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    let isFirst = true
    const slow = createEdge({
      origin: {
        get: async (...question) => {
          const answer = await world.origins.first.get(...question)
          if (isFirst) {
            isFirst = false
            await held
          }
          return answer
        },
      },
    })
    const before = slow.read(key)
    await expect.poll(() => isFirst).toBe(false)
    await publish(key, 'new', ['publication:1'])
    expect(slow.purge(['publication:1'])).toBe(0)
    const text = async (read = slow.read(key)) => Buffer.from((await read).body).toString()
    expect(await text()).toBe('new')
    release()
    expect(await text(before)).toBe('old')
    expect(await text()).toBe('new')
    expect(slow.stats()).toMatchObject({ originRequests: 2, notKept: 1, reads: { Miss: 2, Hit: 1 } })
  })

  test('a document whose text stayed and whose tags changed is dropped by its new tags after it was asked for anew', async () => {
    const key = fresh()
    await publish(key, 'same', ['product:a'])
    await edge.read(key)
    await publish(key, 'same', ['product:b'])
    nowSeconds = 2 * day
    expect(await edge.read(key)).toMatchObject({ outcome: 'Miss', ageSeconds: 0 })
    await publish(key, 'other', ['product:b'])
    expect(edge.purge(['product:a'])).toBe(0)
    expect(edge.purge(['product:b'])).toBe(1)
    expect(await textOf(key)).toBe('other')
  })

  test('an origin in trouble is not asked at every read', async () => {
    const key = fresh()
    await publish(key, '1')
    await edge.read(key)
    both('broken')
    nowSeconds = 2 * day
    for (let read = 0; read < 20; read += 1) expect((await edge.read(key)).outcome).toBe('Stale')
    expect(edge.stats().originRequests).toBe(2)
    nowSeconds += failedSeconds
    await edge.read(key)
    expect(edge.stats().originRequests).toBe(3)
  })

  test('what is not there is known for seconds, and a flood of made-up addresses pushes nothing out', async () => {
    edge = edgeOf({ capacityBytes: 40_000 })
    const [key, late] = [fresh(), fresh()] as const
    await publish(key, '1')
    await edge.read(key)
    expect((await edge.read(late)).status).toBe(404)
    await publish(late, '2')
    nowSeconds = missingSeconds - 1
    expect(await edge.read(late)).toMatchObject({ status: 404, outcome: 'Hit' })
    nowSeconds = missingSeconds
    expect(await edge.read(late)).toMatchObject({ status: 200, outcome: 'Miss' })
    for (let made = 0; made < 200; made += 1) await edge.read(`public/v1/made-up/${made}.json`)
    expect((await edge.read(key)).outcome).toBe('Hit')
    expect(edge.stats().bytes).toBeLessThan(40_000)
  })

  test('keeps what is read and lets go of what is not, within its memory; what is larger than all of it is served and not kept', async () => {
    edge = edgeOf({ capacityBytes: 10_000 })
    const keys = Array.from({ length: 5 }, fresh)
    for (const key of keys) {
      await publish(key, 'x'.repeat(2_000), ['catalogue'])
      await edge.read(key)
      await edge.read(keys[0] ?? '')
    }
    expect((await edge.read(keys[0] ?? '')).outcome).toBe('Hit')
    expect((await edge.read(keys[1] ?? '')).outcome).toBe('Miss')
    const large = fresh()
    await publish(large, 'x'.repeat(20_000), ['catalogue'])
    for (const outcome of ['Miss', 'Miss']) expect(await edge.read(large)).toMatchObject({ status: 200, outcome })
    const { answers } = edge.stats()
    expect(edge.purge(['catalogue'])).toBe(answers)
    expect(edge.stats()).toMatchObject({ answers: 0, bytes: 0 })
  })

  test('a store that gives a part, or says that nothing changed to whoever knows nothing, is a store that fails', async () => {
    for (const weather of ['half', 'unchanged'] as const) {
      const key = fresh()
      await publish(key, 'whole')
      world.gates.first.set(weather)
      expect(await textOf(key), weather).toBe('whole')
      world.gates.standby.set(weather)
      expect(await edgeOf().read(key), weather).toMatchObject({ status: 502, outcome: 'Error' })
      both('open')
    }
  })

  test('a store that refuses its own reader, or has lost its bucket, is a store that fails: the standby answers', async () => {
    const key = fresh()
    await publish(key, '1')
    const wrong = new S3Client({
      region: 'eu-west-1',
      endpoint: world.gates.first.url,
      maxAttempts: 1,
      credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'wrong' },
    })
    const { standby, first } = world.origins
    for (const broken of [
      createS3Origin(wrong, 'documents'),
      createS3Origin(world.client('first'), 'no-such-bucket'),
    ]) {
      await expect(broken.get(key, {})).rejects.toThrow()
      const group = createOriginGroup({ first: broken, standby })
      expect((await group.get(key, {})).status).toBe(200)
    }
    expect((await createOriginGroup({ first }).get(fresh(), {})).status).toBe(404)
    wrong.destroy()
  })
})
