import { type Database, ResultTooLarge } from '#chassis/database.ts'
import type { Order } from '../orders/order.ts'
import { assembleOrders, Part, selectParts } from '../store/order-rows.ts'
import { compare, type Place, type SalesCursor } from './sales-cursor.ts'

export type SalesWish = {
  readonly isTest: boolean
  readonly after: SalesCursor
  /** Of one look; there may be as many again of the second. */
  readonly limit: number
  readonly now: Date
}
export type SalesFound = { readonly orders: readonly Order[]; readonly next: SalesCursor }

/** What begins now is seen in the order of its times a moment later, nearly always. */
const freshMilliseconds = 3_000
/**
 * A change takes its time when it is decided and is seen when it is committed. The Data API ends a statement after 45 s, a request is given up
 * after 10 s, and clocks of our machines differ by less than the rest: after so long nothing appears any more.
 */
const settledMilliseconds = 90_000

const isAfter = (at: string, id: string): string => `(s.updated_at, s.id) > (${at}::timestamptz, ${id}::text)`
const sold = 's.checkout_id is not null and s.is_test = :isTest::boolean'

/** Two looks in one statement, which never find the same: at what is new, and once more at what was new before it was settled. */
const selectSales = selectParts({
  join: `join (
      (select s.account_id, s.id from orders s
        where ${sold} and ${isAfter(':firstAt', ':firstId')} and s.updated_at <= :fresh::timestamptz
        order by s.updated_at, s.id limit :limit::int)
      union all
      (select s.account_id, s.id from orders s
        where ${sold} and ${isAfter(':settledAt', ':settledId')} and s.updated_at <= :settledUntil::timestamptz
          and (s.updated_at, s.id) <= (:firstAt::timestamptz, :firstId::text)
        order by s.updated_at, s.id limit :limit::int)
    ) w on w.account_id = o.account_id and w.id = o.id`,
  filter: 'o.is_test = :isTest::boolean',
})

/**
 * Orders of all accounts that the checkout placed and that changed after a cursor, the longest ago first. What changed within the last 90 s
 * when it was told is told again later: so whatever was committed behind the back of the first look is found by the second.
 */
export async function readSales(database: Database, wish: SalesWish): Promise<SalesFound> {
  const { isTest, after, limit, now } = wish
  const ago = (milliseconds: number): string => new Date(now.getTime() - milliseconds).toISOString()
  const settledUntil = ago(settledMilliseconds)
  try {
    const parts = await database.rows(Part, selectSales, {
      ...{ isTest, limit, fresh: ago(freshMilliseconds), settledUntil },
      ...{ firstAt: after.first.at, firstId: after.first.id, settledAt: after.settled.at, settledId: after.settled.id },
    })
    const orders = assembleOrders(parts).sort((a, b) => compare(placeOf(a), placeOf(b)))
    return { orders, next: nextOf(orders.map(placeOf), { after, limit, settledUntil }) }
  } catch (error) {
    if (!(error instanceof ResultTooLarge) || limit === 1) throw error
    // A page may be shorter than asked for.
    return readSales(database, { ...wish, limit: Math.ceil(limit / 2) })
  }
}

const placeOf = ({ updatedAt: at, id }: Order): Place => ({ at, id })

type Looked = { readonly after: SalesCursor; readonly limit: number; readonly settledUntil: string }

/** How far both looks came; the second one is done with all that the first one saw settled, unless it has more to tell. Pure. */
export function nextOf(found: readonly Place[], { after, limit, settledUntil }: Looked): SalesCursor {
  const again = found.filter((place) => compare(place, after.first) <= 0)
  const first = found.findLast((place) => compare(place, after.first) > 0) ?? after.first
  const isDone = again.length < limit
  const settled = (isDone ? found : again).findLast(({ at }) => at <= settledUntil) ?? after.settled
  return { first, settled: compare(settled, first) <= 0 ? settled : first }
}
