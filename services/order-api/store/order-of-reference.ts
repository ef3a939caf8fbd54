import { Type } from 'typebox'
import type { Database } from '#chassis/database.ts'
import type { Owner } from './order-store.ts'

const referenceSql = `select to_jsonb(id) as row from orders where account_id = :account::text and is_test = :isTest::boolean
  and unique_reference = :reference::text`

/** The id of the order that has this reference in its account and world. */
export async function orderOfReference(
  database: Database,
  { accountId, isTest }: Owner,
  reference: string,
): Promise<string | undefined> {
  const [id] = await database.rows(Type.String(), referenceSql, { account: accountId, isTest, reference })
  return id
}
