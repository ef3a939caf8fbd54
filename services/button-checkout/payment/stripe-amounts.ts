import { Refused } from '#chassis/errors.ts'
import { type CurrencyCode, currencyDecimals, decimalText } from '#contracts/money.ts'

/** Stripe takes eight digits in every currency that we know. */
const largestMinor = 99_999_999

/**
 * Throws Refused `amount_not_payable` for what Stripe does not charge exactly. Minor units are the same on both sides, zero-decimal
 * currencies included; of three decimals Stripe takes only two, and rounding would charge something that nobody was quoted.
 */
export function requirePayable(amountMinor: number, currency: CurrencyCode): void {
  const amount = `${decimalText(amountMinor, currency)} ${currency}`
  if (amountMinor > largestMinor) {
    throw new Refused(
      'amount_not_payable',
      `${amount} is more than can be paid at once; the most is ${decimalText(largestMinor, currency)} ${currency}. Choose fewer copies.`,
    )
  }
  if (currencyDecimals[currency] === 3 && amountMinor % 10 !== 0) {
    throw new Refused(
      'amount_not_payable',
      `${amount} cannot be charged to the last digit; amounts in ${currency} must end in 0. Choose another currency or quantity.`,
    )
  }
}
