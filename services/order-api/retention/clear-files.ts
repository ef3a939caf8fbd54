import { Type } from 'typebox'
import type { Database } from '#chassis/database.ts'
import { sourceKeyOf } from '../orders/sources.ts'
import type { Expiry } from './expire-orders.ts'
import { familyOf, type OrderKey } from './family.ts'
import { madeKeysOf } from './made-keys.ts'
import { judgedSql } from './needed-files.ts'
import { type ExpiringStore, tagDue } from './tag-due.ts'

export type Clearing = Expiry & { readonly store: ExpiringStore }

/**
 * Between saying that files are gone and taking them away. Whatever was decided before it was said has been written long since, by statements
 * that take 45 seconds at most: what names a file that is to go is seen here, and keeps it.
 */
const graceMilliseconds = 3_600_000
const atOnce = 50

const Marked = Type.Object({
  ...{ accountId: Type.String(), isTest: Type.Boolean(), id: Type.String(), goneAt: Type.String() },
})
const markedSql = `select jsonb_build_object('accountId', account_id, 'isTest', is_test, 'id', id, 'goneAt', files_gone_at) as row
  from orders where files_cleared_at is null and files_gone_at <= :before::timestamptz
    and (files_gone_at, id) > (:afterAt::timestamptz, :afterId::text)
  order by files_gone_at, id limit :limit::int`

/** A reprint came at the last moment: the order and its uploaded files are as they were. */
const keepSql = `
  with ${judgedSql}, kept as (
    update orders set files_gone_at = null, files_expire_at = :until::timestamptz, version = version + 1
    where account_id = :account::text and is_test = :isTest::boolean and id = :id::text and files_cleared_at is null
    returning id
  ), back as (
    update files f set expired_at = null from judged j, kept where f.account_id = :account::text and f.id = j.id
  )
  select to_jsonb(id) as row from kept`

const clearedSql = `update orders set files_cleared_at = :now::timestamptz
  where account_id = :account::text and is_test = :isTest::boolean and id = :id::text returning to_jsonb(id) as row`

const Judged = Type.Object({
  ...{ id: Type.String(), isNeeded: Type.Boolean(), expiredAt: Type.Union([Type.String(), Type.Null()]) },
})
const judgeSql = `
  with ${judgedSql}, changed as (
    update files f set expired_at = case when j.is_needed then null else :now::timestamptz end from judged j
    where f.account_id = :account::text and f.id = j.id and j.is_needed = (f.expired_at is not null)
  )
  select jsonb_build_object('id', j.id, 'isNeeded', j.is_needed, 'expiredAt', f.expired_at) as row
  from judged j join files f on f.account_id = :account::text and f.id = j.id`

/** Gives the files of orders that say so to the store's lifecycle. Every step may be done twice; a worker that dies goes on where it was. */
export async function clearFiles({ database, store, log, now, signal }: Clearing): Promise<number> {
  let cleared = 0
  let after = { goneAt: new Date(0).toISOString(), id: '' }
  const before = new Date(now().getTime() - graceMilliseconds)
  while (!signal.aborted) {
    const marked = await database.rows(Marked, markedSql, {
      ...{ before: before.toISOString(), afterAt: after.goneAt, afterId: after.id, limit: atOnce },
    })
    for (const order of marked) {
      const objects = signal.aborted ? undefined : await clear({ database, store, now }, order, before)
      if (objects === undefined) continue
      cleared += 1
      log.info({ orderId: order.id, objects }, 'files_cleared')
    }
    after = marked.at(-1) ?? after
    if (marked.length < atOnce) break
  }
  return cleared
}

/** How many objects were given away; undefined when the order waits. */
async function clear(
  { database, store, now }: Pick<Clearing, 'database' | 'store' | 'now'>,
  order: OrderKey,
  before: Date,
): Promise<number | undefined> {
  const key = { account: order.accountId, isTest: order.isTest, id: order.id }
  const family = await familyOf(database, order)
  if (family.some(({ hasEnded, goneAt }) => !hasEnded && goneAt === null)) {
    const until = new Date(now().getTime() + 24 * graceMilliseconds).toISOString()
    await database.rows(Type.String(), keepSql, { ...key, until })
    return undefined
  }
  if (family.some(({ goneAt }) => !isBefore(goneAt, before))) return undefined
  const uploads = await sourcesToGo(database, order, now(), before)
  if (!uploads) return undefined
  const made = await madeKeysOf(database, store, order)
  await tagDue(store, [
    ...uploads.map((id) => ({ bucket: store.sourcesBucket, key: sourceKeyOf(order.accountId, id) })),
    ...made.map((each) => ({ bucket: store.printFilesBucket, key: each })),
  ])
  await database.rows(Type.String(), clearedSql, { ...key, now: now().toISOString() })
  return uploads.length + made.length
}

/** Uploaded files that nothing needs and that nobody could name for an hour; undefined while that hour is not over. */
async function sourcesToGo(
  database: Database,
  { accountId, id }: OrderKey,
  now: Date,
  before: Date,
): Promise<readonly string[] | undefined> {
  const judged = await database.rows(Judged, judgeSql, { account: accountId, id, now: now.toISOString() })
  const going = judged.filter(({ isNeeded }) => !isNeeded)
  return going.every(({ expiredAt }) => isBefore(expiredAt, before)) ? going.map((file) => file.id) : undefined
}

const isBefore = (at: string | null, before: Date): boolean => at !== null && Date.parse(at) <= before.getTime()
