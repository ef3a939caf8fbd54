import { type Static, Type } from 'typebox'
import type { Database } from '#chassis/database.ts'
import { isoTime } from '../store/order-rows.ts'

const when = Type.Union([Type.String(), Type.Null()])
const Member = Type.Object({ id: Type.String(), hasEnded: Type.Boolean(), expireAt: when, goneAt: when })
/** An order, or one that prints something of it again, or of which it does. */
export type Member = Static<typeof Member>

export type OrderKey = { readonly accountId: string; readonly isTest: boolean; readonly id: string }

/** Stages in which nothing more is made of an order's files. */
export const endedSql = `'shipped', 'delivered', 'cancelled', 'rejected'`

/**
 * A reprint prints the files of the order that it reprints: all of them, up and down, are one family, and their files go together. An order
 * has ended when its days are counted from the stage that it is in now.
 */
const familySql = `
  with recursive family as (
    select o.account_id, o.is_test, o.id, o.doc->'reprintOf'->>'orderId' as of, o.doc->'reprints' as again
    from orders o where o.account_id = :account::text and o.is_test = :isTest::boolean and o.id = :id::text
    union
    select n.account_id, n.is_test, n.id, n.doc->'reprintOf'->>'orderId', n.doc->'reprints'
    from family f
    cross join lateral (select r->>'orderId' as id from jsonb_array_elements(f.again) r union select f.of) link
    join orders n on n.account_id = f.account_id and n.is_test = f.is_test and n.id = link.id
  )
  select jsonb_build_object('id', o.id, 'expireAt', ${isoTime('o.files_expire_at')}, 'goneAt', ${isoTime('o.files_gone_at')},
    'hasEnded', o.stage in (${endedSql}) and o.files_counted_from is not distinct from o.stage) as row
  from family f join orders o on o.account_id = f.account_id and o.is_test = f.is_test and o.id = f.id`

export const familyOf = (database: Database, { accountId, isTest, id }: OrderKey): Promise<Member[]> =>
  database.rows(Member, familySql, { account: accountId, isTest, id })

const dayMilliseconds = 24 * 3_600_000

/** Undefined: the files of the family may go. Otherwise when to look again: as long as one is under way, tomorrow. Pure. */
export function keptUntil(family: readonly Member[], now: Date): Date | undefined {
  if (family.some(({ hasEnded }) => !hasEnded)) return new Date(now.getTime() + dayMilliseconds)
  const last = Math.max(...family.map(({ expireAt }) => (expireAt === null ? 0 : Date.parse(expireAt))))
  return last > now.getTime() ? new Date(last) : undefined
}
