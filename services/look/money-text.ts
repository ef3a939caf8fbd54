import type { CurrencyCode } from '#contracts/money.ts'

/**
 * An amount in minor units as people of `locale` write it: 2490 EUR is "€24.90" in en. The decimals are those that Intl knows, so that no page
 * has to bring a table; a test holds them equal to ours.
 */
export function moneyText(amountMinor: number, currency: CurrencyCode, locale: string): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency })
  return format.format(amountMinor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
}
