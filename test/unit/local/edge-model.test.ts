import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createEdge } from '../../../local/edge/edge.ts'
import type { OriginAnswer } from '../../../local/edge/origin.ts'

const keys = ['a', 'b', 'c'] as const
type Key = (typeof keys)[number]
const cacheControl = 's-maxage=100, stale-while-revalidate=100, stale-if-error=1000'

/** An origin whose answers are what it holds when it is asked, and arrive when the test says so. */
function slowOrigin(versions: Readonly<Record<Key, number>>) {
  const onTheWay: (() => void)[] = []
  const state = { isDown: false }
  const isKey = (text: string): text is Key => keys.some((key) => key === text)
  return {
    state,
    arrive: (index: number) => onTheWay.splice(index % Math.max(1, onTheWay.length), 1)[0]?.(),
    count: () => onTheWay.length,
    get: (key: string, { ifNoneMatch }: { readonly ifNoneMatch?: string | undefined }): Promise<OriginAnswer> => {
      const version = isKey(key) ? versions[key] : 0
      const { isDown } = state
      const etag = `"${key}${version}"`
      const headers = { etag, 'cache-control': cacheControl, 'x-amz-meta-cache-tag': `tag:${key},tag:all` }
      return new Promise((resolve, reject) => {
        onTheWay.push(() => {
          if (isDown) reject(new Error('down'))
          else if (ifNoneMatch === etag) resolve({ status: 304, headers, body: new Uint8Array() })
          else resolve({ status: 200, headers, body: Buffer.from(String(version)) })
        })
      })
    },
  }
}

const action = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('read' as const), key: fc.constantFrom(...keys) }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('edit' as const), key: fc.constantFrom(...keys), isPurged: fc.boolean() }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('arrive' as const), index: fc.nat(20) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('pass' as const), seconds: fc.integer({ min: 1, max: 600 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('switch' as const) }) },
)

type Action = typeof action extends fc.Arbitrary<infer A> ? A : never

/** An edge, its origin, and what a purge promised of each document. */
function modelled() {
  const versions = { a: 1, b: 1, c: 1 }
  const purgedUpTo = { a: 0, b: 0, c: 0 }
  const reads: Promise<void>[] = []
  let now = 0
  const origin = slowOrigin(versions)
  const edge = createEdge({ origin, now: () => new Date(now) })
  const read = async (key: Key): Promise<void> => {
    const atLeast = purgedUpTo[key]
    const answer = await edge.read(key)
    if (answer.status === 200) expect(Number(Buffer.from(answer.body))).toBeGreaterThanOrEqual(atLeast)
  }
  const edit = (key: Key, isPurged: boolean): void => {
    versions[key] += 1
    if (!isPurged) return
    edge.purge([`TAG:${key}`])
    purgedUpTo[key] = versions[key]
  }
  return {
    act: (each: Action): void => {
      if (each.do === 'read') reads.push(read(each.key))
      if (each.do === 'arrive') origin.arrive(each.index)
      if (each.do === 'pass') now += each.seconds * 1000
      if (each.do === 'switch') origin.state.isDown = !origin.state.isDown
      if (each.do === 'edit') edit(each.key, each.isPurged)
    },
    end: async (): Promise<void> => {
      while (origin.count() > 0) {
        origin.arrive(0)
        await new Promise(setImmediate)
      }
      await Promise.all(reads)
      await edge.settled()
    },
  }
}

test('in any order of reads, edits, purges and answers, nobody who asks after a purge sees what was before it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { maxLength: 80 }), async (actions) => {
      const model = modelled()
      for (const each of actions) {
        model.act(each)
        await new Promise(setImmediate)
      }
      await model.end()
    }),
    { numRuns: 300 },
  )
})

test('what is known is served whenever no store answers, for as long as its rule says', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 20 }), async (pauses) => {
      let now = 0
      let isDown = false
      const headers = { 'cache-control': cacheControl, 'x-amz-meta-cache-tag': 'tag:a' }
      const edge = createEdge({
        now: () => new Date(now),
        origin: {
          get: async () => {
            if (isDown) throw new Error('down')
            return { status: 200, headers, body: Buffer.from('1') }
          },
        },
      })
      await edge.read('a')
      isDown = true
      for (const seconds of pauses) {
        now += seconds * 1000
        const { status, outcome } = await edge.read('a')
        const isKnown = now < 1_100_000
        expect([status, outcome]).toEqual(isKnown ? [200, now < 100_000 ? 'Hit' : 'Stale'] : [502, 'Error'])
        await edge.settled()
      }
    }),
  )
})
