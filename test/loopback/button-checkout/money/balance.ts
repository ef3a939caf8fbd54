import type { MoneyWorld } from './money-world.ts'

/** What the provider's own books, and order-api's own orders, say of a checkout. */
export function balanceOf({ standIn, desk }: Pick<MoneyWorld, 'standIn' | 'desk'>, checkoutId: string) {
  const entries = standIn.control.books().filter(({ checkout }) => checkout === checkoutId)
  const sum = (kind: string) =>
    entries.filter((each) => each.kind === kind).reduce((all, { amount }) => all + amount, 0)
  const order = desk.orders.get(checkoutId)
  return {
    charges: entries.filter(({ kind }) => kind === 'charge').length,
    charged: sum('charge'),
    refunds: entries.filter(({ kind }) => kind === 'refund').length,
    refunded: sum('refund'),
    ordered: order?.request.sale?.amount ?? 0,
    givenBack: order?.refunded ?? 0,
  }
}

/** Why charged = quoted = ordered does not hold, once everything has settled. Empty: it does. */
export function imbalanceOf(world: Pick<MoneyWorld, 'standIn' | 'desk'>, checkoutId: string): readonly string[] {
  const { charged, refunded, ordered, givenBack } = balanceOf(world, checkoutId)
  const kept = charged - refunded
  const faults = kept === ordered - givenBack ? [] : [`kept ${kept}, ordered ${ordered}, given back ${givenBack}`]
  const sale = world.desk.orders.get(checkoutId)?.request.sale
  if (!sale) return faults
  const paid = world.standIn.control.books().find((each) => each.payment_intent === sale.payment_reference)
  const isPaid = paid?.kind === 'charge' && paid.amount === sale.amount && paid.checkout === checkoutId
  return isPaid ? faults : [...faults, `ordered by a payment that is not there: ${sale.payment_reference}`]
}
