import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from '#contracts/parse.ts'
import { StatusDocument } from '#contracts/published/status-document.ts'
import { statusOf } from '../../../../services/order-api/status-page/judge.ts'
import type { Signals } from '../../../../services/order-api/status-page/read-signals.ts'
import { thresholds } from '../../../../services/order-api/status-page/thresholds.ts'

const now = new Date('2026-11-21T12:00:00Z')
const well: Signals = {
  processingSeconds: null,
  deliverySeconds: [],
  silenceSeconds: [],
  facilities: 3,
  documentsSeconds: null,
  webhooksSeconds: null,
}
const told = (changes: Partial<Signals>) => parse('status', StatusDocument, statusOf({ ...well, ...changes }, now))
const partOf = (changes: Partial<Signals>, name: string) => told(changes).parts.find((part) => part.name === name)

test('a platform where nothing waits works in every part, and says when it will have told again', () => {
  const status = told({})
  expect(status).toMatchObject({
    condition: 'working',
    at: '2026-11-21T12:00:00.000Z',
    next_at: '2026-11-21T12:01:00.000Z',
  })
  expect(status.parts.map(({ name, condition }) => `${name} ${condition}`)).toEqual(
    ['orders', 'processing', 'delivery', 'documents', 'webhooks'].map((name) => `${name} working`),
  )
})

test.each([
  ['processing', 'processingSeconds', 'An order has waited 10 minutes to be made print-ready.'],
  ['documents', 'documentsSeconds', 'An edit has waited 1 minute to be published.'],
  ['webhooks', 'webhooksSeconds', 'An event is 2 minutes late.'],
] as const)('%s are judged by what waits longest, by the table of thresholds', (name, signal, words) => {
  const { degradedSeconds, downSeconds } = thresholds[name]
  expect(partOf({ [signal]: degradedSeconds - 1 }, name)).toEqual({ name, condition: 'working' })
  expect(partOf({ [signal]: degradedSeconds }, name)).toEqual({ name, condition: 'degraded', detail: words })
  expect(told({ [signal]: degradedSeconds }).condition).toBe('degraded')
  expect(told({ [signal]: downSeconds }).condition).toBe('down')
})

test('one facility that is closed makes delivery degraded at most; only all of them together are down', () => {
  const { degradedSeconds, downSeconds } = thresholds.delivery
  expect(partOf({ deliverySeconds: [degradedSeconds - 1] }, 'delivery')?.condition).toBe('working')
  expect(partOf({ deliverySeconds: [10 * downSeconds] }, 'delivery')).toMatchObject({
    condition: 'degraded',
    detail: '1 of 3 facilities has not taken a job for 70 days.',
  })
  expect(partOf({ deliverySeconds: [downSeconds, downSeconds, degradedSeconds] }, 'delivery')?.condition).toBe(
    'degraded',
  )
  expect(partOf({ deliverySeconds: [downSeconds, downSeconds, downSeconds] }, 'delivery')?.condition).toBe('down')
})

test('a facility that has jobs and is not heard of makes delivery degraded after an hour, and down when it is all of them for a day', () => {
  const { degradedSeconds, downSeconds } = thresholds.silence
  expect(partOf({ silenceSeconds: [degradedSeconds - 1] }, 'delivery')?.condition).toBe('working')
  expect(partOf({ silenceSeconds: [degradedSeconds] }, 'delivery')).toEqual({
    name: 'delivery',
    condition: 'degraded',
    detail: '1 of 3 facilities has not been heard of for 1 hour.',
  })
  expect(partOf({ silenceSeconds: [downSeconds, downSeconds, downSeconds] }, 'delivery')?.condition).toBe('down')
})

test('without its database the platform says that orders are down, and claims nothing of what it cannot see', () => {
  const status = parse('status', StatusDocument, statusOf(undefined, now))
  expect(status.condition).toBe('down')
  expect(status.parts.map(({ condition }) => condition)).toEqual(['down', 'unknown', 'unknown', 'unknown', 'unknown'])
})

test('the operator’s page shows the thresholds that hold', () => {
  const page = readFileSync(new URL('../../../../docs/status.md', import.meta.url), 'utf8')
  const spoken = (seconds: number): string =>
    seconds % 86_400 === 0
      ? `${seconds / 86_400} d`
      : seconds % 3600 === 0
        ? `${seconds / 3600} h`
        : `${seconds / 60} min`
  for (const [name, { degradedSeconds, downSeconds }] of Object.entries(thresholds)) {
    expect(page).toMatch(new RegExp(`^\\| ${name} \\|.*\\| ${spoken(degradedSeconds)} \\| ${spoken(downSeconds)}`, 'm'))
  }
})
