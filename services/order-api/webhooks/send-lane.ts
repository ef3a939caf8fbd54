import { randomUUID } from 'node:crypto'
import type { Database } from '#chassis/database.ts'
import type { AddressRules } from '#chassis/http/guarded-agent.ts'
import type { Keyring } from '#chassis/keyring.ts'
import type { Log } from '#chassis/log.ts'
import { makeIdAt } from '../orders/make-id.ts'
import type { Bell } from './bell.ts'
import { messageOf } from './message.ts'
import { type AttemptResult, postWebhook } from './post-webhook.ts'
import { liveSecrets } from './secrets.ts'
import { settleDelivery } from './settle-delivery.ts'
import { settlementOf } from './settlement.ts'
import { signedHeaders } from './signature.ts'
import { type TakenDelivery, takeDeliveries } from './take-deliveries.ts'

export type Sending = {
  readonly database: Database
  readonly keyring: Keyring
  readonly rules: AddressRules
  readonly log: Log
  readonly now: () => Date
}

export type Lane = {
  readonly isFailing: boolean
  /** Attempts in hand at once: of this worker, and of one endpoint in all workers. */
  readonly slots: number
  readonly each: number
  /** Of one account in this worker: also attempts at endpoints that were deleted meanwhile. */
  readonly ofAccount: number
  /** Pause between two looks when there is nothing to do. */
  readonly lookEveryMilliseconds: number
}

/**
 * Two lanes, so that dead endpoints delay nobody: one where the last attempt failed has a single attempt in hand, and all of those
 * together have slots of their own. An endpoint that answers gets its events in their order, up to `each` at the same time. Half of
 * the slots are out of reach for any one account, whose endpoints may answer late on purpose.
 */
export const lanes: readonly Lane[] = [
  { isFailing: false, slots: 32, each: 4, ofAccount: 16, lookEveryMilliseconds: 1_000 },
  { isFailing: true, slots: 32, each: 1, ofAccount: 16, lookEveryMilliseconds: 2_000 },
]

/** Sends what is due until `signal` aborts, then waits for what is in hand. May run in any number of workers. */
export async function sendLane(sending: Sending, lane: Lane, bell: Bell, signal: AbortSignal): Promise<void> {
  const inHand = new Map<Promise<void>, string>()
  while (!signal.aborted) {
    const taken = await take(sending, lane, [...inHand.values()])
    for (const delivery of taken) {
      const work: Promise<void> = deliver(sending, delivery).finally(() => {
        inHand.delete(work)
        bell.ring()
      })
      inHand.set(work, delivery.accountId)
    }
    if (taken.length > 0 && inHand.size < lane.slots) continue
    // Something new, the end of an attempt, or the time to look again.
    await bell.heard(lane.lookEveryMilliseconds, signal)
  }
  await Promise.all(inHand.keys())
}

/** `accountIds`: whose attempts are in hand, each as often as there are. */
async function take({ database, log, now }: Sending, lane: Lane, accountIds: readonly string[]) {
  const { isFailing, each, ofAccount, slots } = lane
  const limit = slots - accountIds.length
  if (limit <= 0) return []
  const inHand = Object.fromEntries(accountIds.map((id) => [id, accountIds.filter((other) => other === id).length]))
  try {
    const wanted = { isFailing, each, ofAccount, inHand, limit, lease: randomUUID(), now: now() }
    return await takeDeliveries(database, wanted)
  } catch (error) {
    log.warn({ err: error }, 'deliveries_not_taken')
    return []
  }
}

/** One attempt. What goes wrong on our side leaves the delivery to be taken again when its lease ends. */
async function deliver(sending: Sending, delivery: TakenDelivery): Promise<void> {
  const { database, log, now } = sending
  const fields = { webhookId: delivery.webhookId, eventId: delivery.event.id, attempt: delivery.tries + 1 }
  try {
    const attemptedAt = now()
    const result = await attempt(sending, delivery, attemptedAt)
    const settlement = settlementOf(delivery, result, now(), Math.random())
    const eventId = makeIdAt(now)('event')
    const isOurs = await settleDelivery(database, delivery, { settlement, result, attemptedAt, now: now(), eventId })
    const told = { ...fields, status: result.status, durationMs: result.milliseconds, state: settlement.state }
    if (!isOurs) log.info(told, 'webhook_settled_by_another')
    else if (settlement.state === 'failed') log.warn(told, 'webhook_given_up')
    else log.debug(told, 'webhook_attempted')
  } catch (error) {
    log.error({ err: error, ...fields }, 'webhook_not_settled')
  }
}

async function attempt({ keyring, rules }: Sending, delivery: TakenDelivery, now: Date): Promise<AttemptResult> {
  const { accountId, isTest, event, secrets, url } = delivery
  const body = messageOf({ ...event, accountId, isTest })
  const headers = signedHeaders(event.id, body, liveSecrets(secrets, keyring, now), now)
  return await postWebhook({ url, headers, body, rules, now })
}
