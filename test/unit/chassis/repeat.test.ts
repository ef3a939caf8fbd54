import { expect, test } from 'vitest'
import { createLog } from '../../../services/chassis/log.ts'
import { repeat } from '../../../services/chassis/repeat.ts'

test('what fails in the same way for long is told ever more rarely, something new at once, and the work goes on all the time', async () => {
  const outcomes = [...Array(9).fill('API away'), 'database away', '', ...Array(3).fill('API away')]
  const told: string[] = []
  const ending = new AbortController()
  const log = Object.assign(createLog('test', 'silent'), {
    warn: ({ err, times }: { err: Error; times: number }, name: string) => told.push(`${name} ${times} ${err.message}`),
  })
  const left = outcomes.values()
  await repeat({
    name: 'follow',
    everyMilliseconds: 1,
    signal: ending.signal,
    log,
    clock: { now: () => new Date(), sleep: async () => undefined },
    work: async () => {
      const { value: words, done } = left.next()
      if (done) return ending.abort()
      if (words !== '') throw new Error(words)
    },
  })
  expect(told.map((line) => line.replace('follow_failed ', ''))).toEqual([
    '1 API away',
    '2 API away',
    '4 API away',
    '8 API away',
    '1 database away',
    '1 API away',
    '2 API away',
  ])
})
