import { proportionMinor } from '#contracts/money.ts'
import type { ProductPrice } from '#contracts/prices/price-book.ts'

/** The pages of one copy. What has a price is never rounded down to nothing. */
export function pagesMinor(printedPages: number | undefined, perHundredPages: number | undefined): number {
  return perHundredPages === undefined ? 0 : Math.max(1, proportionMinor(printedPages ?? 1, perHundredPages, 100))
}

/** What a value of an option costs in one copy. */
export function surchargeOf(options: ProductPrice['options'], name: string, value: string): number {
  if (options === undefined) return 0
  const values = Object.hasOwn(options, name) ? (options[name] ?? {}) : {}
  return Object.hasOwn(values, value) ? (values[value] ?? 0) : 0
}

/** All copies together. Nobody pays more for fewer copies: where a break makes more of them cheaper, its price holds before it too. */
export function listedMinor(unitMinor: number, quantity: number, breaks: ProductPrice['breaks'] = []): number {
  let reachedPercent = 0
  let ahead = Number.POSITIVE_INFINITY
  for (const { from, percentOff } of breaks) {
    if (from <= quantity) reachedPercent = percentOff
    else ahead = Math.min(ahead, proportionMinor(unitMinor * from, 100 - percentOff, 100))
  }
  const here = proportionMinor(unitMinor * quantity, 100 - reachedPercent, 100)
  return Math.max(unitMinor > 0 ? 1 : 0, Math.min(here, ahead))
}
