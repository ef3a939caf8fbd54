import { productOf } from '#contracts/catalogue/catalogue.ts'
import type { Product } from '#contracts/catalogue/product.ts'
import { productAt } from '#contracts/facility.ts'
import type { PlaceExactness } from '#contracts/order-api/order-routing.ts'
import type { PriceData } from '#pricing/price-data.ts'
import type { PricedPart } from '#pricing/price-order.ts'
import { destinationOf } from '#pricing/price-order.ts'
import type { Candidate, Unnamed } from '#pricing/routing/candidate.ts'
import { routeOrder } from '#pricing/routing/route-order.ts'
import type { AccountTerms } from '../auth/principal.ts'
import type { Order } from './order.ts'
import type { WantedItem } from './reprint-items.ts'

/** Where an item is printed again. */
export type ReprintPlace = {
  readonly facilityId: string
  readonly product: Product
  /** The same facility as before, so that its print files are right. */
  readonly isSame: boolean
}

export type ReprintRouting = {
  /** In the order of the wanted items; undefined where no open facility makes it any more. */
  readonly places: readonly (ReprintPlace | undefined)[]
  readonly candidates: readonly Candidate[]
  readonly unnamed: Unnamed
  readonly placeExactness: PlaceExactness
}

/** Each item goes to the facility that printed it; where that is closed or makes it no longer, to where routing sends it. Pure. */
export function routeReprint(
  data: PriceData,
  { currency }: Pick<AccountTerms, 'currency'>,
  original: Order,
  wanted: readonly WantedItem[],
): ReprintRouting {
  const isMaker = ({ item }: WantedItem): boolean =>
    data.facilities.some(({ id, status, products }) => {
      const makes = products.some(({ sku }) => sku === item.product.sku)
      return id === item.facilityId && status === 'open' && makes
    })
  const route = (some: readonly WantedItem[], facilities = data.facilities) =>
    routeOrder(partOf(original, some, currency), original.shippingMethod, { ...data, facilities })
  const { facilityOf } = route(wanted.filter((each) => !isMaker(each)))
  const places = wanted.map((each): ReprintPlace | undefined => {
    const { facilityId, product } = each.item
    if (isMaker(each)) return { facilityId, product, isSame: true }
    const facility = facilityOf.get(product.sku)
    const catalogued = productOf(product.sku)
    const made = facility && catalogued ? productAt(facility, catalogued) : undefined
    return facility && made ? { facilityId: facility.id, product: made, isSame: false } : undefined
  })
  const chosen = new Set(places.map((place) => place?.facilityId))
  const before = new Set(places.flatMap((place) => (place?.isSame ? [place.facilityId] : [])))
  const { candidates, unnamed, placeExactness } = route(wanted)
  const isNamed = (id: string | undefined): boolean => candidates.some(({ facilityId }) => facilityId === id)
  const others = data.facilities.filter(({ id }) => chosen.has(id) && !isNamed(id))
  const named = [...candidates, ...route(wanted, others).candidates]
  return { places, candidates: named.map((each) => judged(each, chosen, before)), unnamed, placeExactness }
}

const partOf = (
  { recipient, charges }: Order,
  wanted: readonly WantedItem[],
  currency: AccountTerms['currency'],
): PricedPart => ({
  currency: charges?.currency ?? currency,
  destination: destinationOf(recipient.address),
  items: wanted.map(({ item, quantity }) => {
    const pages = item.pages ?? item.orderedPages
    return { sku: item.product.sku, quantity, options: item.options, ...(pages === undefined ? {} : { pages }) }
  }),
})

function judged(candidate: Candidate, chosen: ReadonlySet<string | undefined>, before: ReadonlySet<string>): Candidate {
  const isChosen = chosen.has(candidate.facilityId)
  if (before.has(candidate.facilityId)) return { ...candidate, isChosen, reason: 'printed it before' }
  if (!isChosen && candidate.isChosen) return { ...candidate, isChosen, reason: 'did not print it before' }
  return { ...candidate, isChosen }
}
