import type { PaymentEvent } from './records.ts'
import { signEvent } from './sign-event.ts'
import type { World } from './world.ts'

/** How webhooks travel: at once, kept back until somebody lets them go, or never. */
export type Traffic = 'flow' | 'hold' | 'drop'

const longestPauseMs = 60_000
const answerMilliseconds = 10_000

/** Brings what is due to the endpoints that have not taken it; what fails comes again with growing pauses. */
export async function deliverDue(world: World, secret: string): Promise<void> {
  const nowEpochMs = world.now().getTime()
  const due = [...world.journal.events.values()].filter(
    ({ waiting, nextAtEpochMs }) => waiting.length > 0 && nextAtEpochMs <= nowEpochMs,
  )
  await Promise.all(due.map((event) => deliver(world, event, secret)))
}

async function deliver(world: World, event: PaymentEvent, secret: string): Promise<void> {
  const taken = await Promise.all(event.waiting.map((url) => post(url, event, secret, world.now())))
  const waiting = event.waiting.filter((_, index) => !isTaken(taken[index]))
  const pauseMs = Math.min(longestPauseMs, 1000 * 2 ** event.tries)
  const nextAtEpochMs = world.now().getTime() + pauseMs
  world.journal.put({ kind: 'event', record: { ...event, waiting, tries: event.tries + 1, nextAtEpochMs } })
  if (waiting.length > 0) world.log.info({ eventId: event.id, status: taken[0] }, 'webhook_not_taken')
}

const isTaken = (status: number | undefined): boolean => status !== undefined && status >= 200 && status < 300

/** The status of the answer; 0: there was none. */
export async function post(url: string, event: PaymentEvent, secret: string, now: Date): Promise<number> {
  const { body, signature } = signEvent(event, secret, now)
  try {
    const answer = await fetch(url, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': signature },
      redirect: 'manual',
      signal: AbortSignal.timeout(answerMilliseconds),
    })
    await answer.arrayBuffer()
    return answer.status
  } catch {
    // Nobody there, or too slow: a webhook is tried again.
    return 0
  }
}
