import { Type } from 'typebox'
import { isoTime } from '../store/order-rows.ts'
import { changeOrder, type OrderChanger } from './change-order.ts'
import { decideDue } from './order-due.ts'

const Due = Type.Object({ id: Type.String(), dueAt: Type.String() })
const mostAtOnce = 50
/** Thousands of graces may end in one minute. */
const sideBySide = 10
const dueSql = `select jsonb_build_object('id', id, 'dueAt', ${isoTime('due_at')}) as row from orders
  where due_at <= :now::timestamptz order by due_at, id limit :limit::int offset :skip::int`

/**
 * Carries on every order whose time has come, and says how many. Safe to run anywhere, twice: the moment is the cause, and a cause
 * counts once. An order that cannot be carried on waits for the next sweep and keeps no other from its turn.
 */
export async function sweepDueOrders(changer: OrderChanger): Promise<number> {
  const { database, now } = changer
  let carried = 0
  for (let skip = 0; ; ) {
    const due = await database.rows(Due, dueSql, { now: now().toISOString(), limit: mostAtOnce, skip })
    for (let from = 0; from < due.length; from += sideBySide) {
      const done = await Promise.all(due.slice(from, from + sideBySide).map((order) => carryOn(changer, order)))
      carried += done.filter((isDone) => isDone).length
      skip += done.filter((isDone) => !isDone).length
    }
    if (due.length < mostAtOnce) return carried
  }
}

async function carryOn(changer: OrderChanger, { id, dueAt }: { readonly id: string; readonly dueAt: string }) {
  try {
    await changeOrder(changer, id, `due/${dueAt}`, decideDue)
    return true
  } catch (error) {
    changer.log.error({ err: error, orderId: id }, 'due_order_not_carried')
    return false
  }
}
