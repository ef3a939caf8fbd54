import { Type } from 'typebox'
import { Transient } from '#chassis/errors.ts'
import { SaleStanding } from '#contracts/order-api/sales.ts'
import { parse } from '#contracts/parse.ts'
import { isForeignSale, takeSale } from '../checkouts/take-sale.ts'
import { changeCheckout } from '../store/change-checkout.ts'
import type { MoneyContext } from './money-context.ts'

const Cursor = Type.Object({ next: Type.String() })

/**
 * Reads what order-api says of orders since the last look, of one world. The place is kept after the news of a page are written: what a crash
 * leaves comes again and changes nothing then. Throws PrintcloudError or Transient when it has to come again.
 */
export async function followSales(context: MoneyContext, isTest: boolean): Promise<void> {
  const { items, orders } = context
  const name = `cursor/sales/${isTest ? 'test' : 'live'}`
  const kept = await items.getItem(name)
  let version = kept?.version ?? 0
  let after = kept ? parse('cursor', Cursor, kept.doc).next : undefined
  for (;;) {
    const { data, next } = await orders.sales(isTest, after)
    for (const sale of data) await take(context, sale)
    if (next === after) return
    // Somebody else is at it, and will be as far as we are.
    if (!(await items.putIf(name, version, { next }))) return
    version += 1
    after = next
    if (data.length === 0) return
  }
}

async function take({ store, now, log }: MoneyContext, told: SaleStanding): Promise<void> {
  const { checkout_id: checkoutId, order_id: orderId } = told
  try {
    const sale = parse('sale', SaleStanding, told)
    const checkout = await changeCheckout(store, checkoutId, now, (each) => takeSale(each, sale, now()))
    if (!checkout) log.info({ checkoutId, orderId }, 'sale_of_forgotten_checkout')
    else if (isForeignSale(checkout, sale)) {
      log.error({ checkoutId, orderId, state: checkout.state }, 'order_that_must_not_be')
    }
  } catch (error) {
    if (error instanceof Transient) throw error
    // One that cannot be read must not hold up the news of all others.
    log.error({ err: error, checkoutId, orderId }, 'sale_not_taken_in')
  }
}
