import type { Checkout } from '../checkouts/checkout.ts'
import type { MoneyContext } from './money-context.ts'

const warnAfterMilliseconds = 10 * 60_000
const alarmAfterMilliseconds = 60 * 60_000

/** Paid without an order: a warning after ten minutes, an alarm after an hour, again with every try. No customer is forgotten silently. */
export function tellIfLate({ log, now }: Pick<MoneyContext, 'log' | 'now'>, checkout: Checkout, code: string): void {
  const { id: checkoutId, paidAt, accountId, isTest } = checkout
  const ageMilliseconds = paidAt === undefined ? 0 : now().getTime() - Date.parse(paidAt)
  const fields = { checkoutId, accountId, isTest, code, paidAt }
  if (ageMilliseconds >= alarmAfterMilliseconds) log.error(fields, 'paid_not_ordered')
  else if (ageMilliseconds >= warnAfterMilliseconds) log.warn(fields, 'paid_not_ordered')
  else log.info({ checkoutId, code }, 'order_not_taken_yet')
}
