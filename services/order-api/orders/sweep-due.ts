import { Type } from 'typebox'
import { isoTime } from '../store/order-rows.ts'
import { changeOrder, type OrderChanger } from './change-order.ts'
import { decideDue } from './order-due.ts'

const Due = Type.Object({ id: Type.String(), dueAt: Type.String() })
const mostAtOnce = 50
const dueSql = `select jsonb_build_object('id', id, 'dueAt', ${isoTime('due_at')}) as row from orders
  where due_at <= :now::timestamptz order by due_at limit :limit::int`

/** Carries on every order whose time has come. Safe to run anywhere, twice: the moment is the cause, and a cause counts once. */
export async function sweepDueOrders(changer: OrderChanger): Promise<number> {
  const { database, now } = changer
  const due = await database.rows(Due, dueSql, { now: now().toISOString(), limit: mostAtOnce })
  for (const { id, dueAt } of due) await changeOrder(changer, id, `due/${dueAt}`, decideDue)
  return due.length
}
