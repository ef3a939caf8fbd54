import { type Static, Type } from 'typebox'
import { disabledReasons, type Webhook } from '#contracts/order-api/webhook.ts'
import { isoTime } from '../store/order-rows.ts'
import { oldSecretsUntil, SealedSecrets } from './secrets.ts'

const text = Type.String()

/** An endpoint as it is stored. */
export const WebhookRow = Type.Object({
  id: text,
  isTest: Type.Boolean(),
  url: text,
  eventTypes: Type.Array(text),
  description: text,
  enabled: Type.Boolean(),
  disabledReason: Type.Union([Type.Enum(disabledReasons), Type.Null()]),
  failingSince: Type.Union([text, Type.Null()]),
  secrets: SealedSecrets,
  createdAt: text,
  updatedAt: text,
})
export type WebhookRow = Static<typeof WebhookRow>

/** The row of the webhook `w`. */
export const webhookRowSql = `jsonb_build_object('id', w.id, 'isTest', w.is_test, 'url', w.url, 'eventTypes', w.event_types,
  'description', w.description, 'enabled', w.enabled, 'disabledReason', w.disabled_reason,
  'failingSince', ${isoTime('w.failing_since')}, 'secrets', w.secrets,
  'createdAt', ${isoTime('w.created_at')}, 'updatedAt', ${isoTime('w.updated_at')})`

/** The API's view; `secret` is given only when it was made just now. */
export function presentWebhook(row: WebhookRow, now: Date, secret?: string): Webhook {
  const oldUntil = oldSecretsUntil(row.secrets, now)
  return {
    id: row.id,
    object: 'webhook',
    is_test: row.isTest,
    url: row.url,
    event_types: row.eventTypes,
    description: row.description,
    enabled: row.enabled,
    ...(row.disabledReason === null ? {} : { disabled_reason: row.disabledReason }),
    ...(row.failingSince === null ? {} : { failing_since: row.failingSince }),
    ...(secret === undefined ? {} : { secret }),
    ...(oldUntil === undefined ? {} : { old_secrets_until: oldUntil }),
    created_at: row.createdAt,
    updated_at: row.updatedAt,
  }
}
