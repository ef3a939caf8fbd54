import { Type } from 'typebox'
import type { Database } from '#chassis/database.ts'
import { type AccountNews, eventParameters, eventSql } from './event-sql.ts'

const recordSql = `with given as (select 1), ${eventSql('given')} select jsonb_build_object() as row from given`

/**
 * Writes one event that is about no order; the same id twice is one event. Where the event belongs to a change of something else,
 * write it in the same statement instead: `eventSql`.
 */
export async function recordEvent(database: Database, news: AccountNews): Promise<void> {
  const { accountId: account, isTest } = news
  await database.rows(Type.Unknown(), recordSql, { account, isTest, ...eventParameters(news) })
}
