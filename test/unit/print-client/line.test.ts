import { pino } from 'pino'
import { expect, test } from 'vitest'
import { correctedClock } from '../../../services/print-client/line/corrected-clock.ts'
import { createLine } from '../../../services/print-client/line/line.ts'

const now = new Date('2026-03-01T12:00:00Z')
const clock = { now: () => now, sleep: async () => undefined }

function lineWithLog() {
  const events: string[] = []
  const write = (text: string) => void events.push(JSON.parse(text).event)
  return { events, line: createLine(clock, pino({ messageKey: 'event' }, { write })) }
}

test('a clock that is a day off is said once, times are right from then on, and once it is right again that is said', () => {
  const { events, line } = lineWithLog()
  const right = correctedClock(clock, line.state)
  expect(right.now()).toEqual(now)
  for (let answer = 0; answer < 3; answer += 1) line.heard('Mon, 02 Mar 2026 12:00:00 GMT')
  expect(line.state()).toMatchObject({ isReachable: true, clockSkewSeconds: -86_400 })
  expect(right.now()).toEqual(new Date('2026-03-02T12:00:00Z'))
  line.heard('Sun, 01 Mar 2026 11:59:58 GMT')
  expect(right.now()).toEqual(now)
  expect(events).toEqual(['clock_wrong', 'clock_right'])
})

test('an answer without a date, or with one that is none, says that the line is there and nothing of the clock', () => {
  const { events, line } = lineWithLog()
  expect(line.state()).toEqual({})
  for (const date of [undefined, '', 'yesterday']) line.heard(date)
  expect(line.state()).toEqual({ isReachable: true, lastAnswerAt: now.toISOString() })
  line.lost(new Error('connect ECONNREFUSED'))
  expect(line.state()).toMatchObject({ isReachable: false, lastFault: 'connect ECONNREFUSED' })
  expect(events).toEqual([])
})
