import { createHash } from 'node:crypto'
import type { Database } from '#chassis/database.ts'
import { Refused } from '#chassis/errors.ts'
import type { WebhookTest } from '#contracts/order-api/webhook.ts'
import { recordEvent } from '../events/record-event.ts'
import type { Owner } from '../store/order-store.ts'
import { wantedWebhook } from './read-webhooks.ts'
import type { WebhookRow } from './webhook-rows.ts'

/** Records a test event, which goes to this endpoint whatever its types. Throws Refused `not_found`, `action_not_allowed`. */
export async function testWebhook(
  database: Database,
  owner: Owner,
  id: string,
  { eventId, now }: { readonly eventId: string; readonly now: Date },
): Promise<WebhookTest> {
  wantEnabled(await wantedWebhook(database, owner, id))
  const data = { webhook_id: id }
  await recordEvent(database, { ...owner, id: eventId, type: 'webhook.test', at: now, data })
  return { event_id: eventId, delivery_id: deliveryIdOf(eventId, id) }
}

/** Throws Refused `action_not_allowed` for a disabled endpoint. */
export function wantEnabled({ enabled, disabledReason }: WebhookRow): void {
  if (enabled) return
  throw new Refused(
    'action_not_allowed',
    `The endpoint is disabled (${disabledReason}): nothing is sent to it. Enable it first: PATCH {"enabled": true}.`,
  )
}

/** As the sequencer will name it (`deliveryIdSql`). */
const deliveryIdOf = (eventId: string, webhookId: string): string =>
  `dlv_${eventId.slice(4, 14)}${createHash('md5').update(`${webhookId}${eventId}`).digest('hex').slice(0, 16)}`
