import type { CurrencyCode } from '#contracts/money.ts'
import type { AccountTerms } from '../auth/principal.ts'
import type { Billing } from '../orders/order.ts'

/**
 * How an account pays an order in a currency. Credit is given in the account's own currency and in no other; whoever pays in
 * advance has a limit, if only zero.
 */
export function billingOf(
  { billing: mode, creditLimitMinor, currency: own }: Pick<AccountTerms, 'billing' | 'creditLimitMinor' | 'currency'>,
  currency: CurrencyCode = own,
): Billing {
  if (mode === 'invoice' && creditLimitMinor === null) return { mode, limitMinor: null }
  return { mode, limitMinor: currency === own ? (creditLimitMinor ?? 0) : 0 }
}

/** A visitor paid at the checkout: the account's own money is not touched. */
export const billingOfSale: Billing = { mode: 'sale', limitMinor: null }
