import type { Facility, OpeningHours } from '#contracts/facility.ts'
import type { ShippingRate } from '#contracts/prices/price-book.ts'
import { localTimeOf } from './local-time.ts'

const dayMilliseconds = 24 * 3600 * 1000

/** Who makes it, and until when it takes orders of the day where its opening hours do not say. */
export type Maker = {
  readonly facility: Pick<Facility, 'opening' | 'products'>
  readonly skus: readonly string[]
  readonly cutOffUtc: string
}

type IsOpen = (day: number) => boolean

/**
 * First and last day of delivery. What is ordered after the cut-off, or on a day that the facility is closed, counts from its next open day;
 * without opening hours it is open from Monday to Friday. Carriers drive on these days; public holidays are only known of facilities.
 */
export function deliveryWindow(now: Date, rate: ShippingRate, maker: Maker) {
  const shipped = shippedOn(now, rate, maker)
  const { minimum, maximum } = rate.transitDays
  return {
    earliest: dateOf(plusDays(shipped, minimum, isWorkingDay)),
    latest: dateOf(plusDays(shipped, maximum, isWorkingDay)),
  }
}

/** The day on which it leaves for that window. */
export const leavesOn = (now: Date, rate: ShippingRate, maker: Maker): string => dateOf(shippedOn(now, rate, maker))

function shippedOn(now: Date, rate: ShippingRate, { facility, skus, cutOffUtc }: Maker): number {
  const { isOpen, today } = openingAt(now, facility.opening, cutOffUtc)
  return plusDays(nextDay(today, isOpen), productionDaysOf(facility, skus, rate), isOpen)
}

/** The day that many days later; at a weekend, the Monday after it. */
export const workingDateAfter = (date: string, days: number): string =>
  dateOf(nextDay(Date.parse(date) / dayMilliseconds + days, isWorkingDay))

/** The slowest decides: parcels leave when all of it is made. */
function productionDaysOf({ products }: Maker['facility'], skus: readonly string[], rate: ShippingRate): number {
  const days = skus.map((sku) => products.find((each) => each.sku === sku)?.productionDays ?? rate.productionDays)
  return days.length === 0 ? rate.productionDays : Math.max(...days)
}

/** `today` is the day that the order counts from, or one that is closed before it. */
function openingAt(now: Date, opening: OpeningHours | undefined, cutOffUtc: string): { isOpen: IsOpen; today: number } {
  const local = opening && localTimeOf(opening, now)
  if (!opening || !local) {
    const isLate = now.toISOString().slice(11, 16) >= cutOffUtc
    return { isOpen: isWorkingDay, today: Math.floor(now.getTime() / dayMilliseconds) + (isLate ? 1 : 0) }
  }
  const { weekdays, closedOn = [], cutOff } = opening
  return {
    isOpen: (day) =>
      weekdays.includes(((day + 3) % 7) + 1) && (closedOn.length === 0 || !closedOn.includes(dateOf(day))),
    today: Date.parse(local.date) / dayMilliseconds + (local.time >= cutOff ? 1 : 0),
  }
}

/** Days are counted from 1970-01-01, a Thursday. */
const isWorkingDay: IsOpen = (day) => ![0, 6].includes((day + 4) % 7)
const dateOf = (day: number): string => new Date(day * dayMilliseconds).toISOString().slice(0, 10)

/** Whoever is closed for a year without a day between is asked no further. */
const mostClosedDays = 366

function nextDay(from: number, isOpen: IsOpen): number {
  let day = from
  while (!isOpen(day) && day < from + mostClosedDays) day += 1
  return day
}

function plusDays(from: number, days: number, isOpen: IsOpen): number {
  let day = from
  for (let left = days; left > 0; left -= 1) day = nextDay(day + 1, isOpen)
  return day
}
