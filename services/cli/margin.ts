import { type CurrencyCode, currencyDecimals, decimalText } from '#contracts/money.ts'
import type { Margin } from '#contracts/order-api/publication.ts'
import { usageFault } from './read-arguments.ts'

/** "20%" of the price of a copy, or an amount as people write it: "3.00". Throws CommandFault (64). */
export function marginOf(text: string, currency: CurrencyCode, command: string): Margin {
  const [, percent] = /^(\d{1,4}(?:\.\d{1,2})?) ?%$/.exec(text) ?? []
  if (percent !== undefined && Number(percent) <= mostPercent) return { percent: Number(percent) }
  const decimals = currencyDecimals[currency]
  const [, whole, fraction = ''] = /^(\d{1,8})(?:\.(\d{1,3}))?$/.exec(text) ?? []
  const amount = Number(`${whole}${fraction.padEnd(decimals, '0')}`)
  if (whole !== undefined && fraction.length <= decimals && amount <= mostAmountMinor) return { amount }
  const example = decimals === 0 ? '300' : `3.${'0'.repeat(decimals)}`
  throw usageFault(
    `--margin is ${JSON.stringify(text)}.`,
    `It is a part of the price such as 20%, up to ${mostPercent}%, or an amount of ${currency} such as ${example}.`,
    command,
  )
}

const mostPercent = 1000
const mostAmountMinor = 100_000_000

/** "+20 %", "+3.00 EUR"; empty where there is none. */
export function marginText(margin: Margin | undefined, currency: CurrencyCode): string {
  if (margin === undefined) return ''
  return 'percent' in margin ? `+${margin.percent} %` : `+${decimalText(margin.amount, currency)} ${currency}`
}
