import { type Database, RuleBroken } from '#chassis/database.ts'
import { Refused, Transient } from '#chassis/errors.ts'
import { mostWebhooks } from '#contracts/order-api/webhook.ts'
import { eventParameters, eventSql } from '../events/event-sql.ts'
import type { Owner } from '../store/order-store.ts'
import { WebhookRow, webhookRowSql } from './webhook-rows.ts'

/** The unique places of an account's endpoints: two made at once cannot both take the last one. */
const slotRule = 'webhooks_slot'
/** Each try finds the places that others took meanwhile. */
const mostTries = mostWebhooks + 5

const insertSql = `
  with w as (
    insert into webhooks (account_id, is_test, id, slot, url, event_types, description, enabled, disabled_reason, secrets, created_at, updated_at)
    select :account::text, :isTest::boolean, :id::text, min(slot), :url::text, :eventTypes::jsonb, :description::text,
      :enabled::boolean, case when not :enabled::boolean then 'asked' end,
      jsonb_build_array(jsonb_build_object('sealed', :sealed::text)), :at::timestamptz, :at::timestamptz
    from generate_series(1, :most::int) as slot
    where not exists (
      select from webhooks t where t.account_id = :account::text and t.is_test = :isTest::boolean and t.slot = slot.slot)
    having min(slot) is not null
    returning *
  ), ${eventSql('w')}
  select ${webhookRowSql} as row from w`

export type NewWebhook = {
  readonly id: string
  readonly url: string
  readonly eventTypes: readonly string[]
  readonly description: string
  readonly enabled: boolean
  readonly sealedSecret: string
  readonly eventId: string
  readonly now: Date
}

/** Writes a new endpoint and its event. Throws Refused `webhook_limit_reached`. */
export async function insertWebhook(
  database: Database,
  { accountId: account, isTest }: Owner,
  { id, eventTypes, sealedSecret, eventId, now, ...rest }: NewWebhook,
): Promise<WebhookRow> {
  const parameters = {
    ...{ account, isTest, id, ...rest },
    eventTypes: JSON.stringify(eventTypes),
    sealed: sealedSecret,
    most: mostWebhooks,
    at: now.toISOString(),
    ...eventParameters({ id: eventId, type: 'webhook.created', at: now, data: { webhook_id: id } }),
  }
  for (let attempt = 1; attempt <= mostTries; attempt += 1) {
    try {
      const [row] = await database.rows(WebhookRow, insertSql, parameters)
      if (row) return row
      throw new Refused(
        'webhook_limit_reached',
        `An account has at most ${mostWebhooks} webhook endpoints in each world; delete one first.`,
      )
    } catch (error) {
      if (!(error instanceof RuleBroken && error.rule === slotRule)) throw error
    }
  }
  throw new Transient('Too many webhook endpoints are made at the same time')
}
