import { type Database, RuleBroken } from '#chassis/database.ts'
import { Refused, Transient } from '#chassis/errors.ts'
import type { Log } from '#chassis/log.ts'
import { insufficientCredit } from '../ledger/insufficient-credit.ts'
import { balanceRule, openedByAnotherRule } from '../store/booking-sql.ts'
import type { OrderStore } from '../store/order-store.ts'
import { saveChange } from '../store/save-change.ts'
import type { Ring } from '../tickets/ring.ts'
import type { Change, Decide } from './change.ts'
import { makeIdAt } from './make-id.ts'
import type { Order } from './order.ts'
import { mostTries, stepAside } from './step-aside.ts'

export type OrderChanger = {
  readonly database: Database
  readonly orders: OrderStore
  readonly ring: Ring
  readonly now: () => Date
  readonly patienceSeconds: number
  readonly log: Log
}

/**
 * Applies one cause to one order exactly once: reads, decides, saves onto the version that was read, and decides again
 * when another change came first. A cause that was applied before changes nothing. Rings for the tickets that follow.
 * Throws Refused: `not_found` for an unknown order, `insufficient_credit` where the change costs more than there is.
 */
export async function changeOrder(
  changer: OrderChanger,
  orderId: string,
  cause: string,
  decide: Decide,
): Promise<Order> {
  for (let attempt = 1; attempt <= mostTries; attempt += 1) {
    const found = await changer.orders.findForCause(orderId, cause)
    if (!found) throw new Refused('not_found', `There is no order ${orderId}.`)
    if (found.isSeen) return found.order
    const now = changer.now()
    const change = decide(found.order, { now, makeId: makeIdAt(() => now) })
    if (change.order === found.order && isNothing(change)) return found.order
    if (await save(changer, change, cause, now)) {
      tellImpossible(changer.log, orderId, change)
      await changer.ring(change.newTickets)
      return asSaved(change, now)
    }
    await stepAside(attempt)
  }
  throw new Transient(`Order ${orderId} is being changed by others`)
}

const isNothing = ({ events, newTickets, answeredTicketIds, patience }: Change): boolean =>
  events.length + newTickets.length + answeredTicketIds.length === 0 && patience === undefined

/** The order as the next reader sees it. */
const asSaved = ({ order, events, newIssues, newShipments }: Change, now: Date): Order => ({
  ...order,
  version: order.version + 1,
  eventCount: order.eventCount + events.length,
  issues: [...order.issues, ...newIssues],
  shipments: [...order.shipments, ...newShipments],
  updatedAt: now.toISOString(),
})

/** Nobody honest says such a thing: a fault of ours, or somebody who tries. */
function tellImpossible(log: Log, orderId: string, { events }: Change): void {
  for (const { type, data } of events)
    if (type === 'item.impossible') log.error({ orderId, said: data.event }, 'impossible_status')
}

async function save(changer: OrderChanger, change: Change, cause: string, now: Date): Promise<boolean> {
  const ringAt = new Date(now.getTime() + changer.patienceSeconds * 1000)
  const heardRingAt = new Date(now.getTime() + (change.patience?.times ?? 1) * changer.patienceSeconds * 1000)
  try {
    return await saveChange(changer.database, change, { cause, now, ringAt, heardRingAt })
  } catch (error) {
    if (!(error instanceof RuleBroken)) throw error
    // Another order opened the balance first: decided again, this change finds it.
    if (error.rule === openedByAnotherRule) return false
    if (error.rule !== balanceRule) throw error
    const what = change.events.some(({ type }) => type === 'order.confirmed') ? 'order' : 'change'
    throw await insufficientCredit(changer.database, change.order, what, change.entries)
  }
}
