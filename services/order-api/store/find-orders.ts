import { type Database, ResultTooLarge } from '#chassis/database.ts'
import type { Order } from '../orders/order.ts'
import { assembleOrders, Part, selectParts } from './order-rows.ts'

type Owner = { readonly accountId: string; readonly isTest: boolean }
/** A state of an order; another history of the database has other times. */
export type OrderState = Pick<Order, 'version' | 'updatedAt'>

/**
 * Finds one order; `same` when it still is in the state that is `known`. Foreign and unknown ids are the same: undefined.
 * Reads of the same moment share a statement, which begins after all of them were asked for: each sees whatever was written
 * before it.
 */
export type FindOrder = (owner: Owner, orderId: string, known?: OrderState) => Promise<Order | 'same' | undefined>

type Waiter = {
  readonly known: OrderState | undefined
  readonly found: (order: Order | 'same' | undefined) => void
  readonly failed: (error: unknown) => void
}
type Wanted = { readonly owner: Owner; readonly id: string; readonly waiters: Waiter[] }

/** A call costs the processor time of thirty orders. Whoever comes while one is under way, or has just left, travels with the next. */
const worthACall = 30
/** Nobody waits longer for a call under way, which may be one that hangs. */
const patienceMilliseconds = 5
const callsAtOnce = 4
/** Orders are a few KiB, and 1 MiB is all that one call may give back. */
const mostOfACall = 40

/** Each wanted order by its account, its world and its id: nobody gets what only somebody else in the same call may see. */
const wanted =
  'jsonb_to_recordset(:wanted::jsonb) as w(account text, test boolean, id text, version int, at timestamptz)'
const selectWanted = selectParts({
  join: `join ${wanted} on o.account_id = w.account and o.is_test = w.test and o.id = w.id`,
  filter: '(w.version, w.at) is distinct from (o.version, o.updated_at)',
  more: `select jsonb_build_object('orderId', s.id, 'kind', 'same', 'row', null,
      'owner', jsonb_build_object('accountId', s.account_id, 'isTest', s.is_test)), 4, 0
    from ${wanted} join orders s on s.account_id = w.account and s.is_test = w.test and s.id = w.id
      and s.version = w.version and s.updated_at = w.at`,
})

export function createFindOrder(database: Database): FindOrder {
  const waiting = new Map<string, Wanted>()
  let calls = 0
  let leftAt = 0
  let isLate = false
  let lateness: NodeJS.Timeout | undefined

  const leave = (): void => {
    while (waiting.size > 0 && calls < callsAtOnce) {
      const isQuiet = calls === 0 && performance.now() - leftAt >= patienceMilliseconds
      if (!isLate && !isQuiet && waiting.size < worthACall) return
      calls += 1
      leftAt = performance.now()
      const batch = [...waiting].slice(0, mostOfACall)
      for (const [key] of batch) waiting.delete(key)
      isLate = false
      if (waiting.size > 0) wait()
      void travel(batch.map(([, each]) => each))
    }
  }
  const wait = (): void => {
    // One that was set for those who have left would send the next few away alone.
    clearTimeout(lateness)
    lateness = setTimeout(() => {
      isLate = true
      leave()
    }, patienceMilliseconds)
  }
  const travel = async (batch: readonly Wanted[]): Promise<void> => {
    try {
      const found = await load(database, batch)
      for (const { owner, id, waiters } of batch) {
        for (const waiter of waiters) waiter.found(found.get(keyOf(owner, id)))
      }
    } catch (error) {
      for (const { waiters } of batch) for (const { failed } of waiters) failed(error)
    } finally {
      calls -= 1
      leave()
    }
  }
  return (owner, id, known) =>
    new Promise((found, failed) => {
      if (waiting.size === 0) wait()
      if (waiting.size === 0 || waiting.size === worthACall - 1) setImmediate(leave)
      const key = keyOf(owner, id)
      const together = waiting.get(key) ?? { owner, id, waiters: [] }
      together.waiters.push({ known, found, failed })
      waiting.set(key, together)
    })
}

const keyOf = ({ accountId, isTest }: Owner, id: string): string => `${accountId}/${isTest}/${id}`

type Found = ReadonlyMap<string, Order | 'same'>

/** In halves where all together are too much for one answer. */
async function load(database: Database, batch: readonly Wanted[]): Promise<Found> {
  try {
    const parts = await database.rows(Part, selectWanted, { wanted: JSON.stringify(batch.map(questionOf)) })
    const found = new Map<string, Order | 'same'>()
    for (const order of assembleOrders(parts)) found.set(keyOf(order, order.id), order)
    for (const { kind, orderId, owner } of parts) if (kind === 'same' && owner) found.set(keyOf(owner, orderId), 'same')
    return found
  } catch (error) {
    if (!(error instanceof ResultTooLarge) || batch.length === 1) throw error
    const half = Math.ceil(batch.length / 2)
    return new Map([...(await load(database, batch.slice(0, half))), ...(await load(database, batch.slice(half)))])
  }
}

/** Where several wait for one order, all must know the same state of it for "same" to be an answer. */
function questionOf({ owner, id, waiters }: Wanted) {
  const [first] = waiters
  const known = first?.known
  const isKnown =
    known !== undefined &&
    waiters.every((each) => each.known?.version === known.version && each.known.updatedAt === known.updatedAt)
  const state = isKnown ? { version: known.version, at: known.updatedAt } : {}
  return { account: owner.accountId, test: owner.isTest, id, ...state }
}
