import { Type } from 'typebox'
import type { Database } from '#chassis/database.ts'
import { eventParameters, eventSql } from '../events/event-sql.ts'
import type { AttemptResult } from './post-webhook.ts'
import type { Settlement } from './settlement.ts'
import type { TakenDelivery } from './take-deliveries.ts'

/** Attempts that the log of one delivery keeps. */
const keptAttempts = 10

const ofWebhook = `w.account_id = :account::text and w.is_test = :isTest::boolean and w.id = :webhook::text`

/**
 * One statement: what became of an attempt, in the delivery's log, at its endpoint, and as an event when something ended. Only the
 * holder of the lease writes it: who was thought dead and was only slow changes nothing.
 */
const settleSql = `
  with settled as (
    update webhook_deliveries d set state = :state::text, tries = d.tries + 1, attempts = d.attempts + 1, lease = null,
      next_at = :nextAt::timestamptz,
      log = (case when jsonb_array_length(d.log) >= ${keptAttempts} then d.log - 0 else d.log end)
        || jsonb_build_array(:entry::jsonb || jsonb_build_object('attempt', d.attempts + 1))
    where d.account_id = :account::text and d.is_test = :isTest::boolean and d.webhook_id = :webhook::text and d.id = :id::text
      and d.lease = :lease::text
    returning 1
  ), judged as (
    update webhooks w set failing_since = case when :state::text = 'delivered' then null else coalesce(w.failing_since, :now::timestamptz) end
    from settled where ${ofWebhook} and :disables::text is null and (w.failing_since is null) <> (:state::text = 'delivered')
  ), disabled as (
    update webhooks w set failing_since = coalesce(w.failing_since, :now::timestamptz), enabled = false,
      disabled_reason = :disables::text, updated_at = :now::timestamptz
    from settled where ${ofWebhook} and :disables::text is not null and w.enabled
    returning 1
  ), ended as (
    select from disabled union all select from settled where :state::text = 'failed' and :disables::text is null
  ), ${eventSql('ended')}
  select jsonb_build_object() as row from settled`

export type Settled = {
  readonly settlement: Settlement
  readonly result: AttemptResult
  readonly attemptedAt: Date
  readonly now: Date
  /** Of the event that tells of an end, should there be one. */
  readonly eventId: string
}

/** Writes what became of an attempt; false when the delivery was taken over by another worker, or is gone. */
export async function settleDelivery(
  database: Database,
  { accountId: account, isTest, webhookId, id, lease, event }: TakenDelivery,
  { settlement, result, attemptedAt, now, eventId }: Settled,
): Promise<boolean> {
  const disables = settlement.state === 'failed' ? (settlement.disables ?? null) : null
  const news = disables
    ? { type: 'webhook.disabled' as const, data: { webhook_id: webhookId, reason: disables } }
    : {
        type: 'webhook.delivery_failed' as const,
        data: { webhook_id: webhookId, delivery_id: id, failed_event_id: event.id },
      }
  const rows = await database.rows(Type.Unknown(), settleSql, {
    ...{ account, isTest, webhook: webhookId, id, lease, disables },
    state: settlement.state,
    nextAt: settlement.state === 'pending' ? settlement.nextAt.toISOString() : null,
    entry: JSON.stringify(entryOf(result, attemptedAt)),
    now: now.toISOString(),
    ...eventParameters({ id: eventId, at: now, ...news }),
  })
  return rows.length === 1
}

const entryOf = ({ status, fault, milliseconds, answer }: AttemptResult, at: Date) => ({
  ...{ at: at.toISOString(), status, fault, milliseconds },
  ...(answer === undefined || answer === '' ? {} : { answer }),
})
