import type { Database } from '#chassis/database.ts'
import { Refused } from '#chassis/errors.ts'
import type { Owner } from '../store/order-store.ts'
import { WebhookRow, webhookRowSql } from './webhook-rows.ts'

const ownSql = 'w.account_id = :account::text and w.is_test = :isTest::boolean'
const listSql = `select ${webhookRowSql} as row from webhooks w where ${ownSql} order by w.id desc`
const findSql = `select ${webhookRowSql} as row from webhooks w where ${ownSql} and w.id = :id::text`

/** All endpoints of an account in one world, newest first. */
export const listWebhooks = (database: Database, { accountId: account, isTest }: Owner): Promise<WebhookRow[]> =>
  database.rows(WebhookRow, listSql, { account, isTest })

/** The account's own endpoint. Throws Refused `not_found`: a foreign id and an unknown id give the same answer. */
export async function wantedWebhook(
  database: Database,
  { accountId: account, isTest }: Owner,
  id: string,
): Promise<WebhookRow> {
  const [row] = await database.rows(WebhookRow, findSql, { account, isTest, id })
  if (row) return row
  throw noSuchWebhook(id)
}

export const noSuchWebhook = (id: string): Refused =>
  new Refused('not_found', `There is no webhook endpoint ${id} in your account.`)
