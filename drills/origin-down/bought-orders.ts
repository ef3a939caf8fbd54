import { Type } from 'typebox'
import type { Database } from '#chassis/database.ts'
import { type Figure, none } from '../drill.ts'
import type { Site } from '../world/site.ts'
import { until } from '../world/until.ts'
import { type Bought, orderOf, type Purchases } from './buyers.ts'

const often = { everyMilliseconds: 200, withinSeconds: 400 }

/** What order-api has of a checkout. */
const Ordered = Type.Object({
  checkoutId: Type.String(),
  orders: Type.Integer(),
  /** Those that lack an item, or a ticket for it. */
  halfMade: Type.Integer(),
  /** What the ledger says that its visitor paid, in minor units. */
  paidMinor: Type.Integer(),
})

const orderedSql = `
  select jsonb_build_object(
    'checkoutId', o.checkout_id,
    'orders', count(*),
    'halfMade', count(*) filter (where not exists (
      select from order_items i join tickets t on t.account_id = i.account_id and t.order_id = i.order_id and t.item_id = i.id
      where i.account_id = o.account_id and i.order_id = o.id)),
    'paidMinor', coalesce((select abs(sum(l.amount_minor)) from ledger_entries l join orders p on p.account_id = l.account_id and p.id = l.order_id
      where l.ledger = 'payments' and p.checkout_id = o.checkout_id), 0)
  ) as row from orders o where o.checkout_id is not null group by o.checkout_id`

const orderedIn = (database: Database) => database.rows(Ordered, orderedSql)

/** Waits until whatever was paid is ordered, and until the pages of all orders say so. */
export async function ordersOfPurchases(
  { database }: Site,
  { bought }: Purchases,
  { signal, returnedAt }: { readonly signal: AbortSignal; readonly returnedAt: number },
): Promise<Figure[]> {
  await until(
    'every paid checkout is ordered',
    async () => (await orderedIn(database)).length >= bought.length,
    signal,
    often,
  )
  const seconds = (performance.now() - returnedAt) / 1000
  await until('every order page says so', () => saysSo(bought), signal, often)
  const ordered = await orderedIn(database)
  const amounts = new Map(bought.map(({ checkoutId, amountMinor }) => [checkoutId, amountMinor]))
  return [
    {
      name: 'orders of what was paid meanwhile',
      value: ordered.length,
      wanted: { is: 'exactly', value: bought.length },
    },
    { name: 'the last one after', value: seconds, unit: 's' },
    none('ordered twice', ordered.filter(({ orders }) => orders !== 1).length),
    none(
      'half-made',
      ordered.reduce((sum, { halfMade }) => sum + halfMade, 0),
    ),
    none(
      'that booked another sum than was paid',
      ordered.filter(({ checkoutId, paidMinor }) => amounts.get(checkoutId) !== paidMinor).length,
    ),
  ]
}

async function saysSo(bought: readonly Bought[]): Promise<boolean> {
  for (const each of bought) if ((await orderOf(each)).known_at === undefined) return false
  return true
}
