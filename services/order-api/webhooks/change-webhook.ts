import { Type } from 'typebox'
import type { Database } from '#chassis/database.ts'
import { eventParameters, eventSql } from '../events/event-sql.ts'
import type { Owner } from '../store/order-store.ts'
import { noSuchWebhook } from './read-webhooks.ts'
import { WebhookRow, webhookRowSql } from './webhook-rows.ts'

const own = 'account_id = :account::text and is_test = :isTest::boolean'

/** What waited while the endpoint was disabled begins anew when it is enabled. */
const changeSql = `
  with w as (
    update webhooks set url = coalesce(:url::text, url), event_types = coalesce(:eventTypes::jsonb, event_types),
      description = coalesce(:description::text, description), enabled = coalesce(:enabled::boolean, enabled),
      disabled_reason = case when coalesce(:enabled::boolean, enabled) then null else coalesce(disabled_reason, 'asked') end,
      failing_since = case when :url::text is not null or :enabled::boolean is true then null else failing_since end,
      updated_at = :at::timestamptz
    where ${own} and id = :id::text
    returning *
  ), resumed as (
    update webhook_deliveries d set next_at = :at::timestamptz, tries = 0
    from w where :enabled::boolean is true and d.account_id = w.account_id and d.is_test = w.is_test and d.webhook_id = w.id
      and d.state = 'pending' and d.lease is null
      and exists (select from webhooks b where b.account_id = w.account_id and b.is_test = w.is_test and b.id = w.id and not b.enabled)
  ), ${eventSql('w')}
  select ${webhookRowSql} as row from w`

export type WebhookChanges = {
  readonly url: string | null
  readonly eventTypes: readonly string[] | null
  readonly description: string | null
  readonly enabled: boolean | null
}
type By = { readonly eventId: string; readonly now: Date }

/** Changes an endpoint; null leaves a field as it is. Throws Refused `not_found`. */
export async function changeWebhook(
  database: Database,
  { accountId: account, isTest }: Owner,
  id: string,
  { eventTypes, ...rest }: WebhookChanges,
  { eventId, now }: By,
): Promise<WebhookRow> {
  const [row] = await database.rows(WebhookRow, changeSql, {
    ...{ account, isTest, id, ...rest },
    eventTypes: eventTypes && JSON.stringify(eventTypes),
    at: now.toISOString(),
    ...eventParameters({ id: eventId, type: 'webhook.updated', at: now, data: { webhook_id: id } }),
  })
  if (row) return row
  throw noSuchWebhook(id)
}

const deleteSql = `
  with gone as (
    delete from webhooks where ${own} and id = :id::text returning id
  ), deliveries as (
    delete from webhook_deliveries where ${own} and webhook_id = :id::text
  ), ${eventSql('gone')}
  select jsonb_build_object('id', id) as row from gone`

/** Deletes an endpoint with all that was on its way to it. Throws Refused `not_found`. */
export async function deleteWebhook(
  database: Database,
  { accountId: account, isTest }: Owner,
  id: string,
  { eventId, now }: By,
): Promise<void> {
  const [gone] = await database.rows(Type.Object({ id: Type.String() }), deleteSql, {
    ...{ account, isTest, id },
    ...eventParameters({ id: eventId, type: 'webhook.deleted', at: now, data: { webhook_id: id } }),
  })
  if (!gone) throw noSuchWebhook(id)
}
