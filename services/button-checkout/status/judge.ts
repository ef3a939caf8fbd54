import type { StatusDocument } from '#contracts/published/status-document.ts'
import type { Signals } from './read-signals.ts'
import { hour, thresholds } from './thresholds.ts'

export const everyMilliseconds = 30_000
/** One that is late by three of them is missed. */
const missedAfterMilliseconds = 120_000

type Judged = Pick<StatusDocument['parts'][number], 'condition' | 'detail'>

/** What the checkout says of itself. Without signals: its table does not answer. */
export function statusOf(signals: Signals | undefined, now: Date): StatusDocument {
  const judged = signals === undefined ? keepsNothing : judge(signals)
  return {
    object: 'status',
    written_by: 'checkout',
    at: now.toISOString(),
    next_at: new Date(now.getTime() + missedAfterMilliseconds).toISOString(),
    condition: judged.condition,
    parts: [{ name: 'checkout', ...judged }],
  }
}

const keepsNothing: Judged = { condition: 'down', detail: 'What visitors fill in cannot be kept.' }

/** The gravest first: nobody can pay, nobody looks after what was paid, it cannot be passed on. */
function judge({ payments, overdueSeconds, notOrderedSeconds }: Signals): Judged {
  if (payments === 'closed') return { condition: 'down', detail: 'No payment provider is set up.' }
  if (payments === 'silent') return { condition: 'down', detail: 'The payment provider does not answer.' }
  if (overdueSeconds >= thresholds.overdue) {
    return { condition: 'degraded', detail: `Checkouts have waited ${spoken(overdueSeconds)} to be looked after.` }
  }
  if (notOrderedSeconds >= thresholds.notOrdered) {
    return { condition: 'degraded', detail: `A paid order has waited ${spoken(notOrderedSeconds)} to be passed on.` }
  }
  return { condition: 'working' }
}

/** Rounded down: 90 minutes are 1 hour. */
function spoken(seconds: number): string {
  const [count, unit] = seconds >= hour ? [seconds / hour, 'hour'] : [seconds / 60, 'minute']
  const whole = Math.floor(count)
  return `${whole} ${unit}${whole === 1 ? '' : 's'}`
}
