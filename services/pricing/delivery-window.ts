import type { ShippingRate } from '#contracts/prices/price-book.ts'

const dayMilliseconds = 24 * 3600 * 1000

/**
 * First and last day of delivery. Working days are Monday to Friday; public holidays are not known. What is ordered after the cut-off, or
 * at a weekend, counts from the next working day.
 */
export function deliveryWindow(now: Date, { productionDays, transitDays }: ShippingRate, cutOffUtc: string) {
  const isLate = now.toISOString().slice(11, 16) >= cutOffUtc
  const today = Math.floor(now.getTime() / dayMilliseconds) + (isLate ? 1 : 0)
  const shipped = plusWorkingDays(nextWorkingDay(today), productionDays)
  return {
    earliest: dateOf(plusWorkingDays(shipped, transitDays.minimum)),
    latest: dateOf(plusWorkingDays(shipped, transitDays.maximum)),
  }
}

/** The day that many days later; at a weekend, the Monday after it. */
export const workingDateAfter = (date: string, days: number): string =>
  dateOf(nextWorkingDay(Date.parse(date) / dayMilliseconds + days))

/** Days are counted from 1970-01-01, a Thursday. */
const isWeekend = (day: number): boolean => [0, 6].includes((day + 4) % 7)
const dateOf = (day: number): string => new Date(day * dayMilliseconds).toISOString().slice(0, 10)

function nextWorkingDay(day: number): number {
  return isWeekend(day) ? nextWorkingDay(day + 1) : day
}

function plusWorkingDays(from: number, days: number): number {
  let day = from
  for (let left = days; left > 0; left -= 1) day = nextWorkingDay(day + 1)
  return day
}
