import { Type } from 'typebox'
import type { Database } from '#chassis/database.ts'

const missingSql = `select to_jsonb(wanted.id) as row from jsonb_array_elements_text(:ids::jsonb) as wanted(id)
  where not exists (select from files f where f.account_id = :account::text and f.id = wanted.id and f.expired_at is null)`

/** Which of these files were never announced in the account: a foreign one, an unknown one and one that has expired look the same. */
export async function missingFiles(database: Database, accountId: string, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return []
  return database.rows(Type.String(), missingSql, { account: accountId, ids: JSON.stringify(ids) })
}
