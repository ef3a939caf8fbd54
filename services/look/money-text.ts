import { type CurrencyCode, currencyDecimals } from '#contracts/money.ts'

/** An amount in minor units as people of `locale` write it: 2490 EUR is "€24.90" in en. */
export function moneyText(amountMinor: number, currency: CurrencyCode, locale: string): string {
  const decimals = currencyDecimals[currency]
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals }
  return new Intl.NumberFormat(locale, { style: 'currency', currency, ...digits }).format(amountMinor / 10 ** decimals)
}
