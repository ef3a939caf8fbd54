import { Type } from 'typebox'
import { actionRules } from '#contracts/order-actions.ts'
import { stages } from '#contracts/order-states.ts'
import { advance } from '../orders/advance.ts'
import { type Decide, unchanged } from '../orders/change.ts'
import { changeOrder, type OrderChanger } from '../orders/change-order.ts'

/** Says in the order's log whose hold it is: only that one is taken off again. */
const reason = 'restore'
const mostAtOnce = 500
/** A draft is confirmed by its account, and goes nowhere before that. */
const openStages = stages.filter((stage) => stage !== 'draft' && actionRules.hold[stage] === 'yes')

const openSql = `select to_jsonb(id) as row from orders
  where stage in (${openStages.map((stage) => `'${stage}'`).join(', ')}) and not is_held and id > :after::text
  order by id limit ${mostAtOnce}`

const oursSql = `select to_jsonb(o.id) as row from orders o where o.is_held and o.id > :after::text and '${reason}' = (
    select e.data->>'reason' from events e where e.account_id = o.account_id and e.order_id = o.id
      and e.type in ('order.held', 'order.hold_released') order by e.sequence desc limit 1)
  order by o.id limit ${mostAtOnce}`

/** Holds every order that could be released; says how many. An order that moved on meanwhile is left alone. */
export const holdOpenOrders = (changer: OrderChanger): Promise<number> => changeAll(changer, openSql, 'hold', hold)

/** Takes those holds off again, and no other; what waited for nothing else is released. Says how many. */
export const releaseOpenOrders = (changer: OrderChanger): Promise<number> =>
  changeAll(changer, oursSql, 'release', takeOff)

async function changeAll(changer: OrderChanger, sql: string, what: string, decide: Decide): Promise<number> {
  const cause = `${reason}/${what}/${changer.now().toISOString()}`
  let count = 0
  for (let after = ''; ; ) {
    const ids = await changer.database.rows(Type.String(), sql, { after })
    for (const id of ids) await changeOrder(changer, id, cause, decide)
    count += ids.length
    const last = ids.at(-1)
    if (last === undefined || ids.length < mostAtOnce) return count
    after = last
  }
}

const hold: Decide = (order, { makeId }) => {
  if (order.isHeld || actionRules.hold[order.stage] !== 'yes') return unchanged(order)
  const events = [{ id: makeId('event'), type: 'order.held', data: { reason } }]
  return { ...unchanged({ ...order, isHeld: true }), events }
}

const takeOff: Decide = (order, context) => {
  if (!order.isHeld) return unchanged(order)
  const events = [{ id: context.makeId('event'), type: 'order.hold_released', data: { reason } }]
  return advance({ ...unchanged({ ...order, isHeld: false }), events }, context)
}
