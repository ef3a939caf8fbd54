import { createHash } from 'node:crypto'
import { Type } from 'typebox'
import type { Database } from '#chassis/database.ts'

const Kept = Type.Object({ requestSha256: Type.String(), status: Type.Integer(), body: Type.String() })

/** The answer that was given to this key, with the fingerprint of its request. */
export async function keptAnswer(database: Database, accountId: string, key: string) {
  const sql = `select jsonb_build_object('requestSha256', request_sha256, 'status', status, 'body', body) as row
    from idempotency_keys where account_id = :account::text and key = :key::text`
  const [kept] = await database.rows(Kept, sql, { account: accountId, key })
  return kept
}

/** Fingerprint of a body that does not depend on the order of its fields or on white space. */
export function fingerprintOf(body: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(body)))
    .digest('hex')
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, each]) => [name, sorted(each)]),
  )
}
