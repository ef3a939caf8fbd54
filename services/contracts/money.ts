import { type Static, Type } from 'typebox'

/** The currencies that can be charged, each with its number of decimals (ISO 4217, list one of 2026-01-01). */
export const currencyDecimals = {
  AUD: 2,
  BHD: 3,
  CAD: 2,
  CHF: 2,
  CZK: 2,
  DKK: 2,
  EUR: 2,
  GBP: 2,
  JPY: 0,
  NOK: 2,
  PLN: 2,
  SEK: 2,
  USD: 2,
} as const
export type CurrencyCode = keyof typeof currencyDecimals
export const currencyCodes = [
  'AUD',
  'BHD',
  'CAD',
  'CHF',
  'CZK',
  'DKK',
  'EUR',
  'GBP',
  'JPY',
  'NOK',
  'PLN',
  'SEK',
  'USD',
] as const satisfies readonly CurrencyCode[]

export const Currency = Type.Enum(currencyCodes, { description: 'ISO 4217 code, upper case' })

/** The largest amount of one order: far above any real one, far below where numbers lose their last digit. */
export const largestAmountMinor = 1_000_000_000_000

/** An amount in minor units: 1250 with EUR is 12.50 €, 1250 with JPY is 1250 ¥, 1250 with BHD is 1.250 BD. */
export const Money = Type.Object(
  { amount: Type.Integer({ description: 'in minor units of the currency' }), currency: Currency },
  { additionalProperties: false },
)
export type Money = Static<typeof Money>

/** The amount as people write it, without the currency's name: "12.50", "1250", "1.250", "-0.05". */
export function decimalText(amountMinor: number, currency: CurrencyCode): string {
  const decimals = currencyDecimals[currency]
  const digits = String(Math.abs(amountMinor)).padStart(decimals + 1, '0')
  const sign = amountMinor < 0 ? '-' : ''
  if (decimals === 0) return `${sign}${digits}`
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}

/** Rounds half away from zero, as invoices do: 2.5 → 3, -2.5 → -3. */
export const roundedMinor = (amount: number): number => Math.sign(amount) * Math.round(Math.abs(amount))

/** `amountMinor` × `numerator` / `denominator`, exactly, then rounded half away from zero. All three are whole numbers. */
export function proportionMinor(amountMinor: number, numerator: number, denominator: number): number {
  const product = amountMinor * numerator
  const doubled = 2 * Math.abs(product) + denominator
  if (!Number.isSafeInteger(product) || doubled > Number.MAX_SAFE_INTEGER)
    return proportionOfLarge(amountMinor, numerator, denominator)
  // Exact: of whole numbers below 2^53, no quotient that is not whole is rounded up to a whole one.
  const rounded = Math.floor(doubled / (2 * denominator))
  return product < 0 ? 0 - rounded : rounded
}

function proportionOfLarge(amountMinor: number, numerator: number, denominator: number): number {
  const product = BigInt(amountMinor) * BigInt(numerator)
  const sign = product < 0n ? -1n : 1n
  const divisor = BigInt(denominator)
  return Number(sign * ((2n * sign * product + divisor) / (2n * divisor)))
}
