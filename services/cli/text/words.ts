import { type CurrencyCode, decimalText } from '#contracts/money.ts'

/** "24.90 EUR" */
export const moneyText = (amountMinor: number, currency: CurrencyCode): string =>
  `${decimalText(amountMinor, currency)} ${currency}`

/** In the reader's zone: "2026-11-21 17:04". */
export function timeText(iso: string): string {
  const at = new Date(iso)
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`
}

const nearSeconds = 120
/** "in 5 s" within two minutes, else the time in the reader's zone. */
export function soonText(iso: string, nowEpochMs: number): string {
  const seconds = Math.max(0, Math.ceil((Date.parse(iso) - nowEpochMs) / 1000))
  return seconds <= nearSeconds ? `in ${seconds} s` : `at ${timeText(iso)}`
}

/** "4 s", "12 min", "3 h", "2 days" */
export function ageText(iso: string, nowEpochMs: number): string {
  const seconds = Math.max(0, Math.round((nowEpochMs - Date.parse(iso)) / 1000))
  if (seconds <= nearSeconds) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  if (minutes <= 120) return `${minutes} min`
  const hours = Math.round(minutes / 60)
  return hours <= 48 ? `${hours} h` : count(Math.round(hours / 24), 'day')
}

/** In the reader's zone: "17:04:12". */
export function clockText(iso: string): string {
  const at = new Date(iso)
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`
}

const two = (value: number): string => String(value).padStart(2, '0')

/** "in_production" → "in production" */
export const words = (name: string): string => name.replaceAll('_', ' ')

export const count = (number: number, one: string, many = `${one}s`): string => `${number} ${number === 1 ? one : many}`

const units = ['kB', 'MB', 'GB'] as const
/** "12.3 MB", in thousands as people count them. */
export function bytesText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  const power = Math.min(units.length, Math.floor(Math.log10(bytes) / 3))
  const value = bytes / 1000 ** power
  return `${value < 100 ? value.toFixed(1) : Math.round(value)} ${units[power - 1]}`
}
