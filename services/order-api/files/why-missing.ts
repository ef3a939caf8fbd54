import { Type } from 'typebox'
import type { Database } from '#chassis/database.ts'
import type { Issue } from '#contracts/parse.ts'
import { isoTime } from '../store/order-rows.ts'

const Expired = Type.Object({ id: Type.String(), at: Type.String() })
const expiredSql = `select jsonb_build_object('id', f.id, 'at', ${isoTime('f.expired_at')}) as row
  from jsonb_array_elements_text(:ids::jsonb) as wanted(id)
  join files f on f.account_id = :account::text and f.id = wanted.id and f.expired_at is not null`

/** Why each of these files of the account cannot be named: it has expired, or it was never announced. */
export async function whyMissing(
  database: Database,
  accountId: string,
  files: readonly { readonly id: string; readonly pointer: string }[],
): Promise<Issue[]> {
  if (files.length === 0) return []
  const ids = JSON.stringify(files.map(({ id }) => id))
  const expired = await database.rows(Expired, expiredSql, { account: accountId, ids })
  return files.map(({ id, pointer }) => ({
    pointer,
    detail: missingWords(id, expired.find((file) => file.id === id)?.at),
  }))
}

export const missingWords = (id: string, expiredAt?: string): string =>
  expiredAt === undefined
    ? `there is no file ${id} in your account; announce it with POST /v1/files first`
    : `file ${id} expired on ${expiredAt.slice(0, 10)}, the retention_days after the last order that needed it; upload it again with POST /v1/files and name the new id`
