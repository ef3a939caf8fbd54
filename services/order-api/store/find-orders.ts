import { type Database, ResultTooLarge } from '#chassis/database.ts'
import type { Order } from '../orders/order.ts'
import { assembleOrders, Part, selectParts } from './order-rows.ts'

type Owner = { readonly accountId: string; readonly isTest: boolean }
export type FindOrder = (owner: Owner, orderId: string) => Promise<Order | undefined>

type Wanted = {
  readonly owner: Owner
  readonly id: string
  readonly found: (order: Order | undefined) => void
  readonly failed: (error: unknown) => void
}

/** A call costs the processor time of several orders: whoever comes while this many are under way travels with the next. */
const callsAtOnce = 2
/** Orders are a few KiB, and 1 MiB is all that one call may give back. */
const mostOfACall = 40

/** Each wanted order by its account, its world and its id: nobody gets what only somebody else in the same call may see. */
const selectWanted = selectParts(
  `(o.account_id, o.is_test, o.id) in (select w.account, w.test, w.id
     from jsonb_to_recordset(:wanted::jsonb) as w(account text, test boolean, id text))`,
)

/**
 * Finds single orders. Reads of the same moment share a statement, which begins after all of them were asked for: each sees
 * whatever was written before it. Foreign and unknown ids are the same: undefined.
 */
export function createFindOrder(database: Database): FindOrder {
  const waiting: Wanted[] = []
  let calls = 0

  const leave = (): void => {
    while (waiting.length > 0 && calls < callsAtOnce) {
      calls += 1
      void travel(waiting.splice(0, mostOfACall))
    }
  }
  const travel = async (batch: readonly Wanted[]): Promise<void> => {
    try {
      const orders = await load(database, batch)
      for (const { owner, id, found } of batch) found(orders.find((order) => isOf(order, owner, id)))
    } catch (error) {
      for (const { failed } of batch) failed(error)
    } finally {
      calls -= 1
      leave()
    }
  }
  return (owner, id) =>
    new Promise((found, failed) => {
      waiting.push({ owner, id, found, failed })
      if (waiting.length === 1) queueMicrotask(leave)
    })
}

const isOf = (order: Order, { accountId, isTest }: Owner, id: string): boolean =>
  order.id === id && order.accountId === accountId && order.isTest === isTest

/** In halves where all together are too much for one answer. */
async function load(database: Database, batch: readonly Wanted[]): Promise<readonly Order[]> {
  try {
    const wanted = JSON.stringify(batch.map(({ owner, id }) => ({ account: owner.accountId, test: owner.isTest, id })))
    return assembleOrders(await database.rows(Part, selectWanted, { wanted }))
  } catch (error) {
    if (!(error instanceof ResultTooLarge) || batch.length === 1) throw error
    const half = Math.ceil(batch.length / 2)
    return [...(await load(database, batch.slice(0, half))), ...(await load(database, batch.slice(half)))]
  }
}
