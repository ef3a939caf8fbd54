import { describe, expect, test } from 'vitest'
import { nextDelay } from '../../../local/supervisor/backoff.ts'
import { inOrder, reversed } from '../../../local/supervisor/in-order.ts'

describe('the pause before a restart', () => {
  test('doubles from 100 ms to 5 s', () => {
    const delays: number[] = []
    let previous: number | undefined
    for (let deaths = 0; deaths < 8; deaths += 1) {
      previous = nextDelay(previous, 10)
      delays.push(previous)
    }
    expect(delays).toEqual([100, 200, 400, 800, 1600, 3200, 5000, 5000])
  })

  test('begins anew after ten seconds of life', () => {
    expect(nextDelay(5000, 9_999)).toBe(5000)
    expect(nextDelay(5000, 10_000)).toBe(100)
  })
})

describe('steps in order', () => {
  const steps = [
    { name: 'api', after: ['seed', 'queue'] },
    { name: 'seed', after: ['data-api', 'left-out'] },
    { name: 'data-api', after: ['postgres'] },
    { name: 'postgres', after: [] },
    { name: 'queue', after: [] },
  ]

  test('each begins only when all it needs are done; what is left out holds nobody up', async () => {
    const done = new Set<string>()
    await inOrder(steps, async ({ name, after }) => {
      for (const needed of after.filter((each) => each !== 'left-out')) expect(done).toContain(needed)
      await Promise.resolve()
      done.add(name)
    })
    expect(done.size).toBe(steps.length)
  })

  test('what is independent begins at the same time', async () => {
    const begun: string[] = []
    const release = Promise.withResolvers<void>()
    const all = inOrder(steps, async ({ name }) => {
      begun.push(name)
      await release.promise
    })
    await Promise.resolve()
    await Promise.resolve()
    expect(begun.toSorted()).toEqual(['postgres', 'queue'])
    release.resolve()
    await all
  })

  test('a failure ends the start and begins nothing that needed it', async () => {
    const begun: string[] = []
    const start = inOrder(steps, async ({ name }) => {
      begun.push(name)
      if (name === 'data-api') throw new Error('no database')
    })
    await expect(start).rejects.toThrow('no database')
    expect(begun).not.toContain('seed')
    expect(begun).not.toContain('api')
  })

  test('the other way round the database ends last', async () => {
    const ended: string[] = []
    await inOrder(reversed(steps), async ({ name }) => {
      ended.push(name)
    })
    expect(ended.at(0)).toBe('api')
    expect(ended.at(-1)).toBe('postgres')
    expect(ended.indexOf('api')).toBeLessThan(ended.indexOf('queue'))
  })
})
