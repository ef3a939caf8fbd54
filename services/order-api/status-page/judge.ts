import type { Condition, StatusDocument } from '#contracts/published/status-document.ts'
import type { Signals } from './read-signals.ts'
import { day, hour, minute, thresholds } from './thresholds.ts'

/** The next one comes after 15 s: one that is late by three of them is missed. */
export const everyMilliseconds = 15_000
const missedAfterMilliseconds = 60_000

type Part = StatusDocument['parts'][number]
type PartName = keyof typeof thresholds

const ranks: Readonly<Record<Condition, number>> = { working: 0, unknown: 1, degraded: 2, down: 3 }

/** What the platform says of itself. Without signals: the database does not answer. */
export function statusOf(signals: Signals | undefined, now: Date): StatusDocument {
  const parts = signals === undefined ? partsWithoutDatabase() : partsOf(signals)
  const worst = parts.reduce<Condition>(
    (found, { condition }) => (ranks[condition] > ranks[found] ? condition : found),
    'working',
  )
  return {
    object: 'status',
    written_by: 'platform',
    at: now.toISOString(),
    next_at: new Date(now.getTime() + missedAfterMilliseconds).toISOString(),
    condition: worst,
    parts,
  }
}

const partsOf = (signals: Signals): Part[] => [
  { name: 'orders', condition: 'working' },
  waitingPart('processing', signals.processingSeconds, (time) => `An order has waited ${time} to be made print-ready.`),
  deliveryPart(signals),
  waitingPart('documents', signals.documentsSeconds, (time) => `An edit has waited ${time} to be published.`),
  waitingPart('webhooks', signals.webhooksSeconds, (time) => `An event is ${time} late.`),
]

function waitingPart(name: PartName, seconds: number | null, words: (time: string) => string): Part {
  const condition = levelOf(name, seconds ?? 0)
  return condition === 'working' ? { name, condition } : { name, condition, detail: words(spoken(seconds ?? 0)) }
}

/** One facility that is closed is no fault of the others: only when all of them take nothing is nothing delivered. */
function deliveryPart({ deliverySeconds, silenceSeconds, facilities }: Signals): Part {
  const late = ofFacilities('delivery', deliverySeconds, facilities, (time) => `not taken a job for ${time}.`)
  const silent = ofFacilities('silence', silenceSeconds, facilities, (time) => `not been heard of for ${time}.`)
  return ranks[silent.condition] > ranks[late.condition] ? silent : late
}

function ofFacilities(
  name: 'delivery' | 'silence',
  seconds: readonly number[],
  facilities: number,
  words: (time: string) => string,
): Part {
  const late = seconds.filter((each) => levelOf(name, each) !== 'working')
  if (late.length === 0) return { name: 'delivery', condition: 'working' }
  const isDown = late.length >= facilities && late.every((each) => levelOf(name, each) === 'down')
  const who = `${late.length} of ${facilities} facilities ${late.length === 1 ? 'has' : 'have'}`
  const detail = `${who} ${words(spoken(Math.max(...late)))}`
  return { name: 'delivery', condition: isDown ? 'down' : 'degraded', detail }
}

function levelOf(name: PartName, seconds: number): Condition {
  const { degradedSeconds, downSeconds } = thresholds[name]
  if (seconds >= downSeconds) return 'down'
  return seconds >= degradedSeconds ? 'degraded' : 'working'
}

const partsWithoutDatabase = (): Part[] => [
  { name: 'orders', condition: 'down', detail: 'The database does not answer; what is published stays readable.' },
  ...(['processing', 'delivery', 'documents', 'webhooks'] as const).map((name) => ({
    name,
    condition: 'unknown' as const,
  })),
]

/** Rounded down: 90 minutes are 1 hour. */
function spoken(seconds: number): string {
  const [count, unit] =
    seconds >= 2 * day
      ? [seconds / day, 'day']
      : seconds >= hour
        ? [seconds / hour, 'hour']
        : [Math.max(1, seconds / minute), 'minute']
  const whole = Math.floor(count)
  return `${whole} ${unit}${whole === 1 ? '' : 's'}`
}
