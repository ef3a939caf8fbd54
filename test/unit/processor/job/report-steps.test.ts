import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createStepReporter } from '../../../../services/processor/job/report-steps.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('work that is over in a moment says nothing in between', () => {
  const said: string[] = []
  const steps = createStepReporter(async (step) => void said.push(step))
  steps.at('checking')
  steps.at('drawing')
  steps.end()
  vi.advanceTimersByTime(120_000)
  expect(said).toEqual([])
})

test('long work tells its step, each new one, and every half minute that somebody is at it', () => {
  const said: string[] = []
  const steps = createStepReporter(async (step) => void said.push(step))
  vi.advanceTimersByTime(1_000)
  steps.at('checking')
  vi.advanceTimersByTime(60_000)
  steps.end()
  vi.advanceTimersByTime(60_000)
  expect(said).toEqual(['fetching', 'checking', 'checking', 'checking'])
})

test('a word that does not get through stops nothing', async () => {
  const steps = createStepReporter(async () => {
    throw new Error('no queue')
  })
  await vi.advanceTimersByTimeAsync(31_000)
  steps.end()
})
