import { pino } from 'pino'
import { expect, test, vi } from 'vitest'
import { createOneAtATime } from '../../../services/print-client/take/one-at-a-time.ts'
import { createWorklist } from '../../../services/print-client/take/worklist.ts'

const log = pino({ level: 'silent' })

test('a job is tried until it succeeds, with pauses that grow to 15 seconds', async () => {
  const pauses: number[] = []
  const clock = { now: () => new Date(0), sleep: async (milliseconds: number) => void pauses.push(milliseconds) }
  let tries = 0
  const work = async (): Promise<void> => {
    tries += 1
    if (tries < 10) throw new Error('not yet')
  }
  const { signal } = new AbortController()
  const worklist = createWorklist({ work, concurrency: 1, log, clock, signal, random: () => 0.5 })
  worklist.add('job')
  await worklist.stopped()
  expect(tries).toBe(10)
  expect(pauses).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000])
})

test('never more jobs are under way than allowed, one job once only, and all get their turn', async () => {
  const done: string[] = []
  let under = 0
  let most = 0
  const release: (() => void)[] = []
  const work = async (jobId: string): Promise<void> => {
    under += 1
    most = Math.max(most, under)
    await new Promise<void>((go) => release.push(go))
    under -= 1
    done.push(jobId)
  }
  const clock = { now: () => new Date(0), sleep: async () => undefined }
  const { signal } = new AbortController()
  const worklist = createWorklist({ work, concurrency: 2, log, clock, signal })
  for (const jobId of ['a', 'b', 'c', 'd', 'e', 'a', 'c']) worklist.add(jobId)
  await vi.waitFor(() => {
    release.shift()?.()
    expect(done).toHaveLength(5)
  }, 20_000)
  await worklist.stopped()
  expect([most, done.sort()]).toEqual([2, ['a', 'b', 'c', 'd', 'e']])
})

test('work on one job never overlaps, and an error of the first does not reach the second', async () => {
  const oneAtATime = createOneAtATime()
  const events: string[] = []
  const work = (name: string, fails: boolean) => async (): Promise<string> => {
    events.push(`${name} begins`)
    await Promise.resolve()
    events.push(`${name} ends`)
    if (fails) throw new Error(name)
    return name
  }
  const first = oneAtATime('job', work('first', true))
  const second = oneAtATime('job', work('second', false))
  await expect(first).rejects.toThrow('first')
  expect(await second).toBe('second')
  expect(events).toEqual(['first begins', 'first ends', 'second begins', 'second ends'])
})
