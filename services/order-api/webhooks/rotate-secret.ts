import type { Database } from '#chassis/database.ts'
import { Refused } from '#chassis/errors.ts'
import { eventParameters, eventSql } from '../events/event-sql.ts'
import type { Owner } from '../store/order-store.ts'
import { wantedWebhook } from './read-webhooks.ts'
import { mostLiveSecrets, rotationHours } from './secrets.ts'
import { WebhookRow, webhookRowSql } from './webhook-rows.ts'

const liveSql = `s.value->>'until' is null or s.value->>'until' > :now::text`

/** The new secret comes first; the one that was newest gets an end, those that have ended go. */
const rotateSql = `
  with w as (
    update webhooks set secrets = jsonb_build_array(jsonb_build_object('sealed', :sealed::text)) || (
        select coalesce(jsonb_agg(s.value || jsonb_build_object('until', coalesce(s.value->>'until', :until::text)) order by s.place), '[]'::jsonb)
        from jsonb_array_elements(secrets) with ordinality as s(value, place) where ${liveSql}),
      updated_at = :now::timestamptz
    where account_id = :account::text and is_test = :isTest::boolean and id = :id::text
      and (select count(*) from jsonb_array_elements(secrets) as s(value) where ${liveSql}) < :most::int
    returning *
  ), ${eventSql('w')}
  select ${webhookRowSql} as row from w`

export type Rotation = { readonly sealedSecret: string; readonly eventId: string; readonly now: Date }

/** Gives an endpoint a new secret; those before it sign for another day. Throws Refused `not_found`, `action_not_allowed`. */
export async function rotateSecret(
  database: Database,
  owner: Owner,
  id: string,
  { sealedSecret, eventId, now }: Rotation,
): Promise<WebhookRow> {
  const [row] = await database.rows(WebhookRow, rotateSql, {
    ...{ account: owner.accountId, isTest: owner.isTest, id, sealed: sealedSecret, most: mostLiveSecrets },
    now: now.toISOString(),
    until: new Date(now.getTime() + rotationHours * 3_600_000).toISOString(),
    ...eventParameters({ id: eventId, type: 'webhook.secret_rotated', at: now, data: { webhook_id: id } }),
  })
  if (row) return row
  await wantedWebhook(database, owner, id)
  throw new Refused(
    'action_not_allowed',
    `${mostLiveSecrets} secrets of this endpoint sign already: each signs for ${rotationHours} hours after its rotation. Wait until one ends.`,
  )
}
