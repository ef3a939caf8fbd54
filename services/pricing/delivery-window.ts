import type { Facility, OpeningHours } from '#contracts/facility.ts'
import type { ShippingRate } from '#contracts/prices/price-book.ts'
import { type Clock, clockOf, utcClock } from './local-time.ts'

const dayMilliseconds = 24 * 3600 * 1000

/** Who makes it, and until when it takes orders of the day where its opening hours do not say. */
export type Maker = {
  readonly facility: Pick<Facility, 'opening' | 'products'>
  readonly skus: readonly string[]
  readonly cutOffUtc: string
}

/** When somebody works. Days are counted from 1970-01-01, a Thursday. */
export type Calendar = {
  readonly clock: Clock
  /** What is ordered from this time of its clock on counts from the next day. */
  readonly cutOff: string
  /** From Sunday on. */
  readonly isOpenOn: readonly boolean[]
  readonly closedDays: ReadonlySet<number>
}

/**
 * First and last day of delivery. What is ordered after the cut-off, or on a day that the facility is closed, counts from its next open day;
 * without opening hours it is open from Monday to Friday. Carriers drive on these days; public holidays are only known of facilities.
 */
export function deliveryWindow(now: Date, rate: ShippingRate, maker: Maker) {
  const shipped = shippedOn(now, rate, maker)
  const { minimum, maximum } = rate.transitDays
  return { earliest: dateOf(arrivalDay(shipped, minimum)), latest: dateOf(arrivalDay(shipped, maximum)) }
}

/** The day on which it leaves for that window. */
export const leavesOn = (now: Date, rate: ShippingRate, maker: Maker): string => dateOf(shippedOn(now, rate, maker))

/** The day on which it leaves after so many days of work. */
export function leavingDay(now: Date, calendar: Calendar, productionDays: number): number {
  const { day, time } = calendar.clock(now)
  return plusDays(nextDay(time >= calendar.cutOff ? day + 1 : day, calendar), productionDays, calendar)
}

/** The day on which a parcel arrives after so many working days. */
export const arrivalDay = (leaves: number, transitDays: number): number => plusDays(leaves, transitDays, workingDays)

export const dateOf = (day: number): string => new Date(day * dayMilliseconds).toISOString().slice(0, 10)

/** The day that many days later; at a weekend, the Monday after it. */
export const workingDateAfter = (date: string, days: number): string =>
  dateOf(nextDay(Date.parse(date) / dayMilliseconds + days, workingDays))

/** By its opening hours; by UTC and from Monday to Friday where it has none, or where its time zone is not known. */
export function calendarOf(opening: OpeningHours | undefined, cutOffUtc: string): Calendar {
  const clock = opening && clockOf(opening)
  if (!opening || !clock) return { ...workingDays, cutOff: cutOffUtc }
  const { weekdays, closedOn = [], cutOff } = opening
  return {
    clock,
    cutOff,
    isOpenOn: [7, 1, 2, 3, 4, 5, 6].map((weekday) => weekdays.includes(weekday)),
    closedDays: new Set(closedOn.map((date) => Date.parse(date) / dayMilliseconds)),
  }
}

const workingDays: Calendar = {
  clock: utcClock,
  cutOff: '24:00',
  isOpenOn: [false, true, true, true, true, true, false],
  closedDays: new Set(),
}

const shippedOn = (now: Date, rate: ShippingRate, { facility, skus, cutOffUtc }: Maker): number =>
  leavingDay(now, calendarOf(facility.opening, cutOffUtc), productionDaysOf(facility, skus, rate))

/** The slowest decides: parcels leave when all of it is made. */
function productionDaysOf({ products }: Maker['facility'], skus: readonly string[], rate: ShippingRate): number {
  const days = skus.map((sku) => products.find((each) => each.sku === sku)?.productionDays ?? rate.productionDays)
  return days.length === 0 ? rate.productionDays : Math.max(...days)
}

/** Whoever is closed for a year without a day between is asked no further. */
const mostClosedDays = 366

const isOpen = (day: number, { isOpenOn, closedDays }: Calendar): boolean =>
  isOpenOn[(day + 4) % 7] === true && !(closedDays.size > 0 && closedDays.has(day))

function nextDay(from: number, calendar: Calendar): number {
  let day = from
  while (!isOpen(day, calendar) && day < from + mostClosedDays) day += 1
  return day
}

function plusDays(from: number, days: number, calendar: Calendar): number {
  let day = from
  for (let left = days; left > 0; left -= 1) day = nextDay(day + 1, calendar)
  return day
}
