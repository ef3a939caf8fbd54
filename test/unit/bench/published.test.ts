import { expect, it } from 'vitest'
import { costOf } from '../../../bench/published/cost.ts'
import { readPriceFile } from '../../../bench/published/price-file.ts'
import { measureTraffic } from '../../../bench/published/traffic.ts'
import { zipf } from '../../../bench/published/zipf.ts'
import { seededRandom } from '../../../local/samples/random.ts'

it('the cost is what the price file says of each thing that is charged', () => {
  const use = { views: 1_000_000, requestsOfAView: 2, bytesOfAView: 4_000, originRequests: 250_000, edits: 100 }
  const { lines, usd } = costOf({ ...use, tagsOfAnEdit: 2, putsOfAnEdit: 6 }, readPriceFile())
  const costs = Object.fromEntries(lines.map((line) => [line.name, line.usd]))
  expect(costs['cloudfront.request']).toBeCloseTo(2.4)
  expect(costs['cloudfront.out']).toBeCloseTo(0.34)
  expect(costs['cloudfront.invalidation']).toBeCloseTo(1)
  expect(usd).toBeCloseTo(lines.reduce((sum, line) => sum + line.usd, 0))
})

it('the most read publication is read twice as often as the second and ten times as often as the tenth', () => {
  const draw = zipf(1_000, seededRandom(1))
  const counts: Record<number, number> = {}
  for (let view = 0; view < 200_000; view += 1) {
    const rank = draw()
    counts[rank] = (counts[rank] ?? 0) + 1
  }
  const most = counts[0] ?? 0
  expect(most / (counts[1] ?? 0)).toBeCloseTo(2, 0)
  expect(Math.round(most / (counts[9] ?? 0))).toBe(10)
})

it('the same seed gives the same traffic, and nobody is shown what was before a purge', async () => {
  const options = {
    ...{ views: 5_000, publications: 100, edges: 3, edits: 50, hours: 24, seed: 7 },
    ...{ documentBytes: 600, thumbnailBytes: 2_000, signal: new AbortController().signal },
  }
  const first = await measureTraffic(options)
  expect(await measureTraffic(options)).toEqual(first)
  expect(first).toMatchObject({ requests: 10_000, staleAfterPurge: 0 })
  expect(first.originRequests).toBeLessThan(1_000)
})
