import { leavesBy } from '#pricing/window-of.ts'
import type { Item, Order } from './order.ts'

type Sent = Pick<Order, 'shippingMethod' | 'recipient'>

/** Its items with when each should leave, counted as the window of delivery is: of a facility they leave together. */
export function withLeavesBy(
  { recipient, shippingMethod: method }: Sent,
  items: readonly Item[],
  currency: Parameters<typeof leavesBy>[1]['currency'],
  data: Parameters<typeof leavesBy>[2],
): readonly Item[] {
  return items.map((item) => {
    const skus = items.filter(({ facilityId }) => facilityId === item.facilityId).map(({ product }) => product.sku)
    const at = leavesBy(item.facilityId, { country: recipient.address.country, method, currency, skus }, data)
    const { leavesBy: _ofOtherDays, ...rest } = item
    return at === undefined ? rest : { ...rest, leavesBy: at }
  })
}

/**
 * What waited for files, money or a word was not late by it: the day moves by as many weekdays, once. What is made elsewhere keeps its
 * day, as the buyer was promised it.
 */
export function movedByWaiting(item: Item, { createdAt }: Pick<Order, 'createdAt'>, now: Date): Item {
  if (item.leavesBy === undefined || item.earlier !== undefined) return item
  let leaving = Date.parse(item.leavesBy)
  for (let day = dayOf(Date.parse(createdAt)) + 1; day <= dayOf(now.getTime()); day += 1) {
    if (isWeekday(day)) leaving = nextWeekday(leaving)
  }
  return { ...item, leavesBy: new Date(leaving).toISOString() }
}

const dayMilliseconds = 24 * 3_600_000
const dayOf = (milliseconds: number): number => Math.floor(milliseconds / dayMilliseconds)
/** Days are counted from 1970-01-01, a Thursday. */
const isWeekday = (day: number): boolean => ![0, 6].includes((day + 4) % 7)

function nextWeekday(from: number): number {
  let next = from + dayMilliseconds
  while (!isWeekday(dayOf(next))) next += dayMilliseconds
  return next
}
