import { type CurrencyCode, currencyDecimals, largestAmountMinor } from '#contracts/money.ts'
import { usageFault } from './operator-fault.ts'

/** Reads "500", "99.50", "1.250" (BHD) as minor units; throws OperatorFault when the currency has no such amount. */
export function amountMinorOf(text: string, currency: CurrencyCode): number {
  const decimals = currencyDecimals[currency]
  const [, whole = '', , fraction = ''] = /^(\d{1,13})(\.(\d+))?$/.exec(text) ?? []
  const minor = Number(whole + fraction.padEnd(decimals, '0'))
  if (whole !== '' && fraction.length <= decimals && minor <= largestAmountMinor) return minor
  throw usageFault(
    `The amount is ${JSON.stringify(text)}.`,
    `It must be digits with at most ${decimals} decimals behind a point (${currency}), and at most ${largestAmountMinor} in minor units.`,
  )
}
