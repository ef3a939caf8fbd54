import type { PriceBook, ShippingRate } from '#contracts/prices/price-book.ts'

/** So many copies of one thing. */
export type Load = { readonly sku: string; readonly copies: number; readonly copyGrams: number }
export type Packed = { readonly parcels: number; readonly weightGrams: number; readonly priceMinor: number }

/** Sums of fractions of a parcel are off by less than this. */
const rounding = 1e-9

/**
 * The parcels that one facility sends, and their price by weight; or why they cannot be sent. Each thing takes its share of a parcel, by
 * weight or by number; parcels are filled one after the other. More copies and heavier copies never cost less.
 */
export function pack(
  loads: readonly Load[],
  parcel: PriceBook['shipping']['parcel'],
  { brackets }: ShippingRate,
): Packed | { readonly detail: string } {
  const mostGrams = Math.min(parcel.mostGrams, brackets.at(-1)?.upToGrams ?? 0)
  const room = mostGrams - parcel.packagingGrams
  const heavy = loads.find(({ copyGrams }) => copyGrams > room)
  if (heavy) {
    return { detail: `one copy of ${heavy.sku} weighs ${heavy.copyGrams} g, and a parcel takes ${Math.max(0, room)} g` }
  }
  let shares = 0
  let goods = 0
  for (const { copies, copyGrams } of loads) {
    shares += copies / Math.min(Math.floor(room / copyGrams), parcel.mostCopies)
    goods += copies * copyGrams
  }
  const parcels = Math.max(1, Math.ceil(shares - rounding))
  const weightGrams = goods + parcels * parcel.packagingGrams
  const priceOf = (grams: number): number => priceAt(brackets, grams)
  const full = Math.min(parcels, Math.floor(weightGrams / mostGrams))
  const rest = full === parcels ? 0 : weightGrams - full * mostGrams
  const light = parcels - full - (rest > 0 ? 1 : 0)
  const priceMinor = full * priceOf(mostGrams) + (rest > 0 ? priceOf(rest) : 0) + light * priceOf(0)
  return { parcels, weightGrams, priceMinor }
}

/** A weight without a price would be sent for free: rather an error than that. */
function priceAt(brackets: ShippingRate['brackets'], grams: number): number {
  const bracket = brackets.find(({ upToGrams }) => grams <= upToGrams)
  if (bracket) return bracket.price
  throw new Error(`A parcel of ${grams} g has no bracket`)
}
