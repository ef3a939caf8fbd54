import { productOf } from '#contracts/catalogue/catalogue.ts'
import type { Product } from '#contracts/catalogue/product.ts'
import { type Facility, productAt } from '#contracts/facility.ts'
import type { Candidate } from '#pricing/candidate.ts'
import { routeToNearest } from '#pricing/nearest.ts'
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
}

/** Each item goes to the facility that printed it; where that is closed or makes it no longer, to the nearest that does. Pure. */
export function routeReprint(
  facilities: readonly Facility[],
  original: Order,
  wanted: readonly WantedItem[],
): ReprintRouting {
  const isMaker = ({ item }: WantedItem): boolean =>
    facilities.some(({ id, status, products }) => {
      const makes = products.some(({ sku }) => sku === item.product.sku)
      return id === item.facilityId && status === 'open' && makes
    })
  const skus = wanted.map(({ item }) => item.product.sku)
  const country = original.recipient.address.country
  const moved = wanted.filter((each) => !isMaker(each)).map(({ item }) => item.product.sku)
  const { facilityOf } = routeToNearest(facilities, country, moved)
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
  const { candidates } = routeToNearest(facilities, country, skus)
  return { places, candidates: candidates.map((each) => judged(each, chosen, before)) }
}

function judged(candidate: Candidate, chosen: ReadonlySet<string | undefined>, before: ReadonlySet<string>): Candidate {
  const isChosen = chosen.has(candidate.facilityId)
  if (before.has(candidate.facilityId)) return { ...candidate, isChosen, reason: 'printed it before' }
  if (!isChosen && candidate.isChosen) return { ...candidate, isChosen, reason: 'did not print it before' }
  return { ...candidate, isChosen }
}
