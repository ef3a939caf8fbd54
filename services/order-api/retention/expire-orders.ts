import { Type } from 'typebox'
import type { Database } from '#chassis/database.ts'
import type { Log } from '#chassis/log.ts'
import { familyOf, keptUntil, type OrderKey } from './family.ts'
import { judgedSql } from './needed-files.ts'

export type Expiry = {
  readonly database: Database
  readonly log: Log
  readonly now: () => Date
  readonly signal: AbortSignal
}

const Due = Type.Object({
  ...{ accountId: Type.String(), isTest: Type.Boolean(), id: Type.String(), version: Type.Integer() },
})

const atOnce = 50
const dueSql = `select jsonb_build_object('accountId', account_id, 'isTest', is_test, 'id', id, 'version', version) as row
  from orders where files_gone_at is null and files_expire_at <= :now::timestamptz order by files_expire_at limit :limit::int`

const postponeSql = `update orders set files_expire_at = :until::timestamptz, version = version + 1
  where account_id = :account::text and is_test = :isTest::boolean and id = :id::text and version = :version::int
  returning to_jsonb(id) as row`

/**
 * The order says that its files are gone, and no order can name its uploaded files from then on. Onto the version that was judged: a reprint
 * that came meanwhile made another one. Nothing is taken away yet; that is for clearFiles, later.
 */
const goneSql = `
  with ${judgedSql}, gone as (
    update orders set files_gone_at = :now::timestamptz, version = version + 1
    where account_id = :account::text and is_test = :isTest::boolean and id = :id::text and version = :version::int
    returning id
  ), expired as (
    update files f set expired_at = :now::timestamptz from judged j, gone
    where f.account_id = :account::text and f.id = j.id and not j.is_needed and f.expired_at is null
  )
  select to_jsonb(id) as row from gone`

/** Marks the orders whose days are over; one that is reprinted waits for its reprint. Safe to run anywhere, twice. */
export async function expireOrders({ database, log, now, signal }: Expiry): Promise<number> {
  let expired = 0
  while (!signal.aborted) {
    const due = await database.rows(Due, dueSql, { now: now().toISOString(), limit: atOnce })
    let moved = 0
    for (const order of due) {
      const outcome = await expire(database, order, now())
      if (outcome === 'overtaken') continue
      moved += 1
      if (outcome !== 'gone') continue
      expired += 1
      log.info({ orderId: order.id }, 'files_expired')
    }
    if (due.length < atOnce || moved === 0) break
  }
  return expired
}

async function expire(
  database: Database,
  { version, ...order }: OrderKey & { readonly version: number },
  now: Date,
): Promise<'gone' | 'postponed' | 'overtaken'> {
  const until = keptUntil(await familyOf(database, order), now)
  const key = { account: order.accountId, isTest: order.isTest, id: order.id, version }
  const changed = until
    ? await database.rows(Type.String(), postponeSql, { ...key, until: until.toISOString() })
    : await database.rows(Type.String(), goneSql, { ...key, now: now.toISOString() })
  if (changed.length === 0) return 'overtaken'
  return until ? 'postponed' : 'gone'
}
