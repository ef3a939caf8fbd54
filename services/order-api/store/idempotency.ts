import { createHash } from 'node:crypto'
import { Type } from 'typebox'
import type { Database } from '#chassis/database.ts'

const KeptPart = Type.Object({
  ...{ requestSha256: Type.String(), status: Type.Integer(), madeId: Type.String() },
  isTest: Type.Boolean(),
  text: Type.String(),
})

/** In pieces of 8,000 characters: the answer of a large order is longer than the 64 KiB that one row may have. */
const keptSql = `select jsonb_build_object('requestSha256', k.request_sha256, 'status', k.status, 'madeId', k.order_id,
    'isTest', k.is_test, 'text', substr(k.body, 1 + place * 8000, 8000)) as row
  from idempotency_keys k, generate_series(0, length(k.body) / 8000) as place
  where k.account_id = :account::text and k.key = :key::text order by place`

/** The answer that was given to this key, with what it was given to. */
export async function keptAnswer(database: Database, accountId: string, key: string) {
  const parts = await database.rows(KeptPart, keptSql, { account: accountId, key })
  const [first] = parts
  return first && { ...first, body: parts.map(({ text }) => text).join('') }
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
