import { type Static, Type } from 'typebox'
import type { OrderChanger } from '../orders/change-order.ts'
import type { Order } from '../orders/order.ts'

const Unsettled = Type.Object({ accountId: Type.String(), isTest: Type.Boolean(), orderId: Type.String() })
const mostAtOnce = 50

/** Read as it is indexed: few, however many parcels were ever lost. */
const unsettledSql = `select jsonb_build_object('accountId', o.account_id, 'isTest', o.is_test, 'orderId', o.id) as row
  from (select distinct i.account_id, i.order_id from order_items i
    where jsonb_path_exists(i.doc, '$.lost[*] ? (!exists(@.settledAt))') and i.order_id > :after::text
    order by i.order_id limit ${mostAtOnce}) l
  join orders o on o.account_id = l.account_id and o.id = l.order_id
  order by o.id`

/**
 * Goes on with losses that were written down and not settled, as of a worker that died between, and says how many orders had one. Safe to
 * run anywhere, twice, and beside whoever heard of the loss. One that cannot be settled now waits for the next sweep.
 */
export async function sweepLost(changer: OrderChanger, reprintLost: (order: Order) => Promise<void>): Promise<number> {
  let swept = 0
  for (let after = ''; ; ) {
    const unsettled = await changer.database.rows(Unsettled, unsettledSql, { after })
    for (const each of unsettled) if (await goOn(changer, reprintLost, each)) swept += 1
    const last = unsettled.at(-1)
    if (!last || unsettled.length < mostAtOnce) return swept
    after = last.orderId
  }
}

async function goOn(
  { orders, log }: OrderChanger,
  reprintLost: (order: Order) => Promise<void>,
  { orderId, ...owner }: Static<typeof Unsettled>,
): Promise<boolean> {
  try {
    const order = await orders.find(owner, orderId)
    if (order) await reprintLost(order)
    return order !== undefined
  } catch (error) {
    log.error({ err: error, orderId }, 'lost_parcel_waits')
    return false
  }
}
