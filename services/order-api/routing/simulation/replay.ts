import type { CurrencyCode } from '#contracts/money.ts'
import type { PlaceExactness } from '#contracts/order-api/order-routing.ts'
import type { PriceBook } from '#contracts/prices/price-book.ts'
import { booksNow } from '#pricing/books-now.ts'
import { distanceKm } from '#pricing/distance.ts'
import { placeOf } from '#pricing/places/place-of.ts'
import type { PriceData } from '#pricing/price-data.ts'
import type { PricedPart } from '#pricing/price-order.ts'
import { createOfferAt } from '#pricing/routing/offers.ts'
import { routeOrder } from '#pricing/routing/route-order.ts'
import type { ReplayedOrder } from './read-orders.ts'

/** What a facility does of an order. */
export type Share = {
  readonly facilityId: string
  readonly copies: number
  readonly distanceKm: number | undefined
  readonly cost: { readonly minor: number; readonly currency: CurrencyCode } | undefined
  /** From the order to the last promised day. */
  readonly days: number | undefined
  readonly onTimePercent: number
}

export type Replayed = {
  readonly order: ReplayedOrder
  readonly happened: readonly Share[]
  /** Empty: it would be refused. */
  readonly simulated: readonly Share[]
  readonly reason: string
  readonly isLate: boolean
  readonly placeExactness: PlaceExactness
}

const usualOnTimePercent = 97

/** The books of today as if they had always been: those of then are not kept in memory. */
export function booksOfAllTime({ facilities, books, now }: PriceData): readonly PriceBook[] {
  return facilities
    .flatMap(({ id }) => booksNow(id, { books, now }))
    .map((book) => ({ ...book, validFrom: '0001-01-01' }))
}

/** An order as it went and as it would have gone, by the same prices. `data` has the policy, and books of all time. */
export function replay(order: ReplayedOrder, currency: CurrencyCode, data: PriceData): Replayed {
  const then = { ...data, now: new Date(order.at), loadOf: undefined }
  const part = partOf(order, order.currency ?? currency)
  const { facilityOf, candidates, impossible, placeExactness } = routeOrder(part, order.method, then)
  const reasons = candidates.filter(({ isChosen }) => isChosen).map(({ reason }) => reason)
  const places = order.items.map(({ sku }) => facilityOf.get(sku)?.id ?? '')
  return {
    order,
    happened: sharesOf(
      order,
      order.items.map(({ facilityId }) => facilityId),
      part,
      then,
    ),
    simulated: impossible.size > 0 ? [] : sharesOf(order, places, part, then),
    reason: impossible.size > 0 ? [...impossible.values()].join('; ') : reasons.join('; '),
    isLate: order.promisedBy !== null && (order.sentAt ?? data.now.toISOString()).slice(0, 10) > order.promisedBy,
    placeExactness,
  }
}

const partOf = ({ country, state, postalCode, items }: ReplayedOrder, currency: CurrencyCode): PricedPart => ({
  currency,
  destination: {
    country,
    ...(state === null ? {} : { state }),
    ...(postalCode === null ? {} : { postalCode }),
  },
  items: items.map(({ sku, quantity, pages, options }) => ({
    ...{ sku, quantity, options },
    ...(pages === null ? {} : { pages }),
  })),
})

function sharesOf(
  order: ReplayedOrder,
  places: readonly string[],
  part: PricedPart,
  data: PriceData,
): readonly Share[] {
  return [...new Set(places)].map((facilityId) => {
    const items = part.items.filter((_, index) => places[index] === facilityId)
    const facility = data.facilities.find(({ id }) => id === facilityId)
    const offer = facility && createOfferAt(items, part, order.method, data)(facility)
    const has = offer && !('detail' in offer) ? offer : undefined
    return {
      facilityId,
      copies: items.reduce((sum, { quantity }) => sum + quantity, 0),
      distanceKm: facility && distanceKm(placeOf(part.destination), facility),
      cost: has && { minor: has.costMinor, currency: has.currency },
      days: has && has.promisedDay - Date.parse(order.at.slice(0, 10)) / 86_400_000,
      onTimePercent: facility?.quality?.onTimePercent ?? usualOnTimePercent,
    }
  })
}
